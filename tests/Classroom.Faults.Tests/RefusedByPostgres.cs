using System.Net;
using Npgsql;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: a password that Postgres does not take, at the start or from some moment on, is one sentence of the log without the password; nothing is
/// acknowledged meanwhile, and all goes on when it is right again.
/// </summary>
[Collection(Alone.Name)]
public sealed class RefusedByPostgres
{
    private const string Right = "kyzyl-alma-2026";
    private const string Wrong = "kok-alma-2026";

    [Fact]
    public async Task A_wrong_password_is_said_at_the_start_and_a_changed_one_while_it_runs_and_never_shown()
    {
        await using var server = await PrivatePostgres.CreateAsync();
        await server.StartAsync();
        await server.SqlAsync($"alter role ortaq password '{Right}'");
        await File.WriteAllTextAsync(Path.Combine(server.Data, "pg_hba.conf"), "host postgres ortaq 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 scram-sha-256\n");
        await server.SqlAsync("select pg_reload_conf()");
        string As(string password) => new NpgsqlConnectionStringBuilder(server.ConnectionString) { Password = password, Pooling = true }.ToString();

        var (code, printed, error) = await SiloProcess.RefusedAsync(("ConnectionStrings__Postgres", As(Wrong)));
        (code, error.Trim().Contains('\n', StringComparison.Ordinal)).ShouldBe((1, false), error);
        error.ShouldStartWith("ConnectionStrings:Postgres: the database does not answer as it should");
        (error + printed).ShouldNotContain(Wrong);

        await using var silo = await SiloProcess.StartAsync(As(Right));
        await using var room = await ClassUnderFault.OpenAsync(silo, 2);
        await room.ActAsync(2);
        await ChangeAsync(As(Right), Wrong);
        var before = room.Ledger.Acknowledged;
        var acting = room.ActAsync(5);
        await room.Host.Teacher.UntilAsync(t => !t.Saves, "the teacher is told");
        room.Ledger.Acknowledged.ShouldBe(before, "acknowledged without a database");
        using var http = await silo.BrowserAsync();
        // One answer stands for a second: the first may be of the moment before.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await ReadyAsync() != HttpStatusCode.ServiceUnavailable)
        {
            await Task.Delay(100, patience.Token);
        }

        async Task<HttpStatusCode> ReadyAsync()
        {
            using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), patience.Token);
            return answer.StatusCode;
        }

        await ChangeAsync(As(Wrong), Right);
        await acting;
        await room.Host.Teacher.UntilAsync(t => t.Saves, "the teacher is told that it is over");
        await new Audit(() => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(As(Right)))).CheckAsync(room);
        silo.Output.ShouldNotContain(Right);
    }

    private static async Task ChangeAsync(string connection, string password)
    {
        NpgsqlConnection.ClearAllPools();
        await using var by = new NpgsqlConnection(connection + ";Pooling=false");
        await by.OpenAsync();
#pragma warning disable CA2100 // The tests' own words.
        await using var change = new NpgsqlCommand($"alter role ortaq password '{password}'", by);
#pragma warning restore CA2100
        await change.ExecuteNonQueryAsync();
        // In a statement of its own: who comes back before the first is committed comes in by the password of before.
        await using var end = new NpgsqlCommand("select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = 'ortaq'", by);
        await end.ExecuteNonQueryAsync();
    }
}
