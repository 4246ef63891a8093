namespace Classroom.Tutor;

/// <summary>
/// What helps the teacher explain, prompt and give feedback, and a student to think. Its answers are drafts and explanations, never
/// decisions: there is no way to express a mark. Called by the explanation grain and the classroom's tutor work, always outside a
/// classroom's turn.
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

    /// <summary>Answers a student: asks back before it tells, and does no task.</summary>
    /// <exception cref="TutorException">There is no answer.</exception>
    Task<CoachAnswer> Answer(CoachRequest request, CancellationToken cancellationToken);
}

/// <param name="Start">What the variant already says, when it is gone on with.</param>
public sealed record ExplainRequest(TutorCall Call, ExplanationOrder Order, Variant Variant, VariantStart? Start);

/// <summary>Some more of an explanation.</summary>
/// <param name="Ends">Sentence ends that have become certain, as offsets (UTF-16) into the whole text.</param>
public sealed record TutorPiece(string Text, ImmutableArray<int> Ends, Provenance? Provenance = null);

/// <param name="Known">Questions (in English) that were proposed before: others are wanted.</param>
public sealed record PromptsRequest(TutorCall Call, LessonPlan Plan, StepPlan Step, bool AiOn, ImmutableArray<string> Known);

public sealed record PromptsDraft(ImmutableArray<PromptText> Candidates, Provenance Provenance);

/// <param name="Work">The handed-in text of one student, and of no other.</param>
public sealed record FeedbackRequest(
    TutorCall Call, LessonPlan Plan, StepPlan Step, Language Language, string Work, string Reflection, bool AiOn);

public sealed record FeedbackDraft(ImmutableArray<FeedbackItem> Items, int DroppedQuotes, Provenance Provenance);

/// <summary>What a student asked before in this step, and what was answered.</summary>
public sealed record Turn(string Question, string Answer);

public sealed record CoachRequest(
    TutorCall Call, LessonPlan Plan, StepPlan Step, Language Language, Level Level, AiPolicy Policy, ImmutableArray<Turn> Before, string Question,
    bool AiOn);

/// <param name="Flags">What the teacher should know of: wants-answer, distress, unsafe, personal-data, injection.</param>
public sealed record CoachAnswer(string Text, ImmutableArray<string> Flags, Provenance Provenance);

/// <summary>
/// Why a tutor broke off, as a code the client words: tutor-unavailable, tutor-busy, tutor-cut, tutor-timeout, tutor-empty, wrong-language,
/// input-withheld, output-withheld, budget-reached, no-prepared-text.
/// </summary>
public sealed class TutorException : Exception
{
    public TutorException() : this("tutor-unavailable") { }

    public TutorException(string code) : base(code) => Code = code;

    public TutorException(string code, Exception inner) : base(code, inner) => Code = code;

    public string Code { get; } = "tutor-unavailable";

    /// <summary>Tokens that were used all the same.</summary>
    public int Tokens => From?.Tokens ?? 0;

    /// <summary>Where the part that came is from, if some did.</summary>
    public Provenance? From { get; init; }
}
