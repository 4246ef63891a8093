using System.Data.Common;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Classroom.Lessons;
using Classroom.Silo.Api;
using Classroom.Silo.Hosting;
using Classroom.Silo.Privacy;
using Classroom.Storage;
using Npgsql;

namespace Classroom.Silo.Cli;

/// <summary>
/// <c>Classroom.Silo student list|export|forget|access ...</c>: what is held about a child, beside a running server. Forgetting is ordered here and carried out by the
/// server, within seconds, or when it next starts. Every one of them is noted in the access log, which <c>access</c> shows.
/// </summary>
public static class StudentCommands
{
    public const string Name = "student";
    private const string Usage = "student list LESSON | student export LESSON STUDENT | student forget LESSON STUDENT --reason family|mistake | student access [--month 2026-11] | student lost [--forget yes|all-N]";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <returns>The exit code: 0 done, 1 refused, 2 the database or the keys could not be used, or the words are wrong.</returns>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(args);
        try
        {
            return args switch
            {
                [_, "list", var lesson, .. var o] when Cli.Usage.AreOptions(o) && Guid.TryParse(lesson, out var id) => await WithAsync(configuration, environment, d => ListAsync(d, id)),
                [_, "export", var lesson, var student, .. var o] when Cli.Usage.AreOptions(o) && Guid.TryParse(lesson, out var id) && Guid.TryParse(student, out var child)
                    => await WithAsync(configuration, environment, d => ExportAsync(d, id, child)),
                [_, "forget", var lesson, var student, .. var o] when Cli.Usage.AreOptions(o, "reason") && Guid.TryParse(lesson, out var id) && Guid.TryParse(student, out var child)
                    && Enum.TryParse<ForgetReason>(configuration["reason"], ignoreCase: true, out var reason) && reason is ForgetReason.Family or ForgetReason.Mistake
                    => await WithAsync(configuration, environment, d => ForgetAsync(d, id, child, configuration["reason"]!)),
                [_, "access", .. var o] when Cli.Usage.AreOptions(o, "month") && MonthOf(configuration["month"]) is { } month => await WithAsync(configuration, environment, d => AccessAsync(d, month)),
                [_, "lost", .. var o] when Cli.Usage.AreOptions(o, "forget") && LostKeysCommand.AreWords(configuration["forget"]) => await LostKeysCommand.RunAsync(configuration, environment),
                _ => await RefuseAsync(Cli.Usage.Wrong, Usage),
            };
        }
        catch (Exception e) when (e is DbException or SocketException or IOException or TimeoutException or ArgumentException or SettingException or StorageUnavailableException)
        {
            return await RefuseAsync(2, $"It cannot be done: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}.");
        }
    }

    private static async Task<int> ListAsync(Desk desk, Guid lesson)
    {
        if (!await desk.Log.ReadAsync($"classroom/{lesson}", 0, CancellationToken.None).AnyAsync())
        {
            return await RefuseAsync(2, "There is no such lesson.");
        }

        await desk.Access.AddAsync(desk.By, "students-listed.1", lesson, null, CancellationToken.None);
        foreach (var (id, nickname) in await StudentRecord.ListAsync(desk.Log, lesson, CancellationToken.None))
        {
            await Console.Out.WriteLineAsync($"{id}\t{nickname}");
        }

        return 0;
    }

    private static async Task<int> ExportAsync(Desk desk, Guid lesson, Guid student)
    {
        if (await StudentRecord.ReadAsync(desk.Log, lesson, student, TimeProvider.System.GetUtcNow(), withThread: true, CancellationToken.None) is not { } record)
        {
            return await RefuseAsync(1, "The lesson knows no such student.");
        }

        record = await StudentRecord.WithPhotosAsync(record, desk.Photos, lesson, student, CancellationToken.None);
        await desk.Access.AddAsync(desk.By, "student-exported.1", lesson, student, CancellationToken.None);
        await Console.Out.WriteLineAsync(LessonRecord.Text(record));
        return 0;
    }

    private static async Task<int> ForgetAsync(Desk desk, Guid lesson, Guid student, string reason)
    {
        if (!(await StudentRecord.ListAsync(desk.Log, lesson, CancellationToken.None)).ContainsKey(student))
        {
            return await RefuseAsync(1, "The lesson knows no such student, or has forgotten it.");
        }

        await desk.Keys.OrderAsync(
            new Erasure(lesson, student, Guid.CreateVersion7(), desk.By, Enum.Parse<ForgetReason>(reason, ignoreCase: true).ToString(), TimeProvider.System.GetUtcNow()), CancellationToken.None);
        var began = TimeProvider.System.GetTimestamp();
        while ((await desk.Keys.OrderedAsync(CancellationToken.None)).Any(o => o.Lesson == lesson && o.Child == student))
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                await Console.Out.WriteLineAsync("It is ordered. No server has carried it out yet: it is done when one runs.");
                return await TellIfUnsealedAsync(desk, lesson);
            }

            await Task.Delay(Look);
        }

        await Console.Out.WriteLineAsync($"{student} is forgotten.");
        return await TellIfUnsealedAsync(desk, lesson);
    }

    private static async Task<int> TellIfUnsealedAsync(Desk desk, Guid lesson)
    {
        if (await desk.Unsealed.HasAsync(lesson, CancellationToken.None))
        {
            await Console.Out.WriteLineAsync("This lesson was stored before sealing: what the child wrote in it then is out of all that the program shows, and is not erased from the database and its backups.");
        }

        return 0;
    }

    private static async Task<int> AccessAsync(Desk desk, DateOnly month)
    {
        foreach (var entry in await desk.Access.ReadAsync(month, CancellationToken.None))
        {
            var (by, about) = (FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(entry.Actor)), JsonNode.Parse(entry.About)!);
            await Console.Out.WriteLineAsync($"{entry.At:u}\t{by.Role}\t{by.Name}\t{entry.Act}\t{about["lesson"]}\t{about["student"]}");
        }

        return 0;
    }

    private static DateOnly? MonthOf(string? text) => text is null ? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)
        : DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) ? month : null;

    private static async Task<int> WithAsync(IConfiguration configuration, IHostEnvironment environment, Func<Desk, Task<int>> run)
    {
        var settings = StorageSetup.DatabaseOf(configuration, environment);
        await RequireDatabaseAsync(configuration, environment);
        await KeysSetup.RequireFileAsync(configuration, environment, settings);
        return await WithStoreAsync(configuration, environment, settings, async desk =>
        {
            await KeysSetup.RequireAsync(configuration, settings, desk.KeyStore);
            await KeysSetup.DestroyForgottenAsync(configuration, settings, desk.Keys, TimeProvider.System);
            return await run(desk);
        });
    }

    /// <summary>What a command writes, an access or the keys' mark, must not stand in a database that the server would not open.</summary>
    internal static async Task RequireDatabaseAsync(IConfiguration configuration, IHostEnvironment environment)
    {
        if (await StorageSetup.FindDifferenceAsync(configuration, environment, static () => { }) is { } difference)
        {
            throw new IOException(difference.Message);
        }
    }

    /// <summary>With the key store that the settings name, made where there is none.</summary>
    internal static async Task<int> WithStoreAsync(IConfiguration configuration, IHostEnvironment environment, DatabaseSettings settings, Func<Desk, Task<int>> run)
    {
        var (store, master) = (KeysSetup.StoreOf(configuration, environment), KeysSetup.MasterOf(configuration, environment));
        var id = await KeysSetup.OpenAsync(configuration, environment, store, () => master);
        await using var source = settings.Postgres is { } postgres ? NpgsqlDataSource.Create(postgres) : null;
        var photos = new SealedPhotos(settings, TimeProvider.System, source);
        using var keys = new ChildKeys(store, master, TimeProvider.System, photos);
        IFactLog stored = source is null ? new SqliteFactLog(settings.Sqlite) : new PostgresFactLog(source);
        await using var closing = (IAsyncDisposable)stored;
        var log = new SealedLog(stored, keys, FactOwners.Personal);
        var by = Encoding.UTF8.GetString(FactCatalogue.EncodeActor(new Actor(Role.Admin, Guid.Empty, "student command")));
        return await run(new Desk(log, store, new AccessLog(log, TimeProvider.System), new UnsealedLessons(settings, source), new PhotoStore(photos, keys), by, id));
    }

    private static async Task<int> RefuseAsync(int code, string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return code;
    }
}

/// <summary>What a command about a child works with.</summary>
internal sealed record Desk(IFactLog Log, IKeyStore Keys, AccessLog Access, UnsealedLessons Unsealed, PhotoStore Photos, string By, Guid KeyStore);
