namespace Classroom.Lessons;

/// <summary>Discussion prompts the teacher picks from, teams, their ideas and the votes for them.</summary>
public static class DiscussionRules
{
    public const int MaxIdea = 600;
    public const int MaxIdeasEach = 20;
    public const int MaxQuestion = 400;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<RequestPrompts>(static (state, r, _) => state.Step(r.StepId) is null ? Decision.Refuse("no-such-step")
            : Of(state, r.StepId).Status == PromptsStatus.Requested ? Decision.Nothing
            : Decision.Of(new PromptsRequested(r.StepId)).Then(new AskTutorForPrompts(r.StepId)));
        rules.Decide<ProposePrompts>(static (state, p, _) => Of(state, p.StepId).Status != PromptsStatus.Requested ? Decision.Nothing
            : state.IsLate(p.Provenance) ? Decision.Of(new PromptsFailed(p.StepId, "no-ai", p.Provenance.Tokens))
            : p.Candidates.IsDefaultOrEmpty ? Decision.Of(new PromptsFailed(p.StepId, "tutor-empty"))
            : Decision.Of(new PromptsProposed(p.StepId, p.Candidates, p.Provenance)));
        rules.Decide<FailPrompts>(static (state, f, _) => Of(state, f.StepId).Status != PromptsStatus.Requested ? Decision.Nothing
            : Decision.Of(new PromptsFailed(f.StepId, f.Code, f.Tokens, f.AgainInSeconds)));
        rules.Decide<PickPrompt>(static (state, pick, _) => Pick(state, pick));
        rules.Decide<FormTeams>(static (state, form, _) => Form(state, form));
        rules.Decide<MoveToTeam>(static (state, move, _) => !state.Seats.TryGetValue(move.StudentId, out var seat) ? Decision.Refuse("no-such-student")
            : move.Team < 1 || move.Team > state.Teams ? Decision.Refuse("no-such-team")
            : seat.Team == move.Team ? Decision.Nothing
            : state.HasSatellites && RoomsRules.IsElsewhere(state, move.Team, seat) ? Decision.Refuse("team-elsewhere")
            : Decision.Of([.. Phones.Of(state, move.StudentId).Where(id => state.Seats[id].Team != move.Team).Select(id => new MovedToTeam(id, move.Team))]));
        rules.Decide<Contribute>(static (state, c, context) => Contribute(state, c, context));
        rules.Decide<ShareContributions>(static (state, s, _) => Share(state, s));
        rules.Decide<Upvote>(static (state, vote, context) => Vote(state, vote, context.By.Id));
        rules.Decide<HideContribution>(static (state, hide, _) => !state.Contributions.TryGetValue(hide.ContributionId, out var idea) ? Decision.Refuse("no-such-idea")
            : idea.Hidden == hide.Hidden ? Decision.Nothing
            : Decision.Of(new ContributionHidden(hide.ContributionId, hide.Hidden)));

