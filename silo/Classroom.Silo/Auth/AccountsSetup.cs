using Classroom.Silo.Hosting;
using Classroom.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>The operator's accounts, the demo teacher and mentor of a Development machine, and the links that lead to every screen.</summary>
public static class AccountsSetup
{
    /// <summary>The one centre of a demo machine.</summary>
    public static readonly Guid Centre = new("0197c000-0000-7000-8000-000000000001");

    /// <summary>Makes the accounts of section <c>Accounts</c> that do not exist.</summary>
    /// <exception cref="SettingException">One of them cannot be made.</exception>
    public static async Task PrepareAccountsAsync(this WebApplication app)
    {
        var accounts = app.Services.GetRequiredService<IOptions<AccountsOptions>>().Value;
        using var scope = app.Services.CreateScope();
        await EnsureRolesAsync(scope.ServiceProvider);
        foreach (var centre in app.Services.GetRequiredService<IOptions<OidcOptions>>().Value.Centres)
        {
            if (Guid.TryParse(centre.Centre, out var id))
            {
                await scope.ServiceProvider.GetRequiredService<AccountDesk>().EnsureCentreAsync(id, centre.Value ?? "");
            }
        }

        foreach (var (setting, given, role) in new[]
                 {
                     ("First", accounts.First, Role.Teacher), ("Mentor", accounts.Mentor, Role.Mentor), ("Admin", accounts.Admin, Role.Admin),
                 })
        {
            if (given?.Split(':', 2) is not [var login, var password])
            {
                continue;
            }

            try
            {
                var id = await EnsureAsync(scope.ServiceProvider, login, login, role, "kk", password);
                await SayWhatIsLeftAloneAsync(scope.ServiceProvider, setting, login, id, role, password);
            }
            catch (InvalidOperationException e)
            {
                throw new SettingException(
                    $"Accounts:{setting} cannot be made ({e.Message}); a login has Latin letters, digits and -._@+, a password 10 characters with upper and lower case and a digit.", e);
            }
        }
    }

    public static async Task PrintLinksAsync(this WebApplication app)
    {
        var url = app.Services.GetRequiredService<IOptions<SiteOptions>>().Value.PublicUrl is { Length: > 0 } given ? given
            : app.Urls.First().Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
                .Replace("[::]", "localhost", StringComparison.Ordinal).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var (teach, mentor) = ($"{url}/teach", $"{url}/mentor");
        if (app.Environment.IsDevelopment())
        {
            using var scope = app.Services.CreateScope();
            var links = scope.ServiceProvider.GetRequiredService<OneTimeLinks>();
            teach = $"{url}/enter/{await links.MakeAsync(await EnsureAsync(scope.ServiceProvider, "teacher", "Айгүл Маратқызы", Role.Teacher, "kk"), LinkPurpose.Enter)}";
            mentor = $"{url}/enter/{await links.MakeAsync(await EnsureAsync(scope.ServiceProvider, "mentor", "Жанна", Role.Mentor, "ru"), LinkPurpose.Enter)}";
        }

        await Console.Out.WriteLineAsync($"teach:  {teach}\nboard:  {url}/board\njoin:   {url}/\nmentor: {mentor}");
    }

    // All of them before the first account: who comes through the organisation may come to two silos at one moment.
    private static async Task EnsureRolesAsync(IServiceProvider services)
    {
        var roles = services.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        foreach (var role in new[] { Role.Teacher, Role.Mentor, Role.Admin })
        {
            if (!await roles.RoleExistsAsync(role.ToString()))
            {
                Check(await roles.CreateAsync(new IdentityRole<Guid>(role.ToString()) { Id = Guid.CreateVersion7() }));
            }
        }
    }

    private static async Task<Guid> EnsureAsync(
        IServiceProvider services, string userName, string name, Role role, string language, string? password = null)
    {
        var users = services.GetRequiredService<UserManager<Account>>();
        var account = await users.FindByNameAsync(userName);
        if (account is null)
        {
            account = new Account { Id = Guid.CreateVersion7(), UserName = userName, DisplayName = name, Language = language, CentreId = Centre };
            Check(password is null ? await users.CreateAsync(account) : await users.CreateAsync(account, password));
        }

        // One that was left half made gets its role; who has another one keeps it.
        if ((await users.GetRolesAsync(account)).Count == 0)
        {
            Check(await users.AddToRoleAsync(account, role.ToString()));
        }

        return account.Id;
    }

    // The settings stay where they are for years; what an admin has changed since is not put back, and that is said.
    private static async Task SayWhatIsLeftAloneAsync(IServiceProvider services, string setting, string login, Guid id, Role role, string password)
    {
        var users = services.GetRequiredService<UserManager<Account>>();
        var account = (await users.FindByIdAsync(id.ToString()))!;
        if (!await users.CheckPasswordAsync(account, password))
        {
            await Console.Out.WriteLineAsync(
                $"Accounts:{setting}: {login} is there already with another password, which stays. A new one: Classroom.Silo account password {login}");
        }

        if (!await users.IsInRoleAsync(account, role.ToString()))
        {
            await Console.Out.WriteLineAsync(
                $"Accounts:{setting}: {login} is there already in another role, which stays. To change it: Classroom.Silo account role {login} {role.ToString().ToLowerInvariant()}");
        }

        if (account.DisabledAt is not null)
        {
            await Console.Out.WriteLineAsync($"Accounts:{setting}: {login} is disabled and stays so. To let it in: Classroom.Silo account enable {login}");
        }
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join(", ", result.Errors.Select(e => e.Code)));
        }
    }
}
