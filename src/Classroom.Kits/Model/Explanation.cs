namespace Classroom.Kits;

public enum KitLevel
{
    Simple,
    Standard,
    Advanced,
}

/// <summary>How to explain a part again, differently.</summary>
public enum FollowupMode
{
    Simpler,
    Life,
    Story,
    Steps,
}

/// <summary>
/// One explanation, written by the author in three levels and three languages, streamed by the prepared tutor.
/// Invariant: for a level (and for a mode) all languages have the same number of sentences, and sentence i means the same in each,
/// so that confusion pressed on a sentence adds up over languages.
/// </summary>
public sealed record Explanation(string Id, Trilingual Topic, ExplanationLevels Variants, ExplanationFollowups Followups)
{
    public string Text(KitLevel level, KitLanguage language) => Variants.At(level).In(language);

    public IReadOnlyList<string> Sentences(KitLevel level, KitLanguage language) => Kits.Sentences.Split(Text(level, language));

    public string Text(FollowupMode mode, KitLanguage language) => Followups.For(mode).In(language);

    public IReadOnlyList<string> Sentences(FollowupMode mode, KitLanguage language) => Kits.Sentences.Split(Text(mode, language));
}

/// <summary>The three levels. A text holds one sentence a line.</summary>
public sealed record ExplanationLevels(Trilingual Simple, Trilingual Standard, Trilingual Advanced)
{
    public Trilingual At(KitLevel level) => level switch
    {
        KitLevel.Simple => Simple,
        KitLevel.Standard => Standard,
        _ => Advanced,
    };
}

/// <summary>The four ways to explain again. A text holds one sentence a line.</summary>
public sealed record ExplanationFollowups(Trilingual Simpler, Trilingual Life, Trilingual Story, Trilingual Steps)
{
    public Trilingual For(FollowupMode mode) => mode switch
    {
        FollowupMode.Simpler => Simpler,
        FollowupMode.Life => Life,
        FollowupMode.Story => Story,
        _ => Steps,
    };
}
