using System.Security.Claims;

namespace Classroom.Silo.Auth;

/// <summary>The claims a signed-in browser carries, whichever way it signed in.</summary>
public static class Caller
{
    public const string ClassroomClaim = "ortaq:classroom";
    public const string DeviceClaim = "ortaq:device";

    /// <summary>Its ticket was given in a satellite.</summary>
    public const string AwayClaim = "ortaq:away";
    public const string CentreClaim = "ortaq:centre";

    /// <summary>The role of the strongest claim, or null for nobody.</summary>
    public static Role? RoleOf(ClaimsPrincipal? user) => user?.Identity?.IsAuthenticated != true ? null
        : Enum.TryParse<Role>(user.FindFirstValue(ClaimTypes.Role), ignoreCase: true, out var role) && Enum.IsDefined(role) && role != Role.System ? role : null;

    public static Guid IdOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), out var id) ? id : Guid.Empty;

    public static Guid? GuidOf(ClaimsPrincipal user, string claim) => Guid.TryParse(user.FindFirstValue(claim), out var id) ? id : null;

    public static Actor ActorOf(ClaimsPrincipal user) => new(RoleOf(user)!.Value, IdOf(user), user.Identity?.Name);
}
