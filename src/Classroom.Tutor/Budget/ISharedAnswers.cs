namespace Classroom.Tutor;

/// <summary>
/// An answer that many classes ask for in the same minute is asked of the model once: whoever comes first gives it, the others follow it as it
/// is given. Afterwards it is in <see cref="AnswerCache"/>. Only for what may be cached.
/// </summary>
public interface ISharedAnswers
{
    /// <param name="key">As <see cref="AnswerCache.KeyOf"/> makes it.</param>
    Task<ISharedAnswer> OpenAsync(string key, CancellationToken cancellationToken);
}

/// <summary>One answer being given. Disposed without an end it broke off.</summary>
public interface ISharedAnswer : IAsyncDisposable
{
    /// <summary>The caller is the one who gives it.</summary>
    bool IsMine { get; }

    Task AddAsync(TutorPiece piece);

    /// <summary>It is whole.</summary>
    Task EndAsync(Provenance source);

    /// <summary>What is given elsewhere, from its beginning to its end; the last piece has its provenance.</summary>
    /// <exception cref="TutorException">It broke off: <c>tutor-cut</c>.</exception>
    IAsyncEnumerable<TutorPiece> FollowAsync(CancellationToken cancellationToken);
}
