using Classroom.Silo.Hosting;

namespace Classroom.Silo.Tests;

/// <summary>Nothing that the program keeps on its disk is open to other accounts of the machine.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Everybody = (UnixFileMode)0x1FF; // 777
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-private").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task After_a_lesson_a_backup_and_a_stop_nothing_in_its_folders_is_open_to_others()
    {
        var (data, integrity, backup) = (Path.Combine(_folder, "data"), Path.Combine(_folder, "apart"), Path.Combine(_folder, "backup.db"));
        // As somebody made them by hand, or an earlier version did.
        foreach (var folder in new[] { data, integrity })
        {
            File.SetUnixFileMode(Directory.CreateDirectory(folder).FullName, Everybody);
        }

        var old = Path.Combine(integrity, "checkpoints-0.jsonl");
        await File.WriteAllTextAsync(old, "");
        File.SetUnixFileMode(old, Everybody);
        await using var silo = await SiloProcess.StartAsync(null, ("Data__Folder", data), ("Integrity__Folder", integrity));
        await using (var lesson = await LessonHost.OpenAsync(silo))
        {
            await lesson.JoinAsync("Аружан");
            OpenIn(data, integrity).ShouldBeEmpty("while it runs");
        }

        (await silo.RunAsync("copy-database", silo.SqliteFile, backup)).Code.ShouldBe(0);
        (File.GetUnixFileMode(backup) & Others).ShouldBe(UnixFileMode.None, "the backup");
        await silo.StopAsync();
        OpenIn(data, integrity).ShouldBeEmpty("after its stop");
        Directory.GetFiles(integrity, "checkpoints-*.jsonl").Length.ShouldBeGreaterThan(1);
        silo.Output.ShouldNotContain("can be read by other accounts");
    }

    [Fact]
    public void What_is_not_ours_in_a_folder_is_left_alone_and_so_is_the_folder()
    {
        var (ours, theirs) = (Path.Combine(_folder, "ortaq.db"), Path.Combine(_folder, "letters.txt"));
        foreach (var path in new[] { ours, theirs })
        {
            File.WriteAllText(path, "");
            File.SetUnixFileMode(path, Everybody);
        }

        File.SetUnixFileMode(_folder, Everybody);
        PrivateFiles.Close(_folder).ShouldBeEmpty();
        (File.GetUnixFileMode(ours) & Others).ShouldBe(UnixFileMode.None);
        (File.GetUnixFileMode(theirs), File.GetUnixFileMode(_folder)).ShouldBe((Everybody, Everybody));
        PrivateFiles.Close(Path.Combine(_folder, "none")).ShouldBeEmpty();
    }

    [Fact]
    public void What_cannot_be_closed_is_named()
    {
        // A link's own target belongs to the system: not changed through us.
        var link = Path.Combine(_folder, "ortaq.link");
        File.CreateSymbolicLink(link, "/proc/self/maps");
        PrivateFiles.Close(_folder).ShouldBe([link]);
    }

    private static IEnumerable<string> OpenIn(params string[] folders) => folders
        .SelectMany(f => Directory.EnumerateFileSystemEntries(f, "*", SearchOption.AllDirectories).Prepend(f))
        .Where(p => Path.Exists(p) && (File.GetUnixFileMode(p) & Others) != UnixFileMode.None);
}
