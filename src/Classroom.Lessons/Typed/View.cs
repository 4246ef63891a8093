namespace Classroom.Lessons;

/// <summary>Kind <c>typed</c>, id = student/field/of. What a child has typed and not sent, for its own phone.</summary>
/// <param name="Round">Of the question it was typed in; 0 of an idea.</param>
[Entity("typed", StudentsOnly = true)]
public sealed record TypedEntity(Guid StudentId, TypedField Field, string Of, int Round, string Text) : Entity;

/// <summary>A text that was not sent is its child's, and of who shares its phone.</summary>
internal static class TypedView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Typed.Keys.Select(k => Typed(s, k)));
        view.Changes<TypedKept>(static c => [Typed(c.After, new(c.By, c.Fact.Field, c.Fact.Of))]);
    }

    /// <summary>Nothing where nothing was kept: most texts are sent at once.</summary>
    internal static IEnumerable<VisibleEntity> Sent(LessonState before, LessonState after, Guid student, TypedField field, string of) =>
        new TypedKey(student, field, of) is var key && before.Typed.ContainsKey(key) ? [Typed(after, key)] : [];

    private static VisibleEntity Typed(LessonState s, TypedKey key) => new(EntityKey.Of<TypedEntity>(key), a =>
        a.Kind == AudienceKind.Student && s.Typed.TryGetValue(key, out var typed) && Phones.IsOf(s, a, key.StudentId)
            ? new TypedEntity(key.StudentId, key.Field, key.Of, typed.Round, typed.Text) : null, Phones.Of(s, key.StudentId));
}
