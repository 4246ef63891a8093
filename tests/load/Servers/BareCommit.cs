using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace Classroom.Load;

/// <summary>
/// The baseline of durable actions: rows of the size of an answer, put into one table by nothing but a group commit (or each by itself),
/// driven in the same process: no browser, no grain, no rules, no announcement.
/// </summary>
public static class BareCommit
{
    private const int MaxBatch = 256;
    private static readonly string Body = "{\"questionId\":\"know.q1\",\"round\":1,\"options\":[\"a\"]}".PadRight(120);

    private sealed record Row(long Due, Guid Stream, long Version);

    public static async Task RunAsync(string? postgres, bool oneByOne)
    {
        var folder = Environment.GetEnvironmentVariable("Data__Folder")!;
        await using var source = postgres is null ? null : NpgsqlDataSource.Create(postgres);
        using var sqlite = postgres is null ? OpenSqlite(Path.Combine(folder, "bare.db")) : null;
        if (source is not null)
        {
            await using var create = source.CreateCommand(
                "create table facts (stream uuid, version bigint, command_id uuid, name text, body text, primary key (stream, version))");
            await create.ExecuteNonQueryAsync();
        }

        ServerLines.Say(new { port = 0 });
        await ServerLines.ServeAsync(async words => words[0] != "run" ? new { } : await LoadAsync(
            double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture),
            rows => source is null ? CommitSqlite(sqlite!, rows) : CommitAsync(source, rows), oneByOne));
    }

    private static async Task<object> LoadAsync(double rate, double seconds, Func<IReadOnlyList<Row>, Task> commit, bool oneByOne)
    {
        var queue = Channel.CreateUnbounded<Row>();
        var received = new Histogram();
        var gate = new Lock();
        var writers = Enumerable.Range(0, oneByOne ? 20 : 1).Select(_ => Task.Run(async () =>
        {
            var batch = new List<Row>(MaxBatch);
            while (await queue.Reader.WaitToReadAsync())
            {
                batch.Clear();
                while (batch.Count < (oneByOne ? 1 : MaxBatch) && queue.Reader.TryRead(out var row))
                {
                    batch.Add(row);
                }

                if (batch.Count == 0)
                {
                    continue;
                }

                await commit(batch);
                var now = Clock.Now;
                lock (gate)
                {
                    foreach (var row in batch)
                    {
                        received.Record(now - row.Due);
                    }
                }
            }
        })).ToArray();
        var streams = Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()).ToArray();
        var total = (long)(rate * seconds);
        await Task.Factory.StartNew(() =>
        {
            var start = Clock.Now + 20_000;
            for (long i = 0; i < total;)
            {
                for (var now = Clock.Now; i < total && start + (i * 1_000_000.0 / rate) <= now; i++)
                {
                    queue.Writer.TryWrite(new Row((long)(start + (i * 1_000_000.0 / rate)), streams[i % streams.Length], i / streams.Length));
                }

                Thread.Sleep(1);
            }
        }, TaskCreationOptions.LongRunning);
        queue.Writer.Complete();
        await Task.WhenAll(writers);
        return new { count = received.Count, p50 = received.At(0.5), p99 = received.At(0.99) };
    }

    private static async Task CommitAsync(NpgsqlDataSource source, IReadOnlyList<Row> rows)
    {
        await using var command = source.CreateCommand("insert into facts select * from unnest($1, $2, $3, $4, $5)");
        Add(NpgsqlDbType.Uuid, rows.Select(r => r.Stream).ToArray());
        Add(NpgsqlDbType.Bigint, rows.Select(r => r.Version).ToArray());
        Add(NpgsqlDbType.Uuid, rows.Select(_ => Guid.CreateVersion7()).ToArray());
        Add(NpgsqlDbType.Text, rows.Select(_ => "answer-given.1").ToArray());
        Add(NpgsqlDbType.Text, rows.Select(_ => Body).ToArray());
        await command.ExecuteNonQueryAsync();

        void Add(NpgsqlDbType type, object value) => command.Parameters.Add(new() { Value = value, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static SqliteConnection OpenSqlite(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ToString());
        connection.Open();
        using var create = connection.CreateCommand();
        create.CommandText = "pragma journal_mode = wal; pragma synchronous = full;" +
            "create table facts (stream text, version integer, command_id text, name text, body text, primary key (stream, version)) without rowid";
        create.ExecuteNonQuery();
        return connection;
    }

    private static Task CommitSqlite(SqliteConnection connection, IReadOnlyList<Row> rows)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "insert into facts values ($s, $v, $c, 'answer-given.1', $b)";
        var (s, v, c) = (insert.Parameters.Add("$s", SqliteType.Text), insert.Parameters.Add("$v", SqliteType.Integer), insert.Parameters.Add("$c", SqliteType.Text));
        insert.Parameters.AddWithValue("$b", Body);
        insert.Prepare();
        foreach (var row in rows)
        {
            (s.Value, v.Value, c.Value) = (row.Stream.ToString(), row.Version, Guid.CreateVersion7().ToString());
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
        return Task.CompletedTask;
    }
}