        rules.Apply<PromptsRequested>(static (state, r, _) => Change(state, r.StepId, d => d with { Status = PromptsStatus.Requested, Failure = null, AgainAt = null }));
        rules.Apply<PromptsProposed>(static (state, p, meta) => Change(state, p.StepId,
            d => d with { Status = PromptsStatus.Proposed, Candidates = p.Candidates, Provenance = p.Provenance, AgainAt = p.Provenance.AgainAt(meta.At) }) with { Meter = state.Meter.Add(p.Provenance) });
        rules.Apply<PromptsFailed>(static (state, f, meta) => Change(state, f.StepId,
            d => d with { Status = PromptsStatus.Failed, Failure = f.Code, AgainAt = Provenance.AgainAt(meta.At, f.AgainInSeconds) }) with { Meter = state.Meter.Add(f.Tokens) });
        rules.Apply<PromptPicked>(static (state, p, meta) => Change(state, p.StepId, d => Picked(d, p, meta) with { AddedBefore = LifecycleRules.Added(state, p.StepId) }));
        rules.Apply<TeamsFormed>(static (state, t, _) => Formed(state, t));
        rules.Apply<MovedToTeam>(static (state, m, _) => SeatsRules.Change(state, m.StudentId, s => s with { Team = m.Team }));
        rules.Apply<Contributed>(static (state, c, meta) => TypedRules.Sent(state, meta.By.Id, TypedField.Idea, c.StepId) with
        {
            Contributions = state.Contributions.SetItem(
                c.ContributionId, new Contribution(c.ContributionId, c.StepId, c.Team, meta.By.Id, c.Text, meta.At)
                {
                    Shared = !c.Waits && Of(state, c.StepId).Shared, Doubted = c.Doubted,
                }),
        });
        rules.Apply<ContributionsShared>(static (state, s, _) => Change(state, s.StepId, d => d with { Shared = true }) with
        {
            Contributions = state.Contributions.SetItems(state.Contributions
                .Where(c => s.Contributions?.Contains(c.Key) ?? c.Value.StepId == s.StepId).Select(c => KeyValuePair.Create(c.Key, c.Value with { Shared = true }))),
        });
        rules.Apply<UpvoteGiven>(static (state, v, meta) => ChangeIdea(state, v.ContributionId, c => c with { Votes = c.Votes.Add(meta.By.Id) }));
        rules.Apply<UpvoteTaken>(static (state, v, meta) => ChangeIdea(state, v.ContributionId, c => c with { Votes = c.Votes.Remove(meta.By.Id) }));
        rules.Apply<ContributionHidden>(static (state, h, _) => ChangeIdea(state, h.ContributionId, c => c with { Hidden = h.Hidden }));
    }

    internal static Discussion Of(LessonState state, string? stepId) => state.Discussions.GetValueOrDefault(stepId ?? "", new Discussion());

    private static Decision Pick(LessonState state, PickPrompt pick)
    {
        var discussion = Of(state, pick.StepId);
        return discussion.Candidates.FirstOrDefault(c => c.Id == pick.PromptId) is not { } candidate ? Decision.Refuse("no-such-prompt")
            : pick.Edited is { } edited && edited.Each().Any(t => string.IsNullOrWhiteSpace(t) || t.Length > MaxQuestion)
                ? Decision.Refuse("too-long", "max", MaxQuestion)
            : discussion.Picked == (pick.Edited is null ? candidate : candidate with { Question = pick.Edited }) ? Decision.Nothing
            : Decision.Of(new PromptPicked(pick.StepId, pick.PromptId, pick.Edited));
    }

    private static Discussion Picked(Discussion d, PromptPicked p, FactMeta meta)
    {
        var candidate = d.Candidates.First(c => c.Id == p.PromptId);
        var edited = p.Edited is not null && p.Edited != candidate.Question;
        return d with { Picked = edited ? candidate with { Question = p.Edited! } : candidate, Edited = edited, PickedFrom = d.Provenance, EditedBy = edited ? meta.By.Name : null, PickedAt = meta.At };
    }

    // Mixed: students sorted by level are dealt like cards, so each team gets its share of every level.
    private static Decision Form(LessonState state, FormTeams form)
    {
        if (state.Seats.IsEmpty)
        {
            return Decision.Refuse("no-students");
        }

        var phones = Phones.Count(state.Seats.Values);
        if (form.Count < 1 || form.Count > phones)
        {
            return Decision.Refuse("bad-team-count", "max", phones);
        }

        var rooms = RoomsRules.Seated(state);
        return form.Count < rooms.Length ? Decision.Refuse("too-few-teams", "min", rooms.Length)
            : Decision.Of(new TeamsFormed([.. rooms.Zip(Shares(rooms, form.Count)).SelectMany(r => Dealt(r.First, r.Second, form.Mixed))]));
    }

    private static IEnumerable<IGrouping<Guid, Seat>> PhonesOf(IEnumerable<Seat> seats) => seats.GroupBy(s => s.DeviceId);

    // Who shares a phone is in one team: each phone goes to the smallest so far.
    private static IEnumerable<ImmutableArray<Guid>> Dealt(IEnumerable<Seat> seats, int count, bool mixed)
    {
        var teams = Enumerable.Range(0, count).Select(_ => new List<Guid>()).ToList();
        foreach (var phone in PhonesOf(seats.OrderBy(s => mixed ? s.Level : default).ThenBy(s => s.JoinedAt).ThenBy(s => s.StudentId)))
        {
            teams.MinBy(t => t.Count)!.AddRange(phone.Select(s => s.StudentId));
        }

        return teams.Select(t => t.ToImmutableArray());
    }

    // How many teams each room has: one at least, no more than phones, and the next where most children are in a team.
    private static int[] Shares(ImmutableArray<IGrouping<int, Seat>> rooms, int count)
    {
        var shares = new int[rooms.Length];
        Array.Fill(shares, 1);
        for (var left = count - rooms.Length; left > 0; left--)
        {
            shares[Enumerable.Range(0, rooms.Length).Where(i => shares[i] < Phones.Count(rooms[i])).MaxBy(i => (double)rooms[i].Count() / shares[i])]++;
        }

        return shares;
    }

    private static LessonState Formed(LessonState state, TeamsFormed formed)
    {
        var teamOf = formed.Teams.SelectMany((members, i) => members.Select(m => (m, Team: i + 1))).ToDictionary(x => x.m, x => x.Team);
        var seats = state.Seats.Values.Select(s => s with { Team = teamOf.TryGetValue(s.StudentId, out var t) ? t : null });
        return state with { Teams = formed.Teams.Length, Seats = seats.ToImmutableDictionary(s => s.StudentId) };
    }

    private static Decision Share(LessonState state, ShareContributions share)
    {
        if (Of(state, share.StepId).Picked is null)
        {
            return Decision.Refuse("no-prompt");
        }

        var ofStep = state.Contributions.Values.Where(c => c.StepId == share.StepId).ToDictionary(c => c.Id);
        if (share.Contributions is not { IsDefault: false } named)
        {
            return Shown([.. ofStep.Values.Where(c => !c.Shared && !c.Hidden && !c.Doubted).Select(c => c.Id).Order()]);
        }

        return named.Length > state.Contributions.Count || named.Any(id => !ofStep.ContainsKey(id)) ? Decision.Refuse("no-such-idea")
            : Shown([.. named.Distinct().Where(id => !ofStep[id].Shared)]);

        Decision Shown(ImmutableArray<Guid> ideas) => ideas.IsEmpty ? Decision.Nothing : Decision.Of(new ContributionsShared(share.StepId, ideas));
    }

    private static Decision Contribute(LessonState state, Contribute c, CommandContext context)
    {
        var student = context.By.Id;
        var text = c.Text?.Trim();
        return c.ContributionId == Guid.Empty || state.Contributions.ContainsKey(c.ContributionId) ? Decision.Refuse("bad-value")
            : Of(state, c.StepId).Picked is null ? Decision.Refuse("no-prompt")
            : Spelling.RefusalTo(text) is { } refusal ? new Decision([], [], refusal)
            : text!.Length > MaxIdea ? Decision.Refuse("too-long", "max", MaxIdea)
            : state.Seats[student].Team is not { } team ? Decision.Refuse("no-team")
            : state.Contributions.Values.Count(x => x.StudentId == student && x.StepId == c.StepId) >= MaxIdeasEach
                ? Decision.Refuse("too-many", "max", MaxIdeasEach)
            : Decision.Of(new Contributed(c.ContributionId, c.StepId, team, text, Waits: true, context.IsDoubted(text)));
    }

    private static Decision Vote(LessonState state, Upvote vote, Guid student)
    {
        if (!state.Contributions.TryGetValue(vote.ContributionId, out var idea) || !MaySee(state, idea, state.Seats[student]))
        {
            return Decision.Refuse("no-such-idea");
        }

        return idea.StudentId == student ? Decision.Refuse("own-idea")
            : idea.Votes.Contains(student) == vote.On ? Decision.Nothing
            : vote.On ? Decision.Of(new UpvoteGiven(vote.ContributionId)) : Decision.Of(new UpvoteTaken(vote.ContributionId));
    }

    internal static bool MaySee(LessonState state, Contribution idea, Seat seat) =>
        !idea.Hidden && (idea.Shared || (idea.Team == seat.Team && (!idea.Doubted || idea.StudentId == seat.StudentId)));

    private static LessonState Change(LessonState state, string stepId, Func<Discussion, Discussion> change) =>
        state with { Discussions = state.Discussions.SetItem(stepId, change(Of(state, stepId))) };

    private static LessonState ChangeIdea(LessonState state, Guid id, Func<Contribution, Contribution> change) =>
        state with { Contributions = state.Contributions.SetItem(id, change(state.Contributions[id])) };
}
