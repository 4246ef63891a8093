namespace Classroom.Faults.Tests;

/// <summary>
/// The disk under one folder, as <c>unsynced.c</c> makes it: what a program has not synced is gone when the power goes.
/// Writes count as made at once and names of files as durable; what is proved is that contents are synced before they are promised.
/// </summary>
public sealed class PowerLoss : IAsyncDisposable
{
    private readonly string _tools = Directory.CreateTempSubdirectory("ortaq-power").FullName;
    private readonly string _folder;

    private PowerLoss(string folder) => _folder = folder;

    private string Library => Path.Combine(_tools, "unsynced.so");

    private string Tool => Path.Combine(_tools, "unsynced");

    private string Shadow => Path.Combine(_tools, "shadow");

    /// <param name="folder">Where the program keeps its data.</param>
    public static async Task<PowerLoss> UnderAsync(string folder)
    {
        var power = new PowerLoss(folder);
        var source = Path.Combine(AppContext.BaseDirectory, "Fixture", "unsynced.c");
        await OtherProgram.RunAsync("gcc", ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", power.Library, source]);
        await OtherProgram.RunAsync("gcc", ["-O2", "-Wall", "-Wextra", "-Werror", "-DTOOL", "-o", power.Tool, source]);
        Directory.CreateDirectory(power.Shadow);
        // The database server runs as somebody else.
        await OtherProgram.RunAsync("chmod", ["755", power._tools]);
        await OtherProgram.RunAsync("chmod", ["777", power.Shadow]);
        return power;
    }

    /// <summary>For the environment of the program. <paramref name="deaf"/>: the disk acknowledges and keeps nothing.</summary>
    public Dictionary<string, string> Environment(bool deaf = false)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["LD_PRELOAD"] = Library, ["UNSYNCED_DIR"] = _folder, ["UNSYNCED_SHADOW"] = Shadow,
        };
        if (deaf)
        {
            variables["UNSYNCED_DEAF"] = "1";
        }

        return variables;
    }

    /// <summary>All that is there now is durable.</summary>
    public Task SeedAsync() => OtherProgram.RunAsync(Tool, ["seed", _folder, Shadow]);

    /// <summary>The program is dead, and now its power has gone too: unsynced writes never happened.</summary>
    public Task DropUnsyncedAsync() => OtherProgram.RunAsync(Tool, ["rebuild", _folder, Shadow]);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_tools, recursive: true);
        return ValueTask.CompletedTask;
    }
}
