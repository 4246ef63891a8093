namespace Classroom.Lessons;

/// <summary>
/// Feedback per descriptor: the tutor drafts, the teacher edits and releases, the student replies and revises.
/// Invariant: an item's quote is verbatim from the handed-in work, or empty. Invariant: a student sees released feedback only, and none is released that the
/// teacher has not opened. Invariant: prepared text judges nothing.
/// </summary>
public static class FeedbackRules
{
    public const int MaxNote = 1000;
    public const int MaxNextStep = 400;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<RequestFeedback>(static (state, r, _) => Request(state, r));
        rules.Decide<DraftFeedback>(static (state, d, _) => Known(state, d.FeedbackId) ?? Draft(state, state.Feedbacks[d.FeedbackId], d));
        rules.Decide<FailFeedback>(static (state, f, _) => Known(state, f.FeedbackId) ?? (state.Feedbacks[f.FeedbackId].Status != FeedbackStatus.Requested
            ? Decision.Nothing : Decision.Of(new FeedbackFailed(f.FeedbackId, f.Code, f.Tokens, f.AgainInSeconds))));
        rules.Decide<EditFeedback>(static (state, e, _) => Known(state, e.FeedbackId) ?? Edit(state, state.Feedbacks[e.FeedbackId], e));
        rules.Decide<OpenFeedback>(static (state, o, _) => Known(state, o.FeedbackId) ?? (IsDrafted(state.Feedbacks[o.FeedbackId]) is false ? Decision.Refuse("not-drafted-yet")
            : state.Feedbacks[o.FeedbackId].Opened ? Decision.Nothing : Decision.Of(new FeedbackOpened(o.FeedbackId))));
        rules.Decide<ReleaseFeedback>(static (state, r, _) => Release(state, r));
        rules.Decide<ReturnFeedback>(static (state, r, _) => Known(state, r.FeedbackId) ?? (state.Feedbacks[r.FeedbackId].Status == FeedbackStatus.Released
            ? Decision.Of(new FeedbackReturned(r.FeedbackId)) : Decision.Refuse("not-released")));
        rules.Decide<ReplyToFeedback>(static (state, r, context) => Reply(state, r, context.By.Id));

        rules.Decide<HoldDescriptor>(static (state, h, _) => Known(state, h.FeedbackId) ?? Hold(state.Feedbacks[h.FeedbackId], h));

