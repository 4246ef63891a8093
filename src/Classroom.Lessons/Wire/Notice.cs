namespace Classroom.Lessons;

/// <summary>
/// One thing of a lesson as one audience now sees it; a null <paramref name="Value"/> means it is no longer to be seen.
/// A view is the fold of notices: a map from (kind, id) to the last value. On the wire: <c>{"k":kind,"id":id,"v":value}</c>.
/// </summary>
public sealed record Notice(string Kind, string Id, Entity? Value)
{
    public Notice(string kind, string id) : this(kind, id, null) { }
}

/// <summary>The value of a notice. Which fields are filled depends on the audience; a field that is not for it is absent.</summary>
public abstract record Entity;
