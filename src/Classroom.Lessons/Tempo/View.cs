namespace Classroom.Lessons;

/// <summary>Kind <c>tempo</c>, one, id "": counts of the four faces of the last 60 s; absent below three students.</summary>
[Entity("tempo", OnBoard = true)]
public sealed record TempoEntity(ImmutableArray<int> Counts) : Entity;

/// <summary>Counts of the four faces, for everybody.</summary>
internal static class TempoView
{
    private const int FewestShown = 3;

    internal static void Register(ViewTable view)
    {
        view.Entities(static s => [Tempo(s)]);
        view.Changes<TempoSet>(static c => [Tempo(c.After), SeatsView.Me(c.After, c.By)]);
        view.Changes<TempoExpired>(static c => [Tempo(c.After), SeatsView.Me(c.After, c.Fact.Students)]);
    }

    // Counts of fewer than three would say who pressed.
    internal static VisibleEntity Tempo(LessonState s) => new(EntityKey.Of<TempoEntity>(), _ =>
    {
        var faces = s.Seats.Values.Select(x => x.Tempo).OfType<int>().ToList();
        return faces.Count < FewestShown ? null : new TempoEntity([.. Enumerable.Range(1, 4).Select(f => faces.Count(x => x == f))]);
    }, null);
}
