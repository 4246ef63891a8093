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

    /// <summary>Null while it may sign in. A disabled account keeps its lessons.</summary>
    public DateTimeOffset? DisabledAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }
}

/// <summary>A centre whose mentors see its lessons.</summary>
public sealed class Centre
{
    public Guid Id { get; set; }

    public string Name { get; set; } = "";
}

/// <summary>What a one-time link is for.</summary>
public enum LinkPurpose
{
    /// <summary>Signs in.</summary>
    Enter = 0,

    /// <summary>Chooses a new password.</summary>
    Password = 1,
}

/// <summary>A one-time link. The link itself is nowhere: only its hash is stored. Times are Unix milliseconds, which both databases compare.</summary>
public sealed class AccountLink
{
    public string Hash { get; set; } = "";

    public Guid AccountId { get; set; }

    public LinkPurpose Purpose { get; set; }

    public long ExpiresAt { get; set; }

    public long? UsedAt { get; set; }
}

/// <summary>A session that was signed out. Kept until its cookie would have ended.</summary>
public sealed class EndedSession
{
    public Guid Id { get; set; }

    public long EndsAt { get; set; }
}

/// <summary>Accounts. The tables are made by the numbered migrations, not by EF.</summary>
public sealed class AccountsDb(DbContextOptions<AccountsDb> options) : IdentityDbContext<Account, IdentityRole<Guid>, Guid>(options)
{
    public DbSet<Centre> Centres => Set<Centre>();

    public DbSet<AccountLink> Links => Set<AccountLink>();

    public DbSet<EndedSession> EndedSessions => Set<EndedSession>();

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
        builder.Entity<Centre>().ToTable("centres");
        builder.Entity<AccountLink>(e =>
        {
            e.ToTable("account_links");
            e.HasKey(l => l.Hash);
        });
        builder.Entity<EndedSession>().ToTable("ended_sessions");
    }
}
