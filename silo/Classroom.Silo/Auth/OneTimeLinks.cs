using System.Collections.Concurrent;
using System.Security.Cryptography;
using Classroom.Storage;
using Microsoft.AspNetCore.Identity;

namespace Classroom.Silo.Auth;

/// <summary>Links that sign in once, printed at the start in Development. In memory: a restart makes new ones.</summary>
public sealed class OneTimeLinks(TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private readonly ConcurrentDictionary<string, (Guid Account, long Since)> _links = new(StringComparer.Ordinal);

    public string Make(Guid account)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _links[token] = (account, time.GetTimestamp());
        return token;
    }

    public Guid? Take(string token) => _links.TryRemove(token, out var link) && time.GetElapsedTime(link.Since) < Life ? link.Account : null;
}

/// <summary>The demo teacher and mentor of a Development machine, and the links that lead to every screen.</summary>
public static class Demo
{
    /// <summary>The one centre of a demo machine.</summary>
    public static readonly Guid Centre = new("0197c000-0000-7000-8000-000000000001");

    public static async Task PrintLinksAsync(this WebApplication app)
    {
        var url = app.Configuration["Ortaq:PublicUrl"] ?? app.Urls.First().Replace("0.0.0.0", "localhost", StringComparison.Ordinal)
            .Replace("[::]", "localhost", StringComparison.Ordinal).Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        var (teach, mentor) = ($"{url}/teach", $"{url}/mentor");
        using var scope = app.Services.CreateScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var roles = scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole<Guid>>>();
        // The operator's way to accounts: login:password, in the box's own settings file. A password that is refused must not stop the school.
        foreach (var (setting, role) in new[] { ("First", Role.Teacher), ("Mentor", Role.Mentor), ("Admin", Role.Admin) })
        {
            if (app.Configuration["Accounts:" + setting]?.Split(':', 2) is not [{ Length: > 0 } login, var password])
            {
                continue;
            }

            try
            {
                await EnsureAsync(users, roles, login, login, role, "kk", password);
            }
            catch (InvalidOperationException e)
            {
                app.Logger.LogError("Accounts:{Setting} was not made: {Reason}. The password needs 10 characters, upper and lower case and a digit.", setting, e.Message);
            }
        }

        if (app.Environment.IsDevelopment())
        {
            var links = app.Services.GetRequiredService<OneTimeLinks>();
            teach = $"{url}/enter/{links.Make(await EnsureAsync(users, roles, "teacher", "Айгүл Маратқызы", Role.Teacher, "kk"))}";
            mentor = $"{url}/enter/{links.Make(await EnsureAsync(users, roles, "mentor", "Жанна", Role.Mentor, "ru"))}";
        }

        await Console.Out.WriteLineAsync($"teach:  {teach}\nboard:  {url}/board\njoin:   {url}/\nmentor: {mentor}");
    }

    private static async Task<Guid> EnsureAsync(
        UserManager<Account> users, RoleManager<IdentityRole<Guid>> roles, string userName, string name, Role role, string language, string? password = null)
    {
        if (!await roles.RoleExistsAsync(role.ToString()))
        {
            Check(await roles.CreateAsync(new IdentityRole<Guid>(role.ToString()) { Id = Guid.CreateVersion7() }));
        }

        var account = await users.FindByNameAsync(userName);
        if (account is null)
        {
            account = new Account { Id = Guid.CreateVersion7(), UserName = userName, DisplayName = name, Language = language, CentreId = Centre };
            Check(password is null ? await users.CreateAsync(account) : await users.CreateAsync(account, password));
        }

        if (!await users.IsInRoleAsync(account, role.ToString()))
        {
            Check(await users.AddToRoleAsync(account, role.ToString()));
        }

        return account.Id;
    }

    private static void Check(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new InvalidOperationException(string.Join("; ", result.Errors.Select(e => e.Code)));
        }
    }
}
