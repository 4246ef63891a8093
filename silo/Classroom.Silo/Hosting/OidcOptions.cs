namespace Classroom.Silo.Hosting;

/// <summary>Section <c>Oidc</c>: the sign-in of the organisation that runs the program. Off unless it has an authority.</summary>
public sealed class OidcOptions
{
    /// <summary>The issuer's address, under which its <c>/.well-known/openid-configuration</c> stands.</summary>
    public string? Authority { get; set; }

    public string? ClientId { get; set; }

    /// <summary>Empty: a public client, which PKCE alone protects.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>A file that holds the secret, as a secret of systemd or Kubernetes is given.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>What the button calls the organisation; empty: the host of its authority.</summary>
    public string? DisplayName { get; set; }

    /// <summary>Scopes beside <c>openid</c> and <c>profile</c>, apart by spaces, where the provider wants one for groups.</summary>
    public string? Scopes { get; set; }

    /// <summary>The claim of the id token that says what somebody is: a value or several.</summary>
    public string RoleClaim { get; set; } = "groups";

    public OidcRoles Roles { get; set; } = new();

    /// <summary>The claim that says which centre somebody belongs to; empty: all belong to the one of the local accounts.</summary>
    public string? CentreClaim { get; set; }

    /// <summary>Centres by the values of that claim. A value that is a GUID needs no line.</summary>
    public List<OidcCentre> Centres { get; set; } = [];

    /// <summary>A sign-in ends so long after it began, used or not: what the organisation changed holds here by then.</summary>
    public double SessionHours { get; set; } = 12;

    public bool IsOn => !string.IsNullOrWhiteSpace(Authority);

    public string Title => string.IsNullOrWhiteSpace(DisplayName) ? new Uri(Authority!).Host : DisplayName.Trim();

    /// <summary>The strongest role that the organisation's values stand for, or null.</summary>
    public Role? RoleOf(IReadOnlyCollection<string> values)
    {
        foreach (var (role, names) in Roles.All)
        {
            if (values.Any(names.Contains))
            {
                return role;
            }
        }

        return null;
    }

    /// <summary>Null when none of the values is a centre's.</summary>
    public Guid? CentreOf(IReadOnlyCollection<string> values)
    {
        foreach (var value in values)
        {
            if (Guid.TryParse(Centres.Find(c => c.Value == value)?.Centre ?? value, out var id) && id != Guid.Empty)
            {
                return id;
            }
        }

        return null;
    }
}

/// <summary>What the organisation calls each role; several values apart by a semicolon.</summary>
public sealed class OidcRoles
{
    public string? Teacher { get; set; }

    public string? Mentor { get; set; }

    public string? Admin { get; set; }

    /// <summary>The strongest first.</summary>
    public IEnumerable<(Role Role, string[] Values)> All => [(Role.Admin, Split(Admin)), (Role.Mentor, Split(Mentor)), (Role.Teacher, Split(Teacher))];

    private static string[] Split(string? text) => (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

public sealed class OidcCentre
{
    public string? Value { get; set; }

    /// <summary>A GUID.</summary>
    public string? Centre { get; set; }
}
