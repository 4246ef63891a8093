namespace Classroom.Faults.Tests;

/// <summary>
/// A disk that takes no more bytes under one folder (<c>refusing.c</c>), for as long as the test wishes: full, or turned read-only by the
/// system after an error. It needs no rights, so it is the same for everybody who runs the tests.
/// </summary>
public sealed class FailingDisk : IAsyncDisposable
{
    private readonly string _tools = Directory.CreateTempSubdirectory("ortaq-disk").FullName;
    private readonly string _folder;

    private FailingDisk(string folder) => _folder = folder;

    private string Switch => Path.Combine(_tools, "switch");

    /// <summary>For the environment of the program that writes.</summary>
    public Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Path.Combine(_tools, "refusing.so"), ["REFUSING_DIR"] = _folder, ["REFUSING_SWITCH"] = Switch,
    };

    public static async Task<FailingDisk> UnderAsync(string folder)
    {
        var disk = new FailingDisk(folder);
        var source = Path.Combine(AppContext.BaseDirectory, "Fixture", "refusing.c");
        await OtherProgram.RunAsync("gcc", ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", disk.Environment["LD_PRELOAD"], source]);
        // The database server runs as somebody else.
        await OtherProgram.RunAsync("chmod", ["755", disk._tools]);
        return disk;
    }

    public void Fill() => File.WriteAllText(Switch, "full");

    public void TurnReadOnly() => File.WriteAllText(Switch, "read-only");

    public void Recover() => File.Delete(Switch);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_tools, recursive: true);
        return ValueTask.CompletedTask;
    }
}
