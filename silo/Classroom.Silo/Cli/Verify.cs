using System.Data.Common;
using Classroom.Lessons;
using Classroom.Silo.Hosting;
using Classroom.Storage;

namespace Classroom.Silo.Cli;

/// <summary>
/// <c>Classroom.Silo verify [--checkpoints FOLDER]</c>: walks the whole log with the server's own settings, beside a running server or without one,
/// and tells whether every fact is as it was written. Writes nothing.
/// </summary>
public static class Verify
{
    public const string Name = "verify";

    /// <returns>The exit code: 0 whole, 1 broken, 2 could not be read.</returns>
    public static async Task<int> RunAsync(IConfiguration configuration, IHostEnvironment environment)
    {
        try
        {
            var given = configuration["checkpoints"];
            var folder = string.IsNullOrEmpty(given) ? Checkpoints.FolderOf(configuration, environment) : Path.GetFullPath(given);
            var compare = !string.IsNullOrEmpty(given) || (Directory.Exists(folder) && Directory.EnumerateFiles(folder, CheckpointFile.Pattern).Any());
            var found = await Verifier.RunAsync(StorageSetup.DatabaseOf(configuration, environment), compare ? folder : null, CancellationToken.None, FactOwners.Personal);
            Print(found);
            if (!compare)
            {
                Console.WriteLine($"There are no checkpoints in {folder}: a cut-off tail or a log computed anew would not be seen.");
            }

            return found.IsWhole ? 0 : 1;
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or InvalidOperationException or TimeoutException or ArgumentException or SettingException)
        {
            await Console.Error.WriteLineAsync($"The log could not be verified: {e.Message}");
            return 2;
        }
    }

    private static void Print(Verification found)
    {
        foreach (var finding in found.Findings)
        {
            Console.WriteLine($"broken: {finding}");
        }

        if (found.Broken > found.Findings.Count)
        {
            Console.WriteLine($"broken: and {found.Broken - found.Findings.Count} more");
        }

        foreach (var note in found.Notes)
        {
            Console.WriteLine(note);
        }

        Console.WriteLine($"{(found.IsWhole ? "whole" : "BROKEN")}: {found.Streams} streams, {found.Facts} facts, "
            + $"{found.Checkpoints} checkpoints in {found.Files} files, digest {found.Digest}");
    }
}