        rules.Apply<FeedbackRequested>(static (state, r, _) => state with
        {
            Feedbacks = state.Feedbacks.SetItem(r.FeedbackId, new Feedback(r.FeedbackId, new(r.StudentId, r.StepId), r.WorkVersion)
            {
                With = state.Works[new(r.StudentId, r.StepId)].With,
            }),
        });
        rules.Apply<FeedbackDrafted>(static (state, d, meta) => Change(state, d.FeedbackId, f => f with
        {
            Status = FeedbackStatus.Draft, Items = d.Items, DroppedQuotes = d.DroppedQuotes, Provenance = d.Provenance, Hints = d.Hints ?? [], AgainAt = d.Provenance.AgainAt(meta.At),
        }) with { Meter = state.Meter.Add(d.Provenance) });
        rules.Apply<FeedbackFailed>(static (state, x, meta) => Change(state, x.FeedbackId,
            f => f with { Status = FeedbackStatus.Failed, Failure = x.Code, AgainAt = Provenance.AgainAt(meta.At, x.AgainInSeconds) }) with { Meter = state.Meter.Add(x.Tokens) });
        rules.Apply<FeedbackEdited>(static (state, e, meta) => Change(state, e.FeedbackId, f => f with
        {
            Items = e.Items, Note = e.Note, Edited = true, Opened = true, EditedBy = meta.By.Name, Status = f.Status == FeedbackStatus.Released ? f.Status : FeedbackStatus.Draft,
        }));
        rules.Apply<FeedbackOpened>(static (state, o, _) => Change(state, o.FeedbackId, f => f with { Opened = true }));
        rules.Apply<FeedbackReleased>(static (state, r, meta) => Change(state, r.FeedbackId, f => f with { Status = FeedbackStatus.Released, ReleasedAt = meta.At }));
        rules.Apply<DescriptorHeld>(static (state, h, _) => Change(state, h.FeedbackId,
            f => f with { Held = h.Held ? f.Held.Add(h.DescriptorId) : f.Held.Remove(h.DescriptorId) }));
        rules.Apply<FeedbackReturned>(static (state, r, _) => Change(state, r.FeedbackId, f => f with { Status = FeedbackStatus.Draft, ReleasedAt = null }));
        rules.Apply<FeedbackReplied>(static (state, r, meta) => Change(state, r.FeedbackId, f => f with { Reply = r.Text, ReplyBy = meta.By.Id }));
    }

    /// <summary>Without one who made the work with others: neither the child nor what it replied.</summary>
    internal static Feedback Without(Feedback f, Guid student) => (f.ReplyBy == student ? f with { Reply = null, ReplyBy = null } : f) is var left
        && left.With.Contains(student) ? left with { With = left.With.Remove(student) } : left;

    /// <summary>Whether it is about what a student has handed in last, alone or with others.</summary>
    internal static bool IsOf(LessonState state, Feedback f, WorkKey key) => f.Work.StepId == key.StepId && state.Works.TryGetValue(key, out var work)
        && (f.Work == key ? f.WorkVersion == work.Version
            : f.With.Contains(key.StudentId) && state.Works.TryGetValue(f.Work, out var made) && made.Version == f.WorkVersion && made.Submission == work.Submission);

    private static Decision Request(LessonState state, RequestFeedback r)
    {
        var key = new WorkKey(r.StudentId, r.StepId ?? "");
        return r.FeedbackId == Guid.Empty || state.Feedbacks.ContainsKey(r.FeedbackId) ? Decision.Refuse("bad-value")
            : !state.Works.TryGetValue(key, out var work) || work.Version == 0 ? Decision.Refuse("not-handed-in")
            : state.Feedbacks.Values.Any(f => IsOf(state, f, key) && f.Status != FeedbackStatus.Failed)
                ? Decision.Refuse("feedback-exists")
            : Decision.Of(new FeedbackRequested(r.FeedbackId, r.StudentId, key.StepId, work.Version)).Then(new AskTutorForFeedback(r.FeedbackId));
    }

    private static Decision Draft(LessonState state, Feedback feedback, DraftFeedback d)
    {
        if (feedback.Status != FeedbackStatus.Requested)
        {
            return Decision.Nothing;
        }

        if (state.IsLate(d.Provenance))
        {
            return Decision.Of(new FeedbackFailed(d.FeedbackId, "no-ai", d.Provenance.Tokens));
        }

        var (items, dropped) = Verbatim(state, feedback, d.Items);
        if (d.Provenance.IsPrepared)
        {
            items = [.. items.Select(i => i with { Verdict = null })];
        }

        return items.IsEmpty ? Decision.Of(new FeedbackFailed(d.FeedbackId, "tutor-empty"))
            : Decision.Of(new FeedbackDrafted(d.FeedbackId, items, d.DroppedQuotes + dropped, d.Provenance, d.Hints));
    }

    private static Decision Edit(LessonState state, Feedback feedback, EditFeedback e)
    {
        if (feedback.Status == FeedbackStatus.Requested)
        {
            return Decision.Refuse("not-drafted-yet");
        }

        var note = e.Note?.Trim() ?? "";
        if (e.Items.IsDefault || e.Items.Any(i => i is null || i.Verdict is { } v && !Enum.IsDefined(v)))
        {
            return Decision.Refuse("bad-value");
        }

        if (note.Length > MaxNote || e.Items.Any(i => (i.NextStep?.Length ?? 0) > MaxNextStep))
        {
            return note.Length > MaxNote ? Decision.Refuse("too-long", "max", MaxNote) : Decision.Refuse("too-long", "max", MaxNextStep);
        }

        var (items, dropped) = Verbatim(state, feedback, e.Items);
        return dropped > 0 ? Decision.Refuse("quote-not-in-work")
            : items.Length != e.Items.Length ? Decision.Refuse("no-such-descriptor")
            : items.SequenceEqual(feedback.Items) && note == feedback.Note ? Decision.Nothing
            : feedback.Status == FeedbackStatus.Released && !SaysSomething(feedback with { Items = items, Note = note }) ? Decision.Refuse("feedback-empty")
            : Decision.Of(new FeedbackEdited(e.FeedbackId, items, note));
    }

    private static Decision Release(LessonState state, ReleaseFeedback r)
    {
        if (r.FeedbackIds.IsDefaultOrEmpty)
        {
            return Decision.Refuse("empty");
        }

        var ids = r.FeedbackIds.Distinct().ToList();
        if (ids.Any(id => !state.Feedbacks.ContainsKey(id)))
        {
            return Decision.Refuse("no-such-feedback");
        }

        var drafts = ids.Select(id => state.Feedbacks[id]).Where(f => f.Status != FeedbackStatus.Released).ToList();
        return drafts.Exists(f => !IsDrafted(f)) ? Decision.Refuse("not-drafted-yet")
            : drafts.Exists(f => !f.Opened) ? Decision.Refuse("feedback-unread")
            : drafts.Exists(f => !SaysSomething(f)) ? Decision.Refuse("feedback-empty")
            : Decision.Of([.. drafts.Select(f => new FeedbackReleased(f.Id))]);
    }

    private static Decision Reply(LessonState state, ReplyToFeedback r, Guid me)
    {
        var text = r.Text?.Trim();
        return !state.Feedbacks.TryGetValue(r.FeedbackId, out var f) || (f.Work.StudentId != me && !f.With.Contains(me)) || f.Status != FeedbackStatus.Released
            ? Decision.Refuse("no-such-feedback")
            : string.IsNullOrEmpty(text) ? Decision.Refuse("empty")
            : text.Length > MaxNote ? Decision.Refuse("too-long", "max", MaxNote)
            : text == f.Reply ? Decision.Nothing
            : Decision.Of(new FeedbackReplied(r.FeedbackId, text));
    }

    // Unknown descriptors are left out; a quote that is not in the work is dropped and counted.
    private static (ImmutableArray<FeedbackItem> Items, int Dropped) Verbatim(
        LessonState state, Feedback feedback, ImmutableArray<FeedbackItem> items)
    {
        var known = state.Step(feedback.Work.StepId)!.Task!.Criteria.SelectMany(c => c.Descriptors).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        var handedIn = state.Works[feedback.Work];
        // It may be of the version before: the student has handed in another meanwhile.
        var work = (feedback.WorkVersion == handedIn.Version ? handedIn.Submission : handedIn.PreviousSubmission) ?? "";
        var dropped = 0;
        var kept = ImmutableArray.CreateBuilder<FeedbackItem>();
        foreach (var item in items.IsDefault ? [] : items)
        {
            if (item?.DescriptorId is null || !known.Remove(item.DescriptorId))
            {
                continue;
            }

            var quote = item.Quote?.Trim() ?? "";
            if (quote.Length > 0)
            {
                var found = Quotes.Find(work, quote);
                (quote, dropped) = (found ?? "", found is null ? dropped + 1 : dropped);
            }

            var next = item.NextStep?.Trim() ?? "";
            kept.Add(new FeedbackItem(item.DescriptorId, item.Verdict, quote, next.Length > MaxNextStep ? next[..MaxNextStep] : next));
        }

        return (kept.ToImmutable(), dropped);
    }

    private static bool IsDrafted(Feedback f) => f.Status is FeedbackStatus.Draft or FeedbackStatus.Released;

    /// <summary>What of it reaches the student.</summary>
    internal static IEnumerable<FeedbackItem> Given(Feedback f) => f.Items.Where(i => !f.Held.Contains(i.DescriptorId));

    // What a child reads already does not become empty under its eyes: the whole feedback is taken back instead.
    private static Decision Hold(Feedback f, HoldDescriptor h) =>
        !IsDrafted(f) ? Decision.Refuse("not-drafted-yet")
        : !f.Items.Any(i => i.DescriptorId == h.DescriptorId) ? Decision.Refuse("no-such-descriptor")
        : f.Held.Contains(h.DescriptorId) == h.Held ? Decision.Nothing
        : f.Status == FeedbackStatus.Released && h.Held && !SaysSomething(f with { Held = f.Held.Add(h.DescriptorId) }) ? Decision.Refuse("feedback-empty")
        : Decision.Of(new DescriptorHeld(f.Id, h.DescriptorId, h.Held));

    private static bool SaysSomething(Feedback f) => f.Note.Length > 0 || Given(f).Any(i => i.Verdict is not null || i.Quote.Length > 0 || i.NextStep.Length > 0);

    private static Decision? Known(LessonState state, Guid id) =>
        state.Feedbacks.ContainsKey(id) ? null : Decision.Refuse("no-such-feedback");

    private static LessonState Change(LessonState state, Guid id, Func<Feedback, Feedback> change) =>
        state with { Feedbacks = state.Feedbacks.SetItem(id, change(state.Feedbacks[id])) };
}
