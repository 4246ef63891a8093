using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Classroom.Storage;

/// <summary>The statements of both stores. A row a child and lesson; times are Unix milliseconds, which both databases compare.</summary>
public abstract class KeyStore : IKeyStore
{
    private const string Purpose = "key store";

    protected abstract string Schema { get; }

    /// <summary>The texts of a JSON array, each as <c>pair</c>.</summary>
    protected abstract string Pairs { get; }

    public async Task<Guid> PrepareAsync(MasterKey master, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(master);
        await using var connection = await MakeAsync(cancellationToken);
        await CheckAsync(connection, cancellationToken);
        await using (var schema = Sql.Of(connection, Schema))
        {
            await schema.ExecuteNonQueryAsync(cancellationToken);
        }

        await using (var note = Sql.Of(
            connection, "insert into key_store (one, id, sealed) values (1, @id, @sealed) on conflict (one) do nothing",
            ("@id", Text(Guid.NewGuid())), ("@sealed", master.Close(Purpose, "ortaq"u8, Purpose))))
        {
            await note.ExecuteNonQueryAsync(cancellationToken);
        }

        Guid id;
        await using (var read = Sql.Of(connection, "select id, sealed from key_store where one = 1"))
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            if (master.Open(Purpose, (byte[])reader.GetValue(1), Purpose) is null)
            {
                throw new InvalidDataException("the keys in the key store are sealed with another master key");
            }

            id = Guid.Parse(reader.GetString(0));
        }

