using System.Data.Common;
using System.Net.Sockets;
using Classroom.Silo.Auth;
using Classroom.Silo.Centre;
using Classroom.Silo.Hosting;
using Classroom.Storage;

namespace Classroom.Silo.Cli;

/// <summary>
/// <c>Classroom.Silo token make NAME --centre ID --scope watch,report</c>, <c>token list</c>, <c>token revoke NAME</c>: the service tokens of
/// the centre feed, in the server's own database, beside a running server. The token is printed once and stored nowhere.
/// </summary>
public static class Tokens
{
    public const string Name = "token";
    private const int MaxName = 60;
    private const string Usage = "token make NAME --centre ID --scope watch,report,export,kits | token list | token revoke NAME";

    /// <returns>The exit code: 0 done, 1 refused, 2 the database could not be used or the words are wrong.</returns>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(args);
        try
        {
            var database = StorageSetup.DatabaseOf(configuration, environment);
            var store = new ServiceTokenStore(database);
            return args switch
            {
                [_, "make", var name, .. var options] when Cli.Usage.AreOptions(options, "centre", "scope") => await MakeAsync(store, database, name, configuration["centre"], configuration["scope"]),
                [_, "list", .. var options] when Cli.Usage.AreOptions(options) => await ListAsync(store),
                [_, "revoke", var name, .. var options] when Cli.Usage.AreOptions(options) => await RevokeAsync(store, name),
                _ => await RefuseAsync(2, Usage),
            };
        }
        catch (Exception e) when (e is DbException or SocketException or IOException or TimeoutException or ArgumentException or SettingException)
        {
            return await RefuseAsync(2, $"The database cannot be used: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. The server makes it when it first starts.");
        }
    }

    private static async Task<int> MakeAsync(ServiceTokenStore store, DatabaseSettings database, string name, string? centre, string? scope)
    {
        if (string.IsNullOrWhiteSpace(name) || name.StartsWith('-') || name.Length > MaxName || name.Any(char.IsControl))
        {
            return await RefuseAsync(2, $"A name has at most {MaxName} characters that can be printed: " + Usage);
        }

        if (!Guid.TryParseExact(centre, "D", out var centreId))
        {
            return await RefuseAsync(2, "--centre is the centre's UUID: " + Usage);
        }

        if (Scopes.Parse(scope) is not { } scopes)
        {
            return await RefuseAsync(2, $"--scope is one or more of {string.Join(',', Scopes.All)}: {Usage}");
        }

        var token = ServiceTokens.Make();
        var made = new ServiceToken(name, centreId, scopes, TimeProvider.System.GetUtcNow(), null);
        if (!await store.AddAsync(made, ServiceTokens.HashOf(token), CancellationToken.None))
        {
            return await RefuseAsync(1, $"A token was made with the name \"{name}\" before.");
        }

        // An organisation's centre may have no row before the first of it has signed in: said, and not refused.
        await using var services = AccountCommands.Services(database);
        await using var lookup = services.CreateAsyncScope();
        if (!(await lookup.ServiceProvider.GetRequiredService<AccountDesk>().CentresAsync(CancellationToken.None)).Any(c => c.Id == centreId))
        {
            await Console.Error.WriteLineAsync($"No centre {centreId} is known here yet (Classroom.Silo centre list): is it the right one?");
        }

        // Alone on its line and on stdout, so that a script can take it.
        await Console.Error.WriteLineAsync($"Keep it: it is not shown again. {name}: {scopes} of centre {centreId}.");
        await Console.Out.WriteLineAsync(token);
        return 0;
    }

    private static async Task<int> ListAsync(ServiceTokenStore store)
    {
        foreach (var token in await store.AllAsync(CancellationToken.None))
        {
            await Console.Out.WriteLineAsync(FormattableString.Invariant(
                $"{token.Name}\t{token.CentreId}\t{token.Scopes}\t{token.CreatedAt:u}\t{(token.RevokedAt is { } at ? FormattableString.Invariant($"revoked {at:u}") : "in force")}"));
        }

        return 0;
    }

    private static async Task<int> RevokeAsync(ServiceTokenStore store, string name)
    {
        if (!await store.RevokeAsync(name, TimeProvider.System.GetUtcNow(), CancellationToken.None))
        {
            return await RefuseAsync(1, $"No token in force has the name \"{name}\".");
        }

        await Console.Out.WriteLineAsync($"{name} is revoked.");
        return 0;
    }

    private static async Task<int> RefuseAsync(int code, string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return code;
    }
}
