namespace Classroom.Lessons;

/// <summary>The names that must not leave for a model, beside the nicknames of those who are here. Invariant: only the teacher reads the list.</summary>
public static class RosterRules
{
    public const int MaxNames = 60;
    public const int MaxLength = 80;

    // A renamed child is renamed a few times at most.
    private const int MaxFormer = 20;

    internal static void Register(RuleTable rules)
    {
        rules.Decide<SetRoster>(static (state, set, _) => Set(state, set));
        rules.Apply<RosterSet>(static (state, r, _) => state with { Roster = new Roster(r.RosterId, r.Names) });
    }

    /// <summary>Notes what a student is called now, before that changes.</summary>
    internal static LessonState WithFormer(LessonState state, Guid student)
    {
        var names = state.FormerNames.GetValueOrDefault(student, []);
        return state.Seats.GetValueOrDefault(student)?.Nickname is { Length: > 0 } name && !names.Contains(name)
            ? state with { FormerNames = state.FormerNames.SetItem(student, [.. names.Add(name).TakeLast(MaxFormer)]) } : state;
    }

    /// <summary>
    /// The list without who is a student, by any of the names that the student has or had here; null: nobody of the list is. A line is a student's when all words
    /// of a name stand in it, the last one perhaps as a letter: Дания and Дания С. are both Дания Сериккызы. Where it fits two, both go: one would stay otherwise.
    /// </summary>
    internal static RosterSet? Without(LessonState state, Guid student)
    {
        var names = state.FormerNames.GetValueOrDefault(student, []).Append(state.Seats.GetValueOrDefault(student)?.Nickname ?? state.Entries.GetValueOrDefault(student)?.Nickname ?? "")
            .Select(Words).Where(static w => w.Length > 0).ToList();
        ImmutableArray<string> left = [.. state.Roster?.Names.Where(line => !names.Exists(name => IsIn(Words(line), name))) ?? []];
        return left.Length == (state.Roster?.Names.Length ?? 0) ? null : new RosterSet(Next(state.Roster!.Id), left);
    }

    private static string[] Words(string name) => [.. Spelling.OneLine(name).Split(' ', '.').Select(Spelling.Counted).Where(static w => w.Length > 0)];

    private static bool IsIn(string[] line, string[] name) =>
        name.All(word => line.Contains(word, StringComparer.Ordinal) || (word.Length == 1 && name.Length > 1 && Array.Exists(line, l => l.StartsWith(word, StringComparison.Ordinal))));

    // Rules draw no chance: the list that takes its place has the id behind it.
    private static Guid Next(Guid id)
    {
        var bytes = id.ToByteArray();
        for (var i = bytes.Length - 1; i >= 0 && ++bytes[i] == 0; i--)
        {
        }

        return new Guid(bytes);
    }

    private static Decision Set(LessonState state, SetRoster set)
    {
        var id = state.Roster?.Id ?? set.RosterId;
        if (set.Names.IsDefault || id == Guid.Empty || (state.Roster is null && (state.Forgotten.ContainsKey(id) || ForgettingRules.Knows(state, id))))
        {
            return Decision.Refuse("bad-value");
        }

        if (set.Names.Length > 10 * MaxNames)
        {
            return Decision.Refuse("too-many", "max", MaxNames);
        }

        ImmutableArray<string> names = [.. set.Names.Select(static n => Spelling.OneLine(n ?? "")).Where(static n => n.Any(char.IsLetter)).Distinct(StringComparer.OrdinalIgnoreCase)];
        return names.Length > MaxNames ? Decision.Refuse("too-many", "max", MaxNames)
            : names.Any(static n => n.Length > MaxLength) ? Decision.Refuse("too-long", "max", MaxLength)
            : names.SequenceEqual(state.Roster?.Names ?? []) ? Decision.Nothing
            : Decision.Of(new RosterSet(id, names));
    }
}