        // As below: not while this reads.
        await BeginAsync(id, cancellationToken);
        return id;
    }

    public async Task<IReadOnlyList<StoredKey>> LoadAsync(Guid lesson, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection, "select child, wrapped, destroyed_at from child_keys where lesson = @lesson and (wrapped is not null or destroyed_at is not null)", ("@lesson", Text(lesson)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<StoredKey>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(Read(reader));
        }

        return all;
    }

    public async Task<StoredKey> AddAsync(Guid lesson, Guid child, byte[] wrapped, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var add = Sql.Of(
            connection,
            """
            insert into child_keys (lesson, child, wrapped, made_at) values (@lesson, @child, @wrapped, @at)
            on conflict (lesson, child) do update set wrapped = excluded.wrapped, made_at = excluded.made_at
            where child_keys.wrapped is null and child_keys.destroyed_at is null and child_keys.ordered_at is null
            """,
            ("@lesson", Text(lesson)), ("@child", Text(child)), ("@wrapped", wrapped), ("@at", at.ToUnixTimeMilliseconds()));
        await add.ExecuteNonQueryAsync(cancellationToken);
        StoredKey stands;
        await using (var read = Sql.Of(
            connection, "select child, wrapped, destroyed_at from child_keys where lesson = @lesson and child = @child", ("@lesson", Text(lesson)), ("@child", Text(child))))
        await using (var reader = await read.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            stands = Read(reader);
        }

        // Not while this reads: a writer waits for its end with a lock for which the look waits (SQLite, PENDING).
        await RequireAsync(cancellationToken);
        return stands;
    }

    public Task OrderAsync(Erasure erasure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        return RunAsync(
            """
            insert into child_keys (lesson, child, made_at, ordered_at, ordered_as, ordered_by, reason) values (@lesson, @child, @at, @at, @id, @by, @reason)
            on conflict (lesson, child) do update
            set ordered_at = excluded.ordered_at, ordered_as = excluded.ordered_as, ordered_by = excluded.ordered_by, reason = excluded.reason
            where child_keys.ordered_at is null
            """,
            cancellationToken,
            ("@lesson", Text(erasure.Lesson)), ("@child", Text(erasure.Child)), ("@at", erasure.At.ToUnixTimeMilliseconds()), ("@id", Text(erasure.Id)),
            ("@by", erasure.By), ("@reason", erasure.Reason));
    }

    public async Task<IReadOnlyList<Erasure>> OrderedAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection,
            """
            select lesson, child, ordered_as, ordered_by, reason, ordered_at from child_keys
            where ordered_at is not null and destroyed_at is null order by ordered_at, lesson, child
            """);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<Erasure>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(new Erasure(
                Guid.Parse(reader.GetString(0)), Guid.Parse(reader.GetString(1)), Guid.Parse(reader.GetString(2)), reader.GetString(3), reader.GetString(4),
                DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5))));
        }

        return all;
    }

    public Task DestroyAsync(Guid lesson, Guid child, DateTimeOffset at, CancellationToken cancellationToken) => RunAsync(
        """
        insert into child_keys (lesson, child, made_at, destroyed_at) values (@lesson, @child, @at, @at)
        on conflict (lesson, child) do update set wrapped = null, destroyed_at = coalesce(child_keys.destroyed_at, excluded.destroyed_at)
        """,
        cancellationToken, ("@lesson", Text(lesson)), ("@child", Text(child)), ("@at", at.ToUnixTimeMilliseconds()));

    public async Task<int> DestroyAsync(IReadOnlyList<(Guid Lesson, Guid Child)> children, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(children);
        await using var connection = await OpenAsync(cancellationToken);
        var unknown = 0;
        await using (var command = Sql.Of(
            connection,
            $"""
            insert into child_keys (lesson, child, made_at, destroyed_at)
            select distinct substr(pair, 1, 36), substr(pair, 38), @at, @at from ({Pairs}) listed where true
            on conflict (lesson, child) do update set wrapped = null, destroyed_at = excluded.destroyed_at where child_keys.destroyed_at is null
            returning case when ordered_at is null then 1 else 0 end
            """,
            ("@pairs", JsonSerializer.Serialize(children.Select(c => $"{Text(c.Lesson)}/{Text(c.Child)}"))), ("@at", at.ToUnixTimeMilliseconds())))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                unknown += reader.GetInt32(0);
            }
        }

        await RequireAsync(cancellationToken);
        return unknown;
    }

    public async Task<ForgottenNote> ForgottenAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, "select count, until from forgotten_facts where one = 1");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? new ForgottenNote(reader.GetInt64(0), new DateTimeOffset(reader.GetInt64(1), TimeSpan.Zero)) : ForgottenNote.None;
    }

    public Task NoteForgottenAsync(ForgottenNote note, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(note);
        return RunAsync(
            "insert into forgotten_facts (one, count, until) values (1, @count, @until) on conflict (one) do update set count = excluded.count, until = excluded.until",
            cancellationToken, ("@count", note.Count), ("@until", note.Until.UtcTicks));
    }

    public Task ProbeAsync(DateTimeOffset at, CancellationToken cancellationToken) => RunAsync(
        "insert into probe (one, at) values (1, @at) on conflict (one) do update set at = excluded.at", cancellationToken, ("@at", at.ToUnixTimeMilliseconds()));

    public virtual Task RequireAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<IReadOnlyList<Guid>> LessonsWithKeysOfBeforeAsync(DateTimeOffset time, Guid after, int most, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(
            connection,
            "select distinct lesson from child_keys where wrapped is not null and ordered_at is null and made_at < @time and lesson > @after order by lesson limit @most",
            ("@time", time.ToUnixTimeMilliseconds()), ("@after", Text(after)), ("@most", (long)most));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var all = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(Guid.Parse(reader.GetString(0)));
        }

        return all;
    }

    public async Task<int> SeeDayAsync(DateOnly day, DateOnly since, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var add = Sql.Of(connection, "insert into seen_days (day) values (@day) on conflict (day) do nothing", ("@day", (long)day.DayNumber));
        await add.ExecuteNonQueryAsync(cancellationToken);
        await using var count = Sql.Of(connection, "select count(*) from seen_days where day between @since and @day", ("@since", (long)since.DayNumber), ("@day", (long)day.DayNumber));
        return Convert.ToInt32(await count.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
    }

    protected abstract Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>The same where the store may be made.</summary>
    protected virtual Task<DbConnection> MakeAsync(CancellationToken cancellationToken) => OpenAsync(cancellationToken);

    /// <summary>From now on it has to be this one.</summary>
    protected virtual Task BeginAsync(Guid id, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <exception cref="InvalidDataException">Keys must not be kept here.</exception>
    protected virtual Task CheckAsync(DbConnection connection, CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RunAsync(string sql, CancellationToken cancellationToken, params (string, object)[] values)
    {
        await using var connection = await OpenAsync(cancellationToken);
        await using var command = Sql.Of(connection, sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
        // What was taken away meanwhile has what was just written, and nobody will find it.
        await RequireAsync(cancellationToken);
    }

    /// <summary>What both kinds have.</summary>
    protected static string Tables(string bytes, string number) =>
        $"""
        create table if not exists key_store (one integer primary key, id text not null, sealed {bytes} not null);
        create table if not exists child_keys (
          lesson       text not null,
          child        text not null,
          wrapped      {bytes},
          made_at      {number} not null,
          ordered_at   {number},
          ordered_as   text,
          ordered_by   text,
          reason       text,
          destroyed_at {number},
          primary key (lesson, child)
        );
        create table if not exists seen_days (day {number} primary key);
        create table if not exists forgotten_facts (one integer primary key, count {number} not null, until {number} not null);
        create table if not exists probe (one integer primary key, at {number} not null);
        create index if not exists child_keys_ordered on child_keys (ordered_at) where ordered_at is not null and destroyed_at is null;
        create index if not exists child_keys_kept on child_keys (lesson) where wrapped is not null;
        """;

    private static StoredKey Read(DbDataReader reader) => new(
        Guid.Parse(reader.GetString(0)), reader.IsDBNull(1) ? null : (byte[])reader.GetValue(1),
        reader.IsDBNull(2) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(2)));

    private static string Text(Guid id) => id.ToString("D", CultureInfo.InvariantCulture);
}
