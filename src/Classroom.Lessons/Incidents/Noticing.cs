namespace Classroom.Lessons;

/// <summary>
/// Words that say a child is in danger, wherever it wrote them: beside the fact itself an incident that names the place, for the teacher, and for the child
/// the words of care. What a question to the tutor plainly says, the tutor sees before any model does, and answers; only what is not certain of it is asked here.
/// Invariant: an incident holds no text of a child.
/// </summary>
internal static class Noticing
{
    public const string Kind = "noticed";

    /// <summary>The words did not tell, and nobody could be asked: read by the teacher in the register, no alarm.</summary>
    public const string Uncertain = "uncertain";
    public const string Category = "distress";

    // A child writes less between two savings; who pastes pages again and again must not hold up the class: the beginning and what was written last are looked at.
    private const int Most = 1000;
    private const int Begun = 300;
    internal static readonly TimeSpan OnceIn = TimeSpan.FromMinutes(5);
    private static readonly char[] Ends = ['.', '!', '?', '…', '\n'];

    /// <param name="isDistress">What words say, which this project does not know; null: not certain, the tutor is asked.</param>
    public static Decision In(LessonState state, Envelope envelope, Decision decision, Func<string, bool?> isDistress)
    {
        if (envelope.By.Role != Role.Student)
        {
            return decision;
        }

        foreach (var fact in decision.Facts)
        {
            // The command's id is the incident's: a command is decided once.
            if (Written(state, envelope.By.Id, fact) is not { Text.Length: > 0 } written)
            {
                continue;
            }

            var text = Looked(written.Text);
            // In a rehearsal there is nobody to ask.
            if (isDistress(text) is not { } isIn)
            {
                return state.IsRehearsal ? decision : decision with { Effects = decision.Effects.Add(new AskTutorForDanger(envelope.CommandId, written.Place, written.StepId, envelope.By.Id, text)) };
            }

            if (isIn && fact is not TutorAsked)
            {
                return decision with
                {
                    Facts = decision.Facts.Add(new IncidentRecorded(envelope.CommandId, written.Place, Kind, Category, written.StepId, envelope.By.Id)),
                };
            }
        }

        return decision;
    }

    /// <summary>What a child wrote in vain (too long, before its own draft, after the end) may be a cry for help all the same. Once in a while: whoever is refused tries again.</summary>
    public static Decision InRefused(LessonState state, Envelope envelope, Decision refused, DateTimeOffset now, Func<string, bool?> isDistress)
    {
        if (envelope.By.Role != Role.Student || !state.Seats.TryGetValue(envelope.By.Id, out var seat) || (envelope.DeviceId is { } device && device != seat.DeviceId)
            || Tried(state, envelope.Command) is not { Text.Length: > 0 } tried
            || state.Incidents.Values.Any(i => i.Kind == Kind && i.StudentId == envelope.By.Id && now - i.At < OnceIn)
            || isDistress(Looked(tried.Text)) != true)
        {
            return refused;
        }

        return refused with { Effects = [new TellDanger(new RecordIncident(envelope.CommandId, tried.Place, Kind, Category, tried.StepId, envelope.By.Id))] };
    }

    private static string Looked(string text) => text.Length <= Most ? text : text[..Begun] + "\n" + text[^(Most - Begun)..];

    private static (string Place, string StepId, string Text)? Tried(LessonState state, Command command) => command switch
    {
        GiveAnswer { Text: { } text } => ("answer", state.StepId ?? "", text),
        Contribute c => ("idea", c.StepId ?? "", c.Text ?? ""),
        RaiseHand h => ("hand", state.StepId ?? "", h.Topic ?? ""),
        SaveDraft d => ("work", d.StepId ?? "", string.Join('\n', new[] { d.Text, d.OwnContribution, d.Reflection }.Concat(d.Sources.IsDefault ? [] : d.Sources).Where(t => t is not null))),
        AskTutor t => ("coach", t.StepId ?? "", t.Text ?? ""),
        ReplyToFeedback r => ("reply", state.StepId ?? "", r.Text ?? ""),
        _ => null,
    };

    private static (string Place, string StepId, string Text)? Written(LessonState state, Guid student, Fact fact) => fact switch
    {
        AnswerGiven { Text: { } text } a => ("answer", state.Questions[a.QuestionId].StepId ?? state.StepId ?? "", text),
        Contributed c => ("idea", c.StepId, c.Text),
        HandRaised h => ("hand", state.StepId ?? "", h.Topic),
        DraftSaved d => ("work", d.StepId, Changed(state.Works.GetValueOrDefault(new(student, d.StepId)), d)),
        TutorAsked t => ("coach", t.StepId, t.Text),
        FeedbackReplied r => ("reply", state.Feedbacks[r.FeedbackId].Work.StepId, r.Text),
        _ => null,
    };

    // A draft is saved every few seconds: only the sentences that are new since the last time are looked at.
    private static string Changed(StudentWork? before, DraftSaved now)
    {
        var known = Sentences(before is null ? [] : [before.Text, before.OwnContribution, before.Reflection, .. before.Sources]).ToHashSet(StringComparer.Ordinal);
        return string.Join('\n', Sentences([now.Text, now.OwnContribution, now.Reflection, .. now.Sources]).Where(s => !known.Contains(s)));
    }

    private static IEnumerable<string> Sentences(ImmutableArray<string> texts) =>
        texts.SelectMany(t => t.Split(Ends, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
