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
