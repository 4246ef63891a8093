using System.Diagnostics;

namespace Classroom.Deploy.Tests;

/// <summary>The folder that <c>deploy/school/publish</c> makes; made once for all tests here.</summary>
public sealed class Published : IAsyncLifetime
{
    public string Folder { get; } = Path.Combine(Directory.CreateTempSubdirectory("ortaq-box").FullName, "ortaq");

    public async Task InitializeAsync() => await RunAsync(Path.Combine(Checkout(), "deploy", "school", "publish"), [Folder]);

    public Task DisposeAsync()
    {
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs a script of the box to its end and returns what it printed.</summary>
    public Task<string> ScriptAsync(string name, string argument, string database) =>
        RunAsync(Path.Combine(Folder, name), [argument], ("ORTAQ_DB", database));

    /// <summary>Runs <c>verify</c> on a folder of data.</summary>
    /// <returns>The exit code, and everything that was printed.</returns>
    public Task<(int Code, string Printed)> VerifyAsync(string data, params string[] arguments) =>
        EndAsync(Path.Combine(Folder, "Classroom.Silo"), ["verify", .. arguments], ("Data__Folder", data), ("ASPNETCORE_ENVIRONMENT", "Production"));

    private static async Task<string> RunAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var (code, printed) = await EndAsync(program, arguments, environment);
        code.ShouldBe(0, $"{program}: {printed}");
        return printed;
    }

    private static async Task<(int Code, string Printed)> EndAsync(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(printed));
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Classroom.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
