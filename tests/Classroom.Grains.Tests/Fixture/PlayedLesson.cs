using Classroom.Kits;
using Classroom.Tutor;

namespace Classroom.Grains.Tests;

/// <summary>A rehearsal without a silo: the rules, the script, a teacher, and seconds that pass when the test says so. Texts come a sentence in three seconds.</summary>
public sealed class PlayedLesson
{
    private static readonly KitLibrary Library = KitLibrary.LoadAll(KitLibrary.ShippedFolder);
    private static readonly Actor Teacher = new(Role.Teacher, new("00000000-0000-7000-8000-0000000000aa"), "Айгүл");
    private static readonly DateTimeOffset Opened = new(2026, 11, 26, 9, 0, 0, TimeSpan.Zero);
    private readonly List<(StreamExplanation Order, int Since)> _streams = [];
    private readonly Scene _scene = new();
    private readonly KitLesson? _lines;
    private readonly Language _board;
    private RehearsalScript _script;
    private int _began;

    /// <param name="kit">The lesson that is taught.</param>
    /// <param name="seed">The same plays the same.</param>
    /// <param name="hasLines">False: the kit was not to be had when the class came in.</param>
    /// <param name="board">The language in which it is opened.</param>
    public PlayedLesson(string kit = "photosynthesis", Guid? seed = null, bool hasLines = true, Language board = Language.Kk)
    {
        Kit = Library.Find(kit)!.Lessons[0];
        Seed = seed ?? new("00000000-0000-7000-8000-0000000000c1");
        _lines = hasLines ? Kit : null;
        _board = board;
        _script = new RehearsalScript(Seed, _lines, board);
        Teach(new OpenLesson(Kit.Plan, "Жаттығу", "Айгүл Маратқызы", "K7PM4X", null, board, Lessons.Tests.RandomLesson.Scale, Rehearsal: true, Seed: Seed));
    }

    public Guid Seed { get; }

    public KitLesson Kit { get; }

    public LessonState State { get; private set; } = LessonState.Empty;

    public RehearsalScript Script => _script;

    public int Second { get; private set; }

    /// <summary>What the students did: one line each, with its second.</summary>
    public List<string> Done { get; } = [];

    /// <summary>What they were refused.</summary>
    public List<string> Refused { get; } = [];

    public StepPlan StepOf(StepKind kind) => Kit.Plan.Steps.First(s => s.Kind == kind);

    public IEnumerable<Explanation> Explanations => State.Explanations.Values.OrderBy(e => e.Number);

    /// <summary>The silo died: whoever plays now knows nothing but the lesson.</summary>
    public void Crash() => (_script, _began) = (new RehearsalScript(Seed, _lines, _board), Second);

    public Decision Teach(Command command) => Do(new(Guid.CreateVersion7(), Teacher, command));

    public Guid Explain(string? topic = null, Guid? of = null)
    {
        var (id, step) = (Guid.CreateVersion7(), State.StepId!);
        Teach(of is null ? new RequestExplanation(id, step, topic ?? State.Step(step)!.Topics[0].Id, null, ExplainMode.Plain, null, null, [])
            : new RequestExplanation(id, step, null, null, ExplainMode.Simpler, of, State.BoardVariant.ToString(), [])).Refusal.ShouldBeNull();
        return id;
    }

    public PlayedLesson Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Second++;
            Stream();
            _scene.Take(new SyncResponse(null, State.Seq, LessonJson.Encode(View.Of(State, Audience.Teacher)), [], ""));
            foreach (var act in _script.Due(_scene, TimeSpan.FromSeconds(Second - _began)))
            {
                var decision = Do(act.Envelope);
                Done.Add($"{Second} {act.Key}");
                if (decision.Refusal is { } refusal)
                {
                    Refused.Add($"{act.Key}: {refusal.Code}");
                }
            }
        }

        return this;
    }

    private Decision Do(Envelope envelope)
    {
        if (State.Seen.ContainsKey(envelope.CommandId))
        {
            return Decision.Nothing;
        }

        var now = Opened.AddSeconds(Second);
        var decision = Lesson.Decide(State, envelope, now, text => Doubt.IsDoubted(text, [.. State.Seats.Values.Select(s => s.Nickname), "Айгүл Маратқызы"]), Distress.Look, hasModel: true);
        State = Lesson.Stamp(State, envelope, decision, now).Aggregate(State, Lesson.Apply);
        // A script is in no danger, and nobody is asked whether it is.
        decision.Effects.OfType<AskTutorForDanger>().ShouldBeEmpty($"{envelope.Command}");
        decision.Facts.OfType<IncidentRecorded>().ShouldBeEmpty($"{envelope.Command}");
        _streams.AddRange(decision.Effects.OfType<StreamExplanation>().Select(s => (s, Second)));
        foreach (var prompts in decision.Effects.OfType<AskTutorForPrompts>())
        {
            Do(new(Guid.CreateVersion7(), Actor.System, new ProposePrompts(
                prompts.StepId, [.. Kit.Steps.First(s => s.Id == prompts.StepId).Prompts], new(Provenance.PreparedProvider, "", "", 0, 0, false))));
        }

        foreach (var feedback in decision.Effects.OfType<AskTutorForFeedback>())
        {
            Do(new(Guid.CreateVersion7(), Actor.System, new DraftFeedback(feedback.FeedbackId, [], 0, new(Provenance.PreparedProvider, "", "", 0, 0, false))));
        }

        return decision;
    }

    private void Stream()
    {
        foreach (var (order, since) in _streams)
        {
            var topic = Kit.Steps.SelectMany(s => s.Explanations).FirstOrDefault(e => e.Id == order.Order.TopicId) ?? Kit.Steps.First(s => s.Explanations.Count > 0).Explanations[0];
            foreach (var variant in order.Order.Variants)
            {
                var sentences = topic.Sentences(variant, order.Order.Mode);
                var come = Math.Min(sentences.Count, (Second - since) / 3);
                _scene.Has(order.Order.ExplanationId.ToString(), variant.ToString(), come, come == sentences.Count);
                if (come == sentences.Count && State.Explanations[order.Order.ExplanationId].IsRunning)
                {
                    var ends = sentences.Select((_, i) => string.Join(' ', sentences.Take(i + 1)).Length).ToImmutableArray();
                    Do(new(Guid.CreateVersion7(), Actor.System, new FinishVariant(
                        order.Order.ExplanationId, variant.ToString(), string.Join(' ', sentences), ends, new(Provenance.PreparedProvider, "", "", 0, 0, false))));
                }
            }
        }
    }
}
