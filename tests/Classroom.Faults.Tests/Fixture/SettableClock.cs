namespace Classroom.Faults.Tests;

/// <summary>The time of day of one program (<c>clockset.c</c>), set while it runs, as a machine's clock is. It needs no rights.</summary>
public sealed class SettableClock : IAsyncDisposable
{
    private readonly string _tools = Directory.CreateTempSubdirectory("ortaq-clock").FullName;

    /// <summary>For the settings of the program.</summary>
    public (string, string?)[] Environment => [("LD_PRELOAD", Path.Combine(_tools, "clockset.so")), ("CLOCKSET_FILE", File)];

    private string File => Path.Combine(_tools, "off");

    public static async Task<SettableClock> CreateAsync()
    {
        var clock = new SettableClock();
        var source = Path.Combine(AppContext.BaseDirectory, "Fixture", "clockset.c");
        await OtherProgram.RunAsync("gcc", ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", clock.Environment[0].Item2!, source]);
        clock.Set(TimeSpan.Zero);
        return clock;
    }

    /// <param name="off">How far from the true time.</param>
    public void Set(TimeSpan off)
    {
        // In place: the program has mapped the file.
        using var file = new FileStream(File, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        file.Write(BitConverter.GetBytes((long)off.TotalSeconds));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_tools, recursive: true);
        return ValueTask.CompletedTask;
    }
}
