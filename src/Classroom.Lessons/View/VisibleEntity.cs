namespace Classroom.Lessons;

/// <summary>One entity of a lesson with the rule of who sees what of it. All visibility of the product is in these rules.</summary>
/// <param name="For">The entity as an audience sees it, or null if it must not.</param>
/// <param name="Owners">Students who may see something of their own in it; null: all students see the same; empty: none does.</param>
internal sealed record VisibleEntity(EntityKey Key, Func<Audience, Entity?> For, ImmutableArray<Guid>? Owners)
{
    public static readonly ImmutableArray<Guid> NoStudent = [];

    /// <summary>A change that is none to the teacher.</summary>
    public bool OwnersOnly { get; init; }

    public EntityChange ChangeFor(Audience audience) => new(Key.Kind.Kind, Key.Id, For(audience));
}
