using System.Text.Json.Serialization.Metadata;

namespace Classroom.Lessons;

/// <summary>One topic of a lesson: what it registers. A folder each, with Commands, Facts, Rules and View.</summary>
internal sealed record Topic(Action<RuleTable> Rules, Action<ViewTable> View, IJsonTypeInfoResolver Json);

/// <summary>The topics there are. A new one is a folder and a line here.</summary>
internal static class Topics
{
    public static readonly ImmutableArray<Topic> All =
    [
        new(LifecycleRules.Register, LifecycleView.Register, LifecycleJson.Default),
        new(SeatsRules.Register, SeatsView.Register, SeatsJson.Default),
        new(RosterRules.Register, RosterView.Register, RosterJson.Default),
        new(EntranceRules.Register, EntranceView.Register, EntranceJson.Default),
        new(RoomsRules.Register, RoomsView.Register, RoomsJson.Default),
        new(HelpersRules.Register, HelpersView.Register, HelpersJson.Default),
        new(BoardsRules.Register, BoardsView.Register, BoardsJson.Default),
        new(CombinedRules.Register, CombinedView.Register, CombinedJson.Default),
        new(InkRules.Register, InkView.Register, InkJson.Default),
        new(TempoRules.Register, TempoView.Register, TempoJson.Default),
        new(HelpRules.Register, HelpView.Register, HelpJson.Default),
        new(ExplanationsRules.Register, ExplanationsView.Register, ExplanationsJson.Default),
        new(QuestionsRules.Register, QuestionsView.Register, QuestionsJson.Default),
        new(LikenessRules.Register, LikenessView.Register, LikenessJson.Default),
        new(ByHandRules.Register, ByHandView.Register, ByHandJson.Default),
        new(DiscussionRules.Register, DiscussionView.Register, DiscussionJson.Default),
        new(WorkRules.Register, WorkView.Register, WorkJson.Default),
        new(PhotosRules.Register, PhotosView.Register, PhotosJson.Default),
        new(TypedRules.Register, TypedView.Register, TypedJson.Default),
        new(FeedbackRules.Register, FeedbackView.Register, FeedbackJson.Default),
        new(MarksRules.Register, MarksView.Register, MarksJson.Default),
        new(TutoringRules.Register, TutoringView.Register, TutoringJson.Default),
        new(ForgettingRules.Register, ForgettingView.Register, ForgettingJson.Default),
        new(IncidentsRules.Register, IncidentsView.Register, IncidentsJson.Default),
    ];

    public static readonly RuleTable Rules = Filled<RuleTable>(static (topic, table) => topic.Rules(table));

    public static readonly ViewTable View = Filled<ViewTable>(static (topic, table) => topic.View(table));

    private static T Filled<T>(Action<Topic, T> register) where T : new()
    {
        var table = new T();
        foreach (var topic in All)
        {
            register(topic, table);
        }

        return table;
    }
}
