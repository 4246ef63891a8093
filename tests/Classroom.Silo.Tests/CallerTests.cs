using System.Globalization;
using System.Security.Claims;
using Classroom.Silo.Auth;

namespace Classroom.Silo.Tests;

/// <summary>Invariant: no browser is the server itself, which may read what a teacher sees of every lesson.</summary>
public sealed class CallerTests
{
    [Fact]
    public void Whoever_signs_in_is_one_of_the_roles_of_people_or_nobody()
    {
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.System))
        {
            RoleOf(role.ToString()).ShouldBe(role);
        }

        string[] none = ["System", "system", ((int)Role.System).ToString(CultureInfo.InvariantCulture), "99", "", "Teacher,System"];
        none.ShouldAllBe(text => RoleOf(text) == null);
        Caller.RoleOf(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, "Teacher")]))).ShouldBeNull("not signed in");
    }

    private static Role? RoleOf(string claim) => Caller.RoleOf(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Role, claim)], "test")));
}
