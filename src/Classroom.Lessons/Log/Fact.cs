namespace Classroom.Lessons;

/// <summary>Something that happened in a lesson, in the past tense. Stored for ever under a pinned name and version.</summary>
public abstract record Fact
{
    /// <summary>The child whose <see cref="PersonalAttribute"/> properties these are: the student who acted, unless the fact is about another.</summary>
    /// <param name="state">Before the fact.</param>
    public virtual Guid? ChildIn(LessonState state, Actor by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return by.Role == Role.Student ? by.Id : null;
    }
}

/// <summary>
/// The name and version under which a fact is stored. Pinned: it is never derived from the class, never reused and never changed, so a class
/// may be renamed. A change of shape that old JSON does not survive is a new version beside the old one.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredAsAttribute(string name, int version) : Attribute
{
    public string Name { get; } = name;

    public int Version { get; } = version;

    /// <summary>For example <c>answer-given.1</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}.{Version}");
}

/// <summary>What every stored fact carries beside itself. <paramref name="Seq"/> counts from 1 within the lesson.</summary>
public sealed record FactMeta(long Seq, Guid CommandId, Actor By, DateTimeOffset At);

/// <summary>A fact with its meta, as it is folded into the state.</summary>
public sealed record RecordedFact(FactMeta Meta, Fact Fact);
