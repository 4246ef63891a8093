namespace Classroom.Lessons;

/// <summary>Kind <c>group</c>, id = the other lesson's classroom id: the other group of a combined class. Teacher and boards; none where the class is not combined.</summary>
[Entity("group", OnBoard = true)]
public sealed record GroupEntity(string ClassName, Trilingual Title) : Entity;

/// <summary>Which lesson goes on beside this one.</summary>
internal static class CombinedView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.OtherGroup is { } other ? [Group(s, other.ClassroomId)] : []);
        view.Changes<LessonCombined>(static c =>
            [.. c.Before.OtherGroup is { } before ? [Group(c.After, before.ClassroomId)] : Array.Empty<VisibleEntity>(), Group(c.After, c.Fact.With)]);
    }

    private static VisibleEntity Group(LessonState s, Guid id) => new(EntityKey.Of<GroupEntity>(id), a =>
        a.IsStaff && s.OtherGroup is { } other && other.ClassroomId == id ? new GroupEntity(other.ClassName, other.Title) : null, VisibleEntity.NoStudent);
}
