using System.Text.Json.Serialization;

namespace Classroom.Lessons;

[JsonConverter(typeof(Camel<PromptsStatus>))]
public enum PromptsStatus { Requested, Proposed, Failed }

/// <summary>Kind <c>prompts</c>, id = step id, teacher only: the candidates.</summary>
/// <param name="AgainAt">When the model may be asked again, where that is known.</param>
[Entity("prompts")]
public sealed record PromptsEntity(
    PromptsStatus Status, string? Failure, ImmutableArray<PromptText> Candidates, Provenance? Provenance, DateTimeOffset? AgainAt = null) : Entity;

/// <summary>Kind <c>prompt</c>, id = step id: the one the teacher picked.</summary>
/// <param name="MinutesAdded">Beyond the prompt's own minutes; absent where there are none.</param>
[Entity("prompt", OnBoard = true)]
public sealed record PromptEntity(
    PromptText Prompt, bool Edited, Provenance Provenance, DateTimeOffset PickedAt, bool Shared, string? EditedBy, int? MinutesAdded = null) : Entity;

/// <summary>Kind <c>team</c>, id = number from 1. A student sees its own; the board sees sizes and rooms only.</summary>
/// <param name="Room">Teacher and boards: the satellite that it sits in; absent: the hub.</param>
[Entity("team", OnBoard = true)]
public sealed record TeamEntity(int Size, ImmutableArray<Guid>? Members, ImmutableArray<string>? Nicknames, int? Room = null) : Entity;

/// <summary>Kind <c>contribution</c>, id = contribution id. Own team, then everybody once shared; <paramref name="StudentId"/>: teacher only.</summary>
/// <param name="Doubted">Teacher only: the rules of words doubt it, and until it is shared nobody but its author and the teacher sees it.</param>
[Entity("contribution", OnBoard = true)]
public sealed record ContributionEntity(
    string StepId, int Team, string Text, int Votes, bool Hidden, Guid? StudentId, DateTimeOffset At, bool Shared, bool? Doubted) : Entity;

/// <summary>Kind <c>vote</c>, id = contribution id: the student's own vote.</summary>
[Entity("vote", StudentsOnly = true)]
public sealed record VoteEntity(bool On) : Entity;

/// <summary>Candidates are the teacher's; an idea is its team's until the teacher shares all of them.</summary>
internal static class DiscussionView
{
    internal static void Register(ViewTable view)
    {
        view.Entities(static s => s.Discussions.Keys.SelectMany(id => new[] { Prompts(s, id), Prompt(s, id) }));
        view.Entities(static s => Enumerable.Range(1, s.Teams).Select(n => Team(s, n)));
        view.Entities(static s => s.Contributions.Keys.Select(id => Contribution(s, id)));
        view.Entities(static s => s.Contributions.Values.SelectMany(c => c.Votes.Select(v => Vote(s, c.Id, v))));
        view.Changes<PromptsRequested>(static c => [Prompts(c.After, c.Fact.StepId)]);
        view.Changes<PromptsProposed>(static c => [Prompts(c.After, c.Fact.StepId), TutoringView.Meter(c.After)]);
        view.Changes<PromptsFailed>(static c => [Prompts(c.After, c.Fact.StepId), TutoringView.Meter(c.After)]);
        view.Changes<PromptPicked>(static c => [Prompt(c.After, c.Fact.StepId)]);
        view.Changes<TeamsFormed>(static c => Formed(c.Before, c.After));
        view.Changes<MovedToTeam>(static c => Moved(c.Before, c.After, c.Fact.StudentId));
        view.Changes<Contributed>(static c => [Contribution(c.After, c.Fact.ContributionId), .. TypedView.Sent(c.Before, c.After, c.By, TypedField.Idea, c.Fact.StepId)]);
        view.Changes<ContributionsShared>(static c => [Prompt(c.After, c.Fact.StepId), .. IdeasOf(c.After, x => x.StepId == c.Fact.StepId)]);
        view.Changes<UpvoteGiven>(static c => [Contribution(c.After, c.Fact.ContributionId), Vote(c.After, c.Fact.ContributionId, c.By)]);
        view.Changes<UpvoteTaken>(static c => [Contribution(c.After, c.Fact.ContributionId), Vote(c.After, c.Fact.ContributionId, c.By)]);
        view.Changes<ContributionHidden>(static c => [Contribution(c.After, c.Fact.ContributionId)]);
    }

    /// <summary>The team that a student was in, as it is now.</summary>
    internal static IEnumerable<VisibleEntity> TeamOf(LessonState before, LessonState s, Guid student) =>
        before.Seats[student].Team is { } team ? [Team(s, team)] : [];

