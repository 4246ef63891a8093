namespace Classroom.Lessons;

/// <summary>Each room's hands are its own: the teacher counts in one, who stands at a satellite's board in another. What is shown is the sum.</summary>
internal static class HandsByRoom
{
    /// <summary>The room whose hands somebody counts: that of the board at which they are counted or of the helper who counts, else the one that is said. Null: there is none such.</summary>
    public static int? Of(LessonState state, Actor by, int? said)
    {
        var room = by.Role switch
        {
            Role.Board => RoomsRules.OfBoard(state, by.Id),
            Role.Helper => state.Helpers[by.Id].Room,
            _ => said,
        } ?? RoomsRules.Hub;
        return RoomsRules.Exists(state, room) ? room : null;
    }

    /// <summary>Hands of several rooms for the same answers.</summary>
    public static ImmutableArray<HandCount> Together(IEnumerable<HandsOf> rooms) =>
        [.. rooms.SelectMany(r => r.Counts).GroupBy(c => c.Key, StringComparer.Ordinal).Select(c => new HandCount(c.Key, c.Sum(x => x.Count)))];

    /// <summary>Hands of the round that runs, room by room; null where none were counted.</summary>
    public static ImmutableArray<HandsOf>? Of(Question q) => q.Hands.Where(h => h.Round == q.Round).ToImmutableArray() is { IsEmpty: false } hands ? hands : null;

    /// <summary>What was counted in satellites, for whoever goes on counting there; null where nothing was.</summary>
    public static ImmutableArray<LostHands>? InSatellites(Explanation e) => e.LostHands.Where(l => l.Room is not null).ToImmutableArray() is { IsEmpty: false } there ? there : null;

    /// <summary>Who sat in a room that is closed sits in the hub: so do the hands that were counted there.</summary>
    public static LessonState Closed(LessonState state, int room) => state with
    {
        Questions = state.Questions.SetItems(state.Questions.Where(q => q.Value.Hands.Any(h => h.Room == room)).Select(q => KeyValuePair.Create(q.Key, q.Value with { Hands = InHub(q.Value, room) }))),
        Explanations = state.Explanations.SetItems(state.Explanations.Where(e => e.Value.LostHands.Any(l => l.Room == room))
            .Select(e => KeyValuePair.Create(e.Key, e.Value with { LostHands = InHub(e.Value, room) }))),
    };

    public static IEnumerable<VisibleEntity> ChangedBy(LessonState before, LessonState after, int closed) =>
    [
        .. before.Questions.Where(q => q.Value.Hands.Any(h => h.Room == closed))
            .SelectMany(q => QuestionsView.Returned(after, q.Key).Append(QuestionsView.Tally(after, q.Key)).Append(QuestionsView.Question(after, q.Key))),
        .. before.Explanations.Where(e => e.Value.LostHands.Any(l => l.Room == closed)).Select(e => ExplanationsView.Heat(after, e.Key)),
    ];

    // Of several answers to one question a pupil may give more than one: the sum of two rooms may be a few pupils less than before.
    private static ImmutableArray<HandsOf> InHub(Question q, int room) =>
        [.. q.Hands.GroupBy(h => (h.Round, Room: h.Room == room ? null : h.Room)).Select(g => new HandsOf(g.Key.Round, Together(g), g.Key.Room))];

    private static ImmutableArray<LostHands> InHub(Explanation e, int room) =>
    [
        .. e.LostHands.GroupBy(l => (l.Variant, l.Sentence, Room: l.Room == room ? null : l.Room))
            .Select(g => new LostHands(g.Key.Variant, g.Key.Sentence, g.Sum(l => l.Count), g.Key.Room)),
    ];
}
