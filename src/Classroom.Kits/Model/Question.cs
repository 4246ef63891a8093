namespace Classroom.Kits;

public enum QuestionKind
{
    Single,
    Multiple,
    Scale,
    Open,
    WordCloud,
}

/// <summary>A question of a step.</summary>
/// <param name="Options">For single and multiple; empty otherwise.</param>
/// <param name="Scale">For scale only.</param>
/// <param name="Solution">Why the answer is what it is. Never sent to a student before its release.</param>
public sealed record Question(
    string Id,
    QuestionKind Kind,
    Trilingual Text,
    IReadOnlyList<Option> Options,
    Scale? Scale,
    Trilingual? Solution);

/// <summary>Invariant: a single question has exactly one correct option, a multiple one at least one.</summary>
public sealed record Option(string Id, Trilingual Text, bool Correct, Trilingual? Why);

/// <summary>Whole numbers from Min to Max, both ends named.</summary>
public sealed record Scale(int Min, int Max, Trilingual MinLabel, Trilingual MaxLabel);
