using Classroom.Storage;
using Microsoft.AspNetCore.Identity;

namespace Classroom.Silo.Auth;

/// <summary>What works on accounts; the same for the server and for its command line.</summary>
public static class AccountServices
{
    public const int ShortestPassword = 10;

    public static IdentityBuilder AddAccounts(this IServiceCollection services)
    {
        services.AddScoped<OneTimeLinks>();
        services.AddScoped<AccountDesk>();
        // PBKDF2 with SHA-512, as often as OWASP's Password Storage Cheat Sheet asks. A password that was hashed less often is hashed anew at its next use.
        services.Configure<PasswordHasherOptions>(o => o.IterationCount = 210_000);
        return services.AddIdentityCore<Account>(o => o.Password = new PasswordOptions
            {
                RequiredLength = ShortestPassword,
                RequiredUniqueChars = 1,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            })
            .AddPasswordValidator<GuessablePassword>()
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<AccountsDb>();
    }
}
