namespace Classroom.Lessons;

/// <summary>A fact with the state before and after the command it came from.</summary>
internal readonly record struct Change<TFact>(LessonState Before, LessonState After, FactMeta Meta, TFact Fact)
{
    public Guid By => Meta.By.Id;
}

/// <summary>
/// Which entities there are, and which of them a fact may have changed: filled once by the topics. Naming too many costs bytes, too few breaks
/// the property that a snapshot is the fold of the patches.
/// </summary>
internal sealed class ViewTable
{
    private readonly List<Func<LessonState, IEnumerable<VisibleEntity>>> _entities = [];
    private readonly Dictionary<Type, Func<LessonState, LessonState, RecordedFact, IEnumerable<VisibleEntity>>> _changes = [];

    public IEnumerable<Type> Facts => _changes.Keys;

    public void Entities(Func<LessonState, IEnumerable<VisibleEntity>> all) => _entities.Add(all);

    public void Changes<TFact>(Func<Change<TFact>, IEnumerable<VisibleEntity>> changed) where TFact : Fact =>
        _changes.Add(typeof(TFact), (before, after, recorded) => changed(new(before, after, recorded.Meta, (TFact)recorded.Fact)));

    public IEnumerable<VisibleEntity> All(LessonState state) => _entities.SelectMany(of => of(state));

    public IEnumerable<VisibleEntity> ChangedBy(LessonState before, LessonState after, RecordedFact recorded) =>
        _changes.TryGetValue(recorded.Fact.GetType(), out var changed) ? changed(before, after, recorded)
            : throw new InvalidOperationException($"No view says what {recorded.Fact.GetType().Name} changes.");
}
