namespace Classroom.Kits;

/// <summary>
/// One explanation, written by the author in three levels and three languages, streamed by the prepared tutor.
/// Invariant: for a level (and for a mode) all languages have the same number of sentences, and sentence i means the same in each,
/// so that confusion pressed on a sentence adds up over languages.
/// </summary>
public sealed record KitExplanation(string Id, Trilingual Topic, ExplanationLevels Levels, ExplanationFollowups Followups)
{
    /// <summary>The text of a variant; explained again in another mode, it has one level.</summary>
    public string Text(Variant variant, ExplainMode mode = ExplainMode.Plain) =>
        (mode == ExplainMode.Plain ? Levels.At(variant.Level) : Followups.For(mode)).In(variant.Language);

    public IReadOnlyList<string> Sentences(Variant variant, ExplainMode mode = ExplainMode.Plain) => Kits.Sentences.Split(Text(variant, mode));
}

/// <summary>The three levels. A text holds one sentence a line.</summary>
public sealed record ExplanationLevels(Trilingual Simple, Trilingual Standard, Trilingual Advanced)
{
    public Trilingual At(Level level) => level switch
    {
        Level.Simple => Simple,
        Level.Standard => Standard,
        _ => Advanced,
    };
}

/// <summary>The four ways to explain again. A text holds one sentence a line.</summary>
public sealed record ExplanationFollowups(Trilingual Simpler, Trilingual Life, Trilingual Story, Trilingual Steps)
{
    public Trilingual For(ExplainMode mode) => mode switch
    {
        ExplainMode.Simpler => Simpler,
        ExplainMode.Life => Life,
        ExplainMode.Story => Story,
        ExplainMode.Steps => Steps,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "A plain explanation has levels."),
    };
}
