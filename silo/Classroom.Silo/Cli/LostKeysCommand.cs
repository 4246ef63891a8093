using Classroom.Silo.Hosting;
using Classroom.Storage;

namespace Classroom.Silo.Cli;

/// <summary>
/// <c>Classroom.Silo student lost [--forget yes]</c>, with the server stopped: whose keys are lost for good, and to go on without them. With a key store
/// that knows none, as after the whole folder was lost, that is everybody.
/// </summary>
internal static class LostKeysCommand
{
    /// <returns>The exit code: 0 nobody is missing any more, 1 somebody is.</returns>
    public static async Task<int> RunAsync(DatabaseSettings database, IKeyStore store, Guid id, AccessLog access, string by, bool forget)
    {
        var isTheDatabases = await KeyStoreMark.IsOfAsync(database, id, CancellationToken.None);
        var lost = await LostKeys.FindAsync(database, store, FactOwners.Personal, CancellationToken.None);
        foreach (var (lesson, child) in lost)
        {
            if (forget)
            {
                await access.AddAsync(by, "student-forgotten.1", lesson, child, CancellationToken.None);
                await store.DestroyAsync(lesson, child, TimeProvider.System.GetUtcNow(), CancellationToken.None);
            }

            await Console.Out.WriteLineAsync($"{lesson}\t{child}");
        }

        if (forget && !isTheDatabases)
        {
            await KeyStoreMark.ReplaceAsync(database, id, CancellationToken.None);
        }

        await Console.Out.WriteLineAsync(
            lost.Count == 0 ? "No key is missing."
            : forget ? $"The keys of {lost.Count} students are given up: nothing of them can be read any more, their lessons open without them."
            : $"The keys of {lost.Count} students are missing. Restore the newest copy of the keys; if there is none, --forget yes gives them up for good.");
        return lost.Count == 0 || forget ? 0 : 1;
    }
}
