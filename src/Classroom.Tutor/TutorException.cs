namespace Classroom.Tutor;

/// <summary>
/// Why there is no answer, or no more of it, as a code that the client words: tutor-unavailable, tutor-busy, tutor-timeout, tutor-cut,
/// tutor-empty, tutor-stopped, wrong-language, input-withheld, output-withheld, budget-reached, no-prepared-text, no-ai.
/// </summary>
public sealed class TutorException : Exception
{
    private readonly int? _tokens;

    public TutorException() : this("tutor-unavailable") { }

    public TutorException(string code) : base(code) => Code = code;

    public TutorException(string code, Exception inner) : base(code, inner) => Code = code;

    public string Code { get; } = "tutor-unavailable";

    /// <summary>Tokens that were used all the same, by all attempts.</summary>
    public int Tokens
    {
        get => _tokens ?? From?.Tokens ?? 0;
        init => _tokens = value;
    }

    /// <summary>Where the part that came is from; null when the last attempt brought nothing, so that prepared text may stand in.</summary>
    public Provenance? From { get; init; }
}
