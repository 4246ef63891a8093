using System.Diagnostics;

namespace Classroom.Tests;

/// <summary>Another program, run to its end.</summary>
internal static class OtherProgram
{
    /// <summary>One that must succeed; what it said is the message if it fails.</summary>
    public static async Task RunAsync(string file, IReadOnlyCollection<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var (code, printed) = await EndAsync(file, arguments, environment);
        if (code != 0)
        {
            throw new InvalidOperationException($"{file} {string.Join(' ', arguments)} ended with {code}: {printed}");
        }
    }

    /// <returns>The exit code, and everything that was printed.</returns>
    public static async Task<(int Code, string Printed)> EndAsync(
        string file, IReadOnlyCollection<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(printed));
    }
}
