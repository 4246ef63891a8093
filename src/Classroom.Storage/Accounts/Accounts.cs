using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Classroom.Storage;

/// <summary>A grown-up with an account: a teacher, a mentor, an admin. Students have none.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>How the account is called on screen.</summary>
    public string DisplayName { get; set; } = "";

    public string Language { get; set; } = "kk";

    /// <summary>The TUMO centre a mentor belongs to, or a teacher's sessions are shown at.</summary>
    public Guid? CentreId { get; set; }
}

/// <summary>Accounts. The tables are made by the numbered migrations, not by EF.</summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityDbContext<Account, IdentityRole<Guid>, Guid>(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>().ToTable("accounts");
        builder.Entity<IdentityRole<Guid>>().ToTable("roles");
        builder.Entity<IdentityUserRole<Guid>>().ToTable("account_roles");
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.Entity<IdentityRoleClaim<Guid>>().ToTable("role_claims");
    }
}
