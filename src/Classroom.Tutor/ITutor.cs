namespace Classroom.Tutor;

/// <summary>
/// What helps the teacher explain, prompt and give feedback, and a student to think. Its answers are drafts and explanations, never
/// decisions: there is no way to express a mark. Called by the explanation grain and the classroom's tutor work, always outside a
/// classroom's turn.
/// </summary>
public interface ITutor
{
    /// <summary>Whether a model serves; else prepared text is all there is.</summary>
    bool HasModel { get; }

    /// <summary>Streams one variant of an explanation. The last piece carries the provenance, and the first one too where it is known by then.</summary>
    /// <exception cref="TutorException">It broke off; pieces that came before stand.</exception>
    IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, CancellationToken cancellationToken);

    /// <summary>No class is told this text again. Twice is as good as once.</summary>
    Task DiscardAsync(string text, CancellationToken cancellationToken);

    /// <summary>Gives a whole answer. Which ability gives it follows from the type of the request.</summary>
    /// <exception cref="TutorException">There is no answer.</exception>
    Task<TAnswer> Ask<TAnswer>(ITutorRequest<TAnswer> request, CancellationToken cancellationToken)
        where TAnswer : TutorAnswer;
}

/// <summary>A request that is answered whole, by an ability under <c>Abilities/</c>.</summary>
public interface ITutorRequest<out TAnswer>
    where TAnswer : TutorAnswer
{
    TutorCall Call { get; }

    /// <summary>Whether the teacher left AI on. If not, only prepared text answers.</summary>
    bool AiOn { get; }
}

/// <summary>A whole answer, and where it is from.</summary>
public abstract record TutorAnswer(Provenance Provenance);
