using System.Data.Common;
using System.Net.Sockets;
using Classroom.Silo.Auth;
using Classroom.Silo.Hosting;
using Classroom.Storage;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Silo.Cli;

/// <summary>
/// <c>Classroom.Silo account ...</c> and <c>centre ...</c>: accounts in the server's own database, beside a running server, whose sessions end within two
/// seconds of a change. A password is read from standard input or chosen by a one-time link; an argument would stand in the shell's history.
/// </summary>
public static class AccountCommands
{
    public const string Name = "account";
    public const string CentreName = "centre";
    private const string Usage = """
        account add LOGIN --name NAME --role teacher|mentor|admin [--centre NAME] [--password -]
        account password LOGIN [--password -]
        account role LOGIN teacher|mentor|admin | account centre LOGIN NAME|none
        account disable|enable|sign-out LOGIN | account list
        centre add NAME | centre list
        --password - reads it from standard input; without it a one-time link is printed.
        """;

    /// <returns>The exit code: 0 done, 1 refused, 2 the database could not be used or the words are wrong.</returns>
    public static async Task<int> RunAsync(string[] args, IConfiguration configuration, IHostEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(args);
        try
        {
            await using var services = Services(StorageSetup.DatabaseOf(configuration, environment));
            await using var scope = services.CreateAsyncScope();
            var run = new Run(scope.ServiceProvider.GetRequiredService<AccountDesk>(), configuration);
            return args switch
            {
                [Name, "add", var login, .. var o] when IsWord(login) && Cli.Usage.AreOptions(o, "name", "role", "centre", "password") => await run.AddAsync(login),
                [Name, "password", var login, .. var o] when IsWord(login) && Cli.Usage.AreOptions(o, "password") => await run.PasswordAsync(login),
                [Name, "role", var login, var role, .. var o] when IsWord(login) && Cli.Usage.AreOptions(o) => await run.RoleAsync(login, role),
                [Name, "centre", var login, var centre, .. var o] when IsWord(login) && Cli.Usage.AreOptions(o) => await run.CentreAsync(login, centre),
                [Name, "disable", var login, .. var o] when IsWord(login) && Cli.Usage.AreOptions(o) => await run.ChangeAsync(login, (d, id) => d.DisableAsync(id, null), "is disabled"),
                [Name, "enable", var login, .. var o] when IsWord(login) && Cli.Usage.AreOptions(o) => await run.ChangeAsync(login, (d, id) => d.EnableAsync(id), "may sign in"),
                [Name, "sign-out", var login, .. var o] when IsWord(login) && Cli.Usage.AreOptions(o) => await run.ChangeAsync(login, (d, id) => d.SignOutAsync(id), "is signed out everywhere"),
                [Name, "list", .. var o] when Cli.Usage.AreOptions(o) => await run.ListAsync(),
                [CentreName, "add", var name, .. var o] when IsWord(name) && Cli.Usage.AreOptions(o) => await run.AddCentreAsync(name),
                [CentreName, "list", .. var o] when Cli.Usage.AreOptions(o) => await run.ListCentresAsync(),
                _ => await SayAsync(2, Usage),
            };
        }
        catch (Exception e) when (e is DbException or DbUpdateException or SocketException or IOException or TimeoutException or ArgumentException or SettingException)
        {
            return await SayAsync(2, $"The database cannot be used: {e.Message.ReplaceLineEndings(" ").TrimEnd('.')}. The server makes it when it first starts.");
        }
    }

    private static bool IsWord(string word) => !word.StartsWith('-');

