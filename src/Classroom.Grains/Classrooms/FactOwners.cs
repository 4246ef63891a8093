using System.Text;

namespace Classroom.Grains;

/// <summary>Whose a lesson's facts are, as the rules say while they are folded. Called where facts of before there were keys are read.</summary>
public sealed class FactOwners : IFactOwners
{
    private LessonState _state = LessonState.Empty;

    /// <summary>What of a lesson's facts is a child's.</summary>
    public static PersonalFields Personal { get; } = new(PersonalProperties.Placeholders, static () => new FactOwners());

    public Guid? Next(StoredFact fact)
    {
        ArgumentNullException.ThrowIfNull(fact);
        var (by, happened) = (FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(fact.Actor)), FactCatalogue.Decode(fact.Name, Encoding.UTF8.GetBytes(fact.Body)));
        var child = happened.ChildIn(_state, by);
        _state = Lesson.Apply(_state, new RecordedFact(new FactMeta(fact.Version, fact.CommandId, by, fact.At), happened));
        return child;
    }
}
