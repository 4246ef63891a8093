namespace Classroom.Tutor;

/// <summary>
/// An answer that many classes ask for in the same minute is asked of the model once: whoever comes first gives it, the others follow it as it
/// is given. When who gives it is gone, one of the others gives the rest. Afterwards it is in <see cref="AnswerCache"/>. Only for what may be cached.
/// </summary>
public interface ISharedAnswers
{
    /// <param name="key">As <see cref="AnswerCache.KeyOf"/> makes it.</param>
    /// <param name="have">What the caller was given of it before; nothing at first.</param>
    Task<ISharedAnswer> OpenAsync(string key, IReadOnlyList<TutorPiece> have, CancellationToken cancellationToken);
}

/// <summary>One answer being given. Disposed without an end it failed; or, when the caller was stopped, another gives the rest.</summary>
public interface ISharedAnswer : IAsyncDisposable
{
    /// <summary>The caller is the one who gives it.</summary>
    bool IsMine { get; }

    /// <summary>What was given before by one who is gone; the caller's own pieces come first in it.</summary>
    IReadOnlyList<TutorPiece> Before { get; }

    Task AddAsync(TutorPiece piece);

    /// <summary>It is whole.</summary>
    Task EndAsync(Provenance source);

    /// <summary>What is given elsewhere, after what the caller has, to its end; the last piece has its provenance. Without one, who gave it is gone.</summary>
    /// <exception cref="TutorException">It broke off: <c>tutor-cut</c>.</exception>
    IAsyncEnumerable<TutorPiece> FollowAsync(CancellationToken cancellationToken);
}
