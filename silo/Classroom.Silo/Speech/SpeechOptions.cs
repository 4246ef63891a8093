namespace Classroom.Silo.Speech;

/// <summary>Section <c>Speech</c>: reads a lesson's text aloud to phones that have no voice of its language, as most have none for Kazakh.</summary>
public sealed class SpeechOptions
{
    /// <summary>espeak-ng, by name or path; empty: nothing is read aloud here. Where it is not installed, phones say that they have no voice.</summary>
    public string Program { get; set; } = "espeak-ng";

    public int WordsAMinute { get; set; } = 135;

    /// <summary>Of the data folder's disk, for what was spoken: the oldest goes first.</summary>
    public int CacheMegabytes { get; set; } = 64;
}
