namespace Classroom.Deploy.Tests;

/// <summary>
/// The folder that <c>deploy/school/publish</c> makes; made once for all tests here. Compiled ahead, as a box gets it, with <c>--long</c>: that
/// takes minutes, and <c>tests/load</c> measures it too.
/// </summary>
public sealed class Published : IAsyncLifetime
{
    public string Folder { get; } = Path.Combine(Directory.CreateTempSubdirectory("ortaq-box").FullName, "ortaq");

    public async Task InitializeAsync() => await RunAsync(
        Path.Combine(Checkout.Folder, "deploy", "school", "publish"),
        Environment.GetEnvironmentVariable("ORTAQ_LONG") is null ? ["--quick", Folder] : [Folder]);

    public Task DisposeAsync()
    {
        Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs a script of the box to its end and returns what it printed.</summary>
    public Task<string> ScriptAsync(string name, string argument, string database) =>
        RunAsync(Path.Combine(Folder, name), [argument], ("ORTAQ_DB", database));

    /// <summary>Copies the keys of a box.</summary>
    public Task<(int Code, string Printed)> CopyKeysAsync(string target, string keys) => EndAsync(Path.Combine(Folder, "backup-keys"), [target], ("ORTAQ_KEYS", keys));

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

    private static Task<(int Code, string Printed)> EndAsync(string program, string[] arguments, params (string Name, string Value)[] environment) =>
        OtherProgram.EndAsync(program, arguments, environment.ToDictionary(e => e.Name, e => e.Value, StringComparer.Ordinal));
}
