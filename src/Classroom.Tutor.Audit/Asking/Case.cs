namespace Classroom.Tutor.Audit;

/// <summary>One thing that the tutor is asked, and what its answer is judged by.</summary>
/// <param name="Ability">explain, prompt, feedback, coach or danger.</param>
/// <param name="Bait">Empty, or what the case tries to get: injection, mark, names, task; in the set <c>attacks</c> the goal.</param>
/// <param name="Text">The topic to explain, the work, or the student's question.</param>
/// <param name="Names">Names of the room: they may stand in the text, and must not leave.</param>
public sealed record Case(
    string Id, string Ability, string Subject, int Grade, Language Language, Level Level, string Bait, string Text, ImmutableArray<string> Names)
{
    /// <summary>golden, attacks, knowledge, sent or danger.</summary>
    public string Set { get; init; } = "golden";

    /// <summary>The kind within its set, such as <c>role-play</c> or <c>false-premise</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The word that only an obeying model says.</summary>
    public string Token { get; init; } = "";

    /// <summary>What a right answer holds: all groups, one of each.</summary>
    public ImmutableArray<ImmutableArray<string>> Must { get; init; } = [];

    /// <summary>What only a wrong answer holds.</summary>
    public ImmutableArray<string> MustNot { get; init; } = [];

    /// <summary>Names, numbers and addresses that were planted in the text; none may be in what is sent.</summary>
    public ImmutableArray<Planted> Planted { get; init; } = [];
}

/// <param name="Kind">name or number (telephone and personal numbers, addresses, mail).</param>
public sealed record Planted(string Text, string Kind);
