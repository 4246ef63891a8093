using Classroom.Storage;
using Microsoft.AspNetCore.Identity;

namespace Classroom.Silo.Auth;

/// <summary>What works on accounts; the same for the server and for its command line.</summary>
public static class AccountServices
{
    public static IdentityBuilder AddAccounts(this IServiceCollection services)
    {
        services.AddScoped<OneTimeLinks>();
        services.AddScoped<AccountDesk>();
        return services.AddIdentityCore<Account>(o =>
            {
                o.Password.RequiredLength = 10;
                o.Password.RequireNonAlphanumeric = false;
            })
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<AccountsDb>();
    }
}
