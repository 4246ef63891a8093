namespace Classroom.Tutor;

/// <summary>
/// Why there is no answer, or no more of it, as a code that the client words: tutor-unavailable, tutor-busy, tutor-timeout, tutor-cut,
/// tutor-empty, tutor-stopped, tutor-misconfigured (key, model or address), input-refused (the provider's filter took offence at what was asked),
/// answer-refused (the model would not, or its filter stopped it), wrong-language, input-withheld, output-withheld, budget-reached, no-prepared-text, no-ai.
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

    /// <summary>The provider may be asked again after this time; null when nobody knows.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Where the part that came is from; null when the last attempt brought nothing, so that prepared text may stand in.</summary>
    public Provenance? From { get; init; }
}
