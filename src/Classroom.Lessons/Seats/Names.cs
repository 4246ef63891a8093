namespace Classroom.Lessons;

/// <summary>
/// What a child may be called in a lesson. Invariant: no two of a class look alike, none looks like the teacher or says to be one, and every sign of a name is
/// seen. A name that is refused is refused with the sign or the reason, so that another one can be thought of.
/// </summary>
public static class Names
{
    // Grown-ups of a school and of a centre; as whole words, or spaced out over the whole name.
    private static readonly ImmutableHashSet<string> Roles =
    [
        .. new[]
        {
            "мұғалім", "мугалим", "мугалім", "мұғалим", "муғалім", "ұстаз", "устаз", "апай", "ағай", "агай", "тәлімгер", "талимгер", "әкімші", "акимши", "сынып жетекші", "жүргізуші",
            "учитель", "учительница", "училка", "преподаватель", "педагог", "наставник", "наставница", "администратор", "админ", "директор", "завуч", "модератор", "куратор",
            "teacher", "admin", "administrator", "mentor", "moderator", "director", "principal", "host", "ortaq",
        }.Select(Spelling.Skeleton),
    ];

    /// <summary>A name as it is kept: whole letters, one space between words.</summary>
    public static string Normalize(string? name) => Spelling.OneLine(name ?? "");

    /// <summary>Why this name cannot be a child's in this lesson; null when it can.</summary>
    public static Refusal? RefusalTo(LessonState state, string? name) => FaultOf(name) is { } fault ? fault
        : IsRole(Normalize(name)) ? new Refusal("nickname-of-role")
        : IsTeachers(state, Normalize(name)) ? new Refusal("nickname-of-teacher") : null;

    /// <summary>1 to 24 letters, digits, spaces, dots, hyphens or apostrophes, with at least one letter.</summary>
    public static Refusal? FaultOf(string? name)
    {
        foreach (var c in Spelling.Whole(name ?? ""))
        {
            if (c != ' ' && (Spelling.IsInvisible(c) || !(char.IsLetterOrDigit(c) || c is '.' or '-' or '\'' or '’') || IsOfAnAlphabetOfNobody(c)))
            {
                return new Refusal("bad-sign", "sign", Spelling.NameOf(c));
            }
        }

        var whole = Normalize(name);
        return whole.Length is 0 or > SeatsRules.MaxNickname || !whole.Any(char.IsLetter) ? new Refusal("bad-nickname", "max", SeatsRules.MaxNickname) : null;
    }

    // Letters of phonetics, letter-like symbols and half forms: nobody's name has them, and each looks like another.
    private static bool IsOfAnAlphabetOfNobody(char c) =>
        c is (>= '\u0250' and <= '\u02ff' and not '\u0259' and not '\u02bc') or (>= '\u1d00' and <= '\u1dbf') or (>= '\u2100' and <= '\u218f') or (>= '\ua720' and <= '\ua7ff') or (>= '\uff00' and <= '\uffef');

    private static bool IsRole(string name) =>
        Words(name).Any(w => Roles.Contains(Spelling.Skeleton(w.TrimEnd("0123456789".ToCharArray())))) || Roles.Contains(Spelling.Skeleton(string.Concat(name.Where(c => !char.IsAsciiDigit(c)))));

    // All words of the teacher's name, in whatever order; a child that shares the first name keeps it.
    private static bool IsTeachers(LessonState state, string name)
    {
        var theirs = Words(state.Opened?.TeacherName ?? "").Select(Spelling.Skeleton).Where(w => w.Length > 0).ToList();
        var whole = Spelling.Skeleton(name);
        return theirs.Count > 0 && (whole == string.Concat(theirs) || theirs.Except(Words(name).Select(Spelling.Skeleton), StringComparer.Ordinal).Any() is false);
    }

    private static string[] Words(string name) => name.Split([' ', '.', '-'], StringSplitOptions.RemoveEmptyEntries);
}
