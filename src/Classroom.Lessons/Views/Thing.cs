namespace Classroom.Lessons;

/// <summary>One thing of a lesson with the rule of who sees what of it. All visibility of the product is in these rules.</summary>
/// <param name="Seen">The thing as an audience sees it, or null if it must not.</param>
/// <param name="Owners">Students who may see something of their own in it; null: all students see the same; empty: none does.</param>
internal sealed record Thing(Key Key, Func<Audience, Entity?> Seen, ImmutableArray<Guid>? Owners)
{
    public static readonly ImmutableArray<Guid> Nobody = [];

    public Notice For(Audience audience) => new(Key.Kind, Key.Id, Seen(audience));
}