    /// <summary>All of them, no news for their members.</summary>
    internal static IEnumerable<VisibleEntity> Teams(LessonState s) => Enumerable.Range(1, s.Teams).Select(n => Team(s, n) with { Owners = VisibleEntity.NoStudent });

    private static VisibleEntity Prompts(LessonState s, string step) => new(EntityKey.Of<PromptsEntity>(step), a =>
        a.IsTeacher && DiscussionRules.Of(s, step) is { Status: { } status } d
            ? new PromptsEntity(status, d.Failure, d.Candidates, d.Provenance, d.AgainAt) : null, VisibleEntity.NoStudent);

    internal static VisibleEntity Prompt(LessonState s, string step) => new(EntityKey.Of<PromptEntity>(step), _ =>
        DiscussionRules.Of(s, step) is { Picked: { } picked } d
            ? new PromptEntity(picked, d.Edited, d.PickedFrom!, d.PickedAt, d.Shared, d.EditedBy, LifecycleRules.Added(s, step) - d.AddedBefore is > 0 and var added ? added : null) : null, null);

    private static VisibleEntity Team(LessonState s, int number)
    {
        var members = s.Seats.Values.Where(x => x.Team == number).OrderBy(x => x.JoinedAt).ThenBy(x => x.StudentId).ToImmutableArray();
        ImmutableArray<Guid> ids = [.. members.Select(m => m.StudentId)];
        return new(EntityKey.Of<TeamEntity>(number), a => number > s.Teams ? null : a.Kind switch
        {
            AudienceKind.Teacher => new TeamEntity(ids.Length, ids, null, members.FirstOrDefault()?.Room),
            AudienceKind.Board => new TeamEntity(ids.Length, null, null, members.FirstOrDefault()?.Room),
            AudienceKind.Student when ids.Contains(a.StudentId) => new TeamEntity(ids.Length, null, [.. members.Select(m => m.Nickname)]),
            _ => null,
        }, ids);
    }

    private static VisibleEntity Contribution(LessonState s, Guid id)
    {
        var c = s.Contributions[id];
        var seen = new ContributionEntity(c.StepId, c.Team, c.Text, c.Votes.Count, c.Hidden, null, c.At, c.Shared, null);
        return new(EntityKey.Of<ContributionEntity>(id), a => a.Kind switch
        {
            AudienceKind.Teacher => seen with { StudentId = c.StudentId, Doubted = c.Doubted ? true : null },
            AudienceKind.Student => s.Seats.TryGetValue(a.StudentId, out var seat) && DiscussionRules.MaySee(s, c, seat) ? seen : null,
            _ => c.Shared && !c.Hidden ? seen : null,
        }, c.Shared ? null : c.Doubted ? [c.StudentId] : [.. s.Seats.Values.Where(x => x.Team == c.Team).Select(x => x.StudentId)]);
    }

    private static VisibleEntity Vote(LessonState s, Guid id, Guid student) => new(EntityKey.Of<VoteEntity>(id), a =>
        a.Kind == AudienceKind.Student && s.Contributions[id].Votes.Contains(a.StudentId) ? new VoteEntity(true) : null, [student]);

    private static IEnumerable<VisibleEntity> IdeasOf(LessonState s, Func<Contribution, bool> which) =>
        s.Contributions.Values.Where(which).Select(c => Contribution(s, c.Id));

    private static IEnumerable<VisibleEntity> Formed(LessonState before, LessonState s)
    {
        ImmutableArray<Guid> all = [.. s.Seats.Keys];
        return
        [
            .. all.Select(id => SeatsView.Seat(s, id)),
            SeatsView.Me(s, all),
            .. Enumerable.Range(1, Math.Max(before.Teams, s.Teams)).Select(n => Team(s, n) with { Owners = all }),
            .. IdeasOf(s, c => !c.Shared).Select(t => t with { Owners = all }),
        ];
    }

    /// <summary>A student has come from one team into another, perhaps of another room, or is in none now.</summary>
    internal static IEnumerable<VisibleEntity> Moved(LessonState before, LessonState s, Guid student)
    {
        var (from, to) = (before.Seats[student].Team, s.Seats[student].Team);
        return
        [
            SeatsView.Seat(s, student), SeatsView.Me(s, student),
            .. new[] { from, to }.OfType<int>().Distinct().Select(n => Team(s, n)).Select(t => t with { Owners = [.. t.Owners!.Value, student] }),
            .. from == to ? [] : IdeasOf(s, c => (c.Team == from || c.Team == to) && !c.Shared).Select(t => t with { Owners = [student] }),
        ];
    }
}
