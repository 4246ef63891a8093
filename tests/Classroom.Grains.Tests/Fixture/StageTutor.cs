using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Classroom.Tutor;

namespace Classroom.Grains.Tests;

/// <summary>A tutor that says what the test lets it say, when the test says so; otherwise it never says a word.</summary>
public sealed class StageTutor(Signal signal) : ITutor
{
    public static readonly Provenance Source = new("stage", "double", "explain@1", 0, 10, false);
    private readonly ConcurrentDictionary<(Guid Explanation, string Variant), Script> _scripts = new();
    private readonly ConcurrentDictionary<string, Desk> _desks = new();

    /// <summary>Texts of which it says "yes", a child is in danger; or fails with this code.</summary>
    public ConcurrentDictionary<string, string> Dangers { get; } = new();

    public Script Of(Guid explanationId, string variant = "kk-standard") => _scripts.GetOrAdd((explanationId, variant), _ => new Script(signal));

    /// <summary>After a variant broke off: the script of its next attempt, in place of the one that is over.</summary>
    public Script Again(Guid explanationId, string variant = "kk-standard") => _scripts[(explanationId, variant)] = new Script(signal);

    /// <summary>Prompts and feedback of one test's lesson.</summary>
    public Desk DeskOf(string lessonId) => _desks.GetOrAdd(lessonId, _ => new Desk());

    public bool HasModel => true;

    public IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, CancellationToken cancellationToken) =>
        Of(request.Order.ExplanationId, request.Variant.ToString()).StreamAsync(cancellationToken);

    /// <summary>Texts that no class is to be told again, each as often as it was said.</summary>
    public ConcurrentQueue<string> Discarded { get; } = new();

    public Task DiscardAsync(string text, CancellationToken cancellationToken)
    {
        Discarded.Enqueue(text);
        signal.Pulse();
        return Task.CompletedTask;
    }

    public async Task<TAnswer> Ask<TAnswer>(ITutorRequest<TAnswer> request, CancellationToken cancellationToken)
        where TAnswer : TutorAnswer => (TAnswer)await Answer(request);

    private async Task<TutorAnswer> Answer(object request)
    {
        switch (request)
        {
            case PromptsRequest prompts:
                var desk = DeskOf(prompts.Plan.LessonId);
                desk.PromptsAsked++;
                signal.Pulse();
                return await desk.Prompts.Task;
            case FeedbackRequest feedback:
                desk = DeskOf(feedback.Plan.LessonId);
                desk.FeedbackAsked++;
                signal.Pulse();
                return await desk.Feedback.Task;
            case DangerRequest danger:
                return Dangers.GetValueOrDefault(danger.Text) is not (null or "yes") and { } code ? throw new TutorException(code) : new DangerAnswer(Dangers.ContainsKey(danger.Text), Source);
            default:
                desk = DeskOf(((CoachRequest)request).Plan.LessonId);
                signal.Pulse();
                return await desk.Answer.Task;
        }
    }
}

public sealed class Desk
{
    public int PromptsAsked { get; set; }

    public int FeedbackAsked { get; set; }

    public TaskCompletionSource<PromptsDraft> Prompts { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<CoachAnswer> Answer { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource<FeedbackDraft> Feedback { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>One variant's words, piece by piece.</summary>
public sealed class Script(Signal signal)
{
    private readonly Channel<TutorPiece> _pieces = Channel.CreateUnbounded<TutorPiece>();
    private int _length;
    private int _said;
    private volatile int _streams;
    private volatile int _taken;
    private volatile bool _hushed;

    /// <summary>How often telling was begun.</summary>
    public int Streams => _streams;

    /// <summary>It came to its end because its token was cancelled.</summary>
    public bool Stopped => _hushed;

    /// <summary>Says a piece; <paramref name="sentence"/>: a sentence ends with it.</summary>
    public void Say(string text, bool sentence = false, Provenance? from = null)
    {
        _length += text.Length;
        _said++;
        _pieces.Writer.TryWrite(new TutorPiece(text, sentence ? [_length] : []) { From = from });
    }

    public void End()
    {
        _said++;
        _pieces.Writer.TryWrite(new TutorPiece("", [], StageTutor.Source));
        _pieces.Writer.Complete();
    }

    public void Break(Exception failure) => _pieces.Writer.Complete(failure);

    public Task BegunAsync() => signal.UntilAsync(() => _streams > 0);

    /// <summary>Everything said so far has been dealt with: the listener asks for more.</summary>
    public Task TakenAsync() => signal.UntilAsync(() => _taken == _said);

    public Task StoppedAsync() => signal.UntilAsync(() => _hushed);

    public async IAsyncEnumerable<TutorPiece> StreamAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _streams);
        signal.Pulse();
        try
        {
            await foreach (var piece in _pieces.Reader.ReadAllAsync(cancellationToken))
            {
                yield return piece;
                Interlocked.Increment(ref _taken);
                signal.Pulse();
            }
        }
        finally
        {
            _hushed = cancellationToken.IsCancellationRequested;
            signal.Pulse();
        }
    }
}
