namespace Classroom.Silo.Realtime;

/// <summary>Who may call a hub method. A method without it is closed to everybody (default deny), and a test walks them all.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowedForAttribute(params Role[] roles) : Attribute
{
    public IReadOnlyList<Role> Roles { get; } = roles;
}
