namespace Classroom.Tutor;

/// <summary>
/// What helps the teacher explain, prompt and give feedback. Its answers are drafts and explanations, never decisions: there is no way to
/// express a mark. Called by the explanation grain and the classroom's tutor work, always outside a classroom's turn.
/// </summary>
public interface ITutor
{
    /// <summary>Tells one variant. The last piece carries the provenance.</summary>
    /// <exception cref="TutorException">It broke off; pieces that came before stand.</exception>
    IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, CancellationToken cancellationToken);

    /// <exception cref="TutorException">No candidates could be made.</exception>
    Task<PromptsDraft> ProposePrompts(PromptsRequest request, CancellationToken cancellationToken);

    /// <exception cref="TutorException">No draft could be made.</exception>
    Task<FeedbackDraft> DraftFeedback(FeedbackRequest request, CancellationToken cancellationToken);
}

public sealed record ExplainRequest(ExplanationOrder Order, Variant Variant);

/// <summary>Some more of an explanation.</summary>
/// <param name="Ends">Sentence ends that have become certain, as offsets (UTF-16) into the whole text.</param>
public sealed record TutorPiece(string Text, ImmutableArray<int> Ends, Provenance? Provenance = null);

public sealed record PromptsRequest(LessonPlan Plan, StepPlan Step, bool AiOn);

public sealed record PromptsDraft(ImmutableArray<PromptText> Candidates, Provenance Provenance);

/// <param name="Work">The handed-in text of one student, and of no other.</param>
/// <param name="Names">Names and nicknames of the room, none of which may leave for a model.</param>
public sealed record FeedbackRequest(
    LessonPlan Plan, StepPlan Step, Language Language, string Work, string Reflection, ImmutableArray<string> Names, bool AiOn);

public sealed record FeedbackDraft(ImmutableArray<FeedbackItem> Items, int DroppedQuotes, Provenance Provenance);

/// <summary>Why a tutor broke off, as a code the client words: tutor-unavailable, tutor-busy, tutor-cut, tutor-timeout, tutor-empty, no-prepared-text.</summary>
public sealed class TutorException : Exception
{
    public TutorException() : this("tutor-unavailable") { }

    public TutorException(string code) : base(code) => Code = code;

    public TutorException(string code, Exception inner) : base(code, inner) => Code = code;

    public string Code { get; } = "tutor-unavailable";
}