    internal static ServiceProvider Services(DatabaseSettings settings)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        // It must not make a database where there is none: an account in it would open nothing.
        services.AddDbContext<AccountsDb>(o => _ = settings.Postgres is { } postgres ? o.UseNpgsql(postgres) : o.UseSqlite(
            new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(settings.Sqlite) { Mode = Microsoft.Data.Sqlite.SqliteOpenMode.ReadWrite }.ToString()));
        services.AddAccounts();
        return services.BuildServiceProvider();
    }

    private static async Task<int> SayAsync(int code, string sentence)
    {
        await Console.Error.WriteLineAsync(sentence);
        return code;
    }

    private sealed class Run(AccountDesk desk, IConfiguration configuration)
    {
        public async Task<int> AddAsync(string login)
        {
            if (BadPasswordOption() is { } wrong)
            {
                return await SayAsync(2, wrong);
            }

            var (known, centre) = await CentreOfAsync(configuration["centre"]);
            if (!known)
            {
                return await SayAsync(1, $"There is no centre \"{configuration["centre"]}\": Classroom.Silo centre list");
            }

            var (refusal, id) = await desk.AddAsync(login, configuration["name"], configuration["role"], centre);
            return refusal is null ? await GiveAsync(login, id) : await RefuseAsync(login, refusal);
        }

        public async Task<int> PasswordAsync(string login) => BadPasswordOption() is { } wrong ? await SayAsync(2, wrong)
            : await desk.FindAsync(login) is { } account ? await GiveAsync(login, account.Id) : await RefuseAsync(login, "no-such-account");

        public Task<int> RoleAsync(string login, string role) => ChangeAsync(login, (d, id) => d.SetRoleAsync(id, role, null), $"is now: {role}");

        public async Task<int> CentreAsync(string login, string name)
        {
            var (known, centre) = await CentreOfAsync(name == "none" ? null : name);
            return known ? await ChangeAsync(login, (d, id) => d.SetCentreAsync(id, centre), $"belongs to: {name}")
                : await SayAsync(1, $"There is no centre \"{name}\": Classroom.Silo centre list");
        }

        public async Task<int> ChangeAsync(string login, Func<AccountDesk, Guid, Task<string?>> change, string done)
        {
            if (await desk.FindAsync(login) is not { } account)
            {
                return await RefuseAsync(login, "no-such-account");
            }

            if (await change(desk, account.Id) is { } refusal)
            {
                return await RefuseAsync(login, refusal);
            }

            await Console.Out.WriteLineAsync($"{login} {done}.");
            return 0;
        }

        public async Task<int> ListAsync()
        {
            var centres = (await desk.CentresAsync(CancellationToken.None)).ToDictionary(c => c.Id, c => c.Name);
            foreach (var a in await desk.ListAsync(CancellationToken.None))
            {
                var centre = a.CentreId is { } id ? centres.GetValueOrDefault(id, id.ToString()) : "-";
                await Console.Out.WriteLineAsync(FormattableString.Invariant(
                    $"{a.Login ?? "(organisation)"}\t{a.Name}\t{a.Role ?? "-"}\t{centre}\t{(a.LastSignInAt is { } at ? FormattableString.Invariant($"{at:u}") : "never")}\t{(a.DisabledAt is { } off ? FormattableString.Invariant($"disabled {off:u}") : a.HasPassword || a.Login is null ? "in force" : "no password yet")}"));
            }

            return 0;
        }

        public async Task<int> AddCentreAsync(string name)
        {
            var (refusal, id) = await desk.AddCentreAsync(name);
            if (refusal is not null)
            {
                return await RefuseAsync(name, refusal);
            }

            await Console.Out.WriteLineAsync($"{id}\t{name.Trim()}");
            return 0;
        }

        public async Task<int> ListCentresAsync()
        {
            foreach (var centre in await desk.CentresAsync(CancellationToken.None))
            {
                await Console.Out.WriteLineAsync($"{centre.Id}\t{centre.Name}");
            }

            return 0;
        }

        private string? BadPasswordOption() => configuration["password"] is null or "-" ? null
            : "A password is no argument: others read it in the list of processes. --password - reads it from standard input.";

        private async Task<(bool Known, Guid? Centre)> CentreOfAsync(string? name)
        {
            if (string.IsNullOrEmpty(name))
            {
                return (true, null);
            }

            var found = (await desk.CentresAsync(CancellationToken.None)).FirstOrDefault(c => c.Name == name.Trim() || c.Id.ToString() == name);
            return (found is not null, found?.Id);
        }

        // A password from standard input, or a link printed once: alone on its line and on stdout, so that a script can take it.
        private async Task<int> GiveAsync(string login, Guid id)
        {
            if (configuration["password"] is not null)
            {
                return await desk.SetPasswordAsync(id, await Console.In.ReadLineAsync()) is { } bad ? await RefuseAsync(login, bad) : 0;
            }

            var (refusal, token) = await desk.LinkAsync(id);
            if (refusal is not null)
            {
                return await RefuseAsync(login, refusal);
            }

            var days = OneTimeLinks.LifeOf(LinkPurpose.Password).TotalDays;
            var site = Settings.Read<SiteOptions>(configuration, "Ortaq").PublicUrl?.TrimEnd('/');
            await Console.Error.WriteLineAsync(string.IsNullOrEmpty(site)
                ? $"Put this server's address before it. It chooses a password for {login}, once, within {days} days:"
                : $"It chooses a password for {login}, once, within {days} days:");
            await Console.Out.WriteLineAsync($"{site}/accounts#link={token}");
            return 0;
        }

        private static Task<int> RefuseAsync(string login, string code) => SayAsync(1, code switch
        {
            "no-such-account" => $"There is no account {login}.",
            "account-exists" => $"There is an account {login} already.",
            "account-disabled" => $"{login} is disabled: Classroom.Silo account enable {login}",
            "organisation-account" => $"{login} signs in through the organisation, which says its role, centre and password.",
            "last-admin" => $"{login} is the last admin who can sign in: make another one first.",
            "bad-user-name" => "A login has Latin letters, digits and -._@+.",
            "bad-name" => $"A name has 1 to {AccountDesk.MaxName} characters that can be printed.",
            "bad-role" => "A role is teacher, mentor or admin.",
            "weak-password" => "A password has 10 characters with upper and lower case and a digit. It was not changed.",
            "centre-exists" => $"There is a centre {login} already.",
            _ => $"Refused: {code}.",
        });
    }
}
