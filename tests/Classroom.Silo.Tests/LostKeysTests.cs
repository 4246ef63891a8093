namespace Classroom.Silo.Tests;

/// <summary>Keys that are lost for good: it is said whose, nobody is taken for forgotten by itself, and the operator can go on with the rest.</summary>
public sealed class LostKeysTests
{
    [Fact]
    public async Task A_lesson_whose_key_is_lost_opens_without_that_child_once_it_is_given_up()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        var (_, _, id) = await host.JoinAsync("Нұрсәулеш");
        await host.JoinAsync("Арман");
        (await silo.RunAsync("student", "lost")).ShouldBe((2, $"It cannot be done: Data:Folder: {silo.Folder} is in use by another process of this program.\n"), "beside a server");
        await silo.StopAsync();
        (await silo.RunAsync("student", "lost")).ShouldBe((0, "No key is missing.\n"));
        (await silo.RunAsync("student", "lost", "--forget", "yes")).ShouldBe((0, "No key is missing.\n"));
        await silo.OfKeysAsync($"delete from child_keys where child = '{id}'");

        var (code, printed) = await silo.RunAsync("student", "lost");
        code.ShouldBe(1, printed);
        printed.ShouldStartWith($"{host.ClassroomId}\t{id}\nThe keys of 1 students are missing.");
        (await silo.RunAsync("student", "list", host.ClassroomId.ToString())).ShouldSatisfyAllConditions(l => l.Code.ShouldBe(2), l => l.Printed.ShouldContain("lacks a key of lesson"));
        foreach (var word in new[] { "no", "all", "all-", "all-one", "all--1", "ALL-1" })
        {
            (await silo.RunAsync("student", "lost", "--forget", word)).Code.ShouldBe(2, word);
        }

        (await silo.RunAsync("student", "lost", "--forget", "all-1")).Code.ShouldBe(1, "these are its keys: not all are lost");
        (await silo.RunAsync("student", "lost", "--forget", "yes")).Code.ShouldBe(0);
        (await silo.RunAsync("student", "lost")).Code.ShouldBe(0, "no more");

        var record = await RecordAsync(silo, host.ClassroomId);
        record.ShouldSatisfyAllConditions(r => r.ShouldContain("Арман"), r => r.ShouldNotContain("Нұрсәулеш"));
        (await silo.RunAsync("student", "access")).Printed.ShouldContain($"student-forgotten.1\t{host.ClassroomId}\t{id}");
    }

    [Fact]
    public async Task Who_lost_all_keys_goes_on_without_what_children_wrote()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        await host.JoinAsync("Нұрсәулеш");
        await silo.StopAsync();
        Directory.Delete(silo.KeysFolder, recursive: true);
        (await Should.ThrowAsync<InvalidOperationException>(silo.StartAgainAsync)).Message.ShouldContain("the database was written with another key store");
        (await silo.RunAsync("student", "list", host.ClassroomId.ToString())).Code.ShouldBe(2, "a command is refused as the server is");
        Directory.Exists(silo.KeysFolder).ShouldBeFalse("new ones could be copied over the good ones");

        var (code, printed) = await silo.RunAsync("student", "lost");
        code.ShouldBe(1, printed);
        printed.ShouldSatisfyAllConditions(
            p => p.ShouldContain($"Keys:Folder: this is not the key store that the database was written with (there is none in {silo.KeysFolder}); nothing was changed."),
            p => p.ShouldContain("--forget all-1,"));
        foreach (var word in new[] { "yes", "all-0", "all-2", "all-11" })
        {
            (await silo.RunAsync("student", "lost", "--forget", word)).Code.ShouldBe(1, word);
        }

        Directory.Exists(silo.KeysFolder).ShouldBeFalse("no look and no wrong word makes keys");
        (await silo.RunAsync("student", "lost", "--forget", "all-1")).Code.ShouldBe(0);

        (await RecordAsync(silo, host.ClassroomId)).ShouldSatisfyAllConditions(r => r.ShouldContain("photosynthesis"), r => r.ShouldNotContain("Нұрсәулеш"));
        await silo.StopAsync();
        (await silo.RunAsync("verify")).Printed.ShouldContain("whole:");
    }

    [Fact]
    public async Task A_folder_of_keys_that_is_named_wrong_costs_nobody_anything()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var other = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        await host.JoinAsync("Нұрсәулеш");
        await silo.StopAsync();
        await other.StopAsync();
        using var folder = new TempFolder();
        using var empty = new TempFolder();
        var absent = Path.Combine(folder.Path, "ortaq-kyes");
        await File.WriteAllBytesAsync(Path.Combine(empty.Path, "keys.db"), []);
        foreach (var (keys, what) in new[] { (absent, "there is none in " + absent), (empty.Path, "there is none in " + empty.Path), (other.KeysFolder, "it is another's") })
        {
            foreach (string[] words in new string[][] { ["student", "lost"], ["student", "lost", "--forget", "yes"], ["student", "lost", "--forget", "all-2"] })
            {
                var (code, printed) = await silo.RunAsync([.. words, "--Keys:Folder", keys]);
                code.ShouldBe(1, printed);
                printed.ShouldContain($"this is not the key store that the database was written with ({what})");
            }
        }

        Directory.Exists(absent).ShouldBeFalse();
        Directory.GetFiles(empty.Path).ShouldHaveSingleItem();
        new FileInfo(Path.Combine(empty.Path, "keys.db")).Length.ShouldBe(0);
        (await other.OfKeysAsync("select count(*) from child_keys")).ShouldBe(0L);
        (await silo.RunAsync("student", "access")).Printed.ShouldNotContain("student-forgotten");
        var (none, said) = await silo.RunAsync("student", "lost", "--Data:Folder", absent);
        none.ShouldBe(2, said);
        said.ShouldContain($"Data:Folder: there is no database in {absent}");
        Directory.Exists(absent).ShouldBeFalse();
        (await RecordAsync(silo, host.ClassroomId)).ShouldContain("Нұрсәулеш");
    }

    [Fact]
    public async Task Who_was_forgotten_is_not_counted_among_the_lost()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var host = await LessonHost.OpenAsync(silo);
        var (_, _, id) = await host.JoinAsync("Нұрсәулеш");
        await host.JoinAsync("Арман");
        (await silo.RunAsync("student", "forget", host.ClassroomId.ToString(), id.ToString(), "--reason", "family")).Code.ShouldBe(0);
        await silo.StopAsync();
        Directory.Delete(silo.KeysFolder, recursive: true);
        (await silo.RunAsync("student", "lost")).Printed.ShouldSatisfyAllConditions(p => p.ShouldContain("--forget all-1,"), p => p.ShouldNotContain(id.ToString()));
    }

    [Fact]
    public async Task The_keys_of_another_box_are_refused_though_they_are_whole()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var other = await SiloProcess.StartAsync();
        await silo.StopAsync();
        await other.StopAsync();
        foreach (var file in Directory.GetFiles(other.KeysFolder))
        {
            File.Copy(file, Path.Combine(silo.KeysFolder, Path.GetFileName(file)), overwrite: true);
        }

        (await Should.ThrowAsync<InvalidOperationException>(silo.StartAgainAsync)).Message.ShouldContain("the database was written with another key store");
    }

    private static async Task<string> RecordAsync(SiloProcess silo, Guid lesson)
    {
        await silo.StartAgainAsync();
        using var teacher = await silo.BrowserAsync(silo.TeachLink);
        return await teacher.GetStringAsync(new Uri($"/api/classrooms/{lesson}/export", UriKind.Relative));
    }
}
