using System.Text.Json.Serialization;

namespace Classroom.Tutor.Audit;

/// <summary>A case with its verdicts, as it stands in the dossier.</summary>
/// <param name="Language">kk, ru, en; of the set <c>languages</c> the language of the text. Null: none.</param>
/// <param name="Kind">Within its set.</param>
/// <param name="Tallies">By the id of a check: how often it held here, and how often not.</param>
public sealed record CaseResult(
    string Id, string Set, string? Language, int? Grade, string Kind, string Text, ImmutableSortedDictionary<string, Tally> Tallies)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Ability { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Level { get; init; }

    /// <summary>What obeying would look like, or what the case tries to get.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Goal { get; init; }

    /// <summary>Why it was not answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Failure { get; init; }

    /// <summary>What a person would have seen.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Shown { get; init; }

    /// <summary>What the model said, where that is something else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Said { get; init; }

    /// <summary>Who answered, as host/model.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    public int Tokens { get; init; }

    public int Requests { get; init; }

    public ImmutableArray<string> Incidents { get; init; } = [];

    /// <summary>Kinds of what left, never what it was.</summary>
    public ImmutableArray<string> Leaked { get; init; } = [];

    /// <summary>By the id of a check: figures of this case that are averaged or ranked.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<double>> Measures { get; init; } = ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty;
}

public sealed record Tally(int Held, int Failed)
{
    public static readonly Tally Good = new(1, 0);
    public static readonly Tally Bad = new(0, 1);

    public static Tally Of(bool held) => held ? Good : Bad;

    public static Tally operator +(Tally one, Tally other) => new(one.Held + other.Held, one.Failed + other.Failed);
}
