using Classroom.Silo.Hosting;
using Classroom.Storage;

namespace Classroom.Silo.Cli;

/// <summary>
/// <c>Classroom.Silo student lost [--forget yes|all-N]</c>, with the server stopped: whose keys are lost for good, and to go on without them. Without
/// <c>--forget</c> it only reads. A key store that is not the database's may be a folder's name typed wrong: to go on with it is said with the number of
/// students who are lost by it, which only who has read the list knows.
/// </summary>
internal static class LostKeysCommand
{
    private const string Some = "yes";
    private const string All = "all-";

    public static bool AreWords(string? forget) => forget is null or Some || (forget.StartsWith(All, StringComparison.Ordinal) && forget.Length > All.Length && forget.AsSpan(All.Length).IndexOfAnyExceptInRange('0', '9') < 0);

    /// <returns>The exit code: 0 nobody is missing any more, 1 somebody is.</returns>
    /// <exception cref="SettingException">The database or the keys cannot be used, or a server runs.</exception>
    public static async Task<int> RunAsync(IConfiguration configuration, IHostEnvironment environment)
    {
        var forget = configuration["forget"];
        var database = StorageSetup.DatabaseOf(configuration, environment);
        using var folder = new DataFolder(DataFolder.PathOf(configuration, environment));
        if (database.Postgres is null && !File.Exists(database.File))
        {
            throw new SettingException($"Data:Folder: there is no database in {folder.Folder}");
        }

        if (Directory.Exists(folder.Folder))
        {
            // A server that runs has these keys open.
            folder.Take();
        }

        await StudentCommands.RequireDatabaseAsync(configuration, environment);
        var (found, noted) = (await KeysSetup.FindAsync(configuration, environment), await KeyStoreMark.FindAsync(database, CancellationToken.None));
        var lost = await LostKeys.FindAsync(database, found is null ? null : KeysSetup.StoreOf(configuration, environment), FactOwners.Personal, CancellationToken.None);
        var isTheDatabases = noted is null ? lost.Count == 0 : noted == found?.Id;
        var areGivenUp = forget == (isTheDatabases ? Some : $"{All}{lost.Count}");
        if (isTheDatabases && found is not null)
        {
            // With its master key: without that one none of them opens.
            await KeysSetup.OpenAsync(configuration, environment, KeysSetup.StoreOf(configuration, environment), () => KeysSetup.MasterOf(configuration, environment));
        }

        foreach (var (lesson, child) in lost)
        {
            await Console.Out.WriteLineAsync($"{lesson}\t{child}");
        }

        if (isTheDatabases && lost.Count == 0)
        {
            await Console.Out.WriteLineAsync("No key is missing.");
            return 0;
        }

        if (!areGivenUp)
        {
            await Console.Out.WriteLineAsync(isTheDatabases
                ? $"The keys of {lost.Count} students are missing. Restore the newest copy of the keys; if there is none, --forget {Some} gives them up for good."
                : $"{KeysSetup.NameOf(configuration)}: this is not the key store that the database was written with ({(found is null ? $"there is none in {KeysSetup.PlaceOf(configuration, environment)}" : "it is another's")}); nothing was changed. "
                    + $"Put the right one there; if there is none any more: --forget {All}{lost.Count}, and nothing that these {lost.Count} students wrote can ever be read again.");
            return 1;
        }

        return await StudentCommands.WithStoreAsync(configuration, environment, database, desk => ForgetAsync(desk, database, lost, isTheDatabases));
    }

    private static async Task<int> ForgetAsync(Desk desk, DatabaseSettings database, IReadOnlyList<(Guid Lesson, Guid Child)> lost, bool isTheDatabases)
    {
        foreach (var (lesson, child) in lost)
        {
            await desk.Access.AddAsync(desk.By, "student-forgotten.1", lesson, child, CancellationToken.None);
            await desk.Keys.DestroyAsync(lesson, child, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        }

        if (!isTheDatabases)
        {
            await KeyStoreMark.ReplaceAsync(database, desk.KeyStore, CancellationToken.None);
        }

        await Console.Out.WriteLineAsync($"The keys of {lost.Count} students are given up: nothing of them can be read any more, their lessons open without them.");
        return 0;
    }
}
