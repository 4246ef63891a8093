namespace Classroom.Lessons;

/// <summary>
/// What a child may be called in a lesson. Invariant: no two of a class look alike, none looks like the teacher or says to be one, and every sign of a name is
/// seen. A name that is refused is refused with the sign or the reason, so that another one can be thought of.
/// </summary>
public static class Names
{
    // Grown-ups of a school and of a centre, and the program; as whole words with an ending, or spaced out over the whole name.
    private static readonly ImmutableHashSet<string> Roles =
    [
        .. new[]
        {
            "мұғалім", "мугалим", "мугалім", "мұғалим", "муғалім", "ұстаз", "устаз", "апай", "ағай", "агай", "тәлімгер", "талимгер", "әкімші", "акимши", "сынып жетекші", "жүргізуші",
            "оқытушы", "окытушы", "көмекші", "комекши", "жүйе",
            "учитель", "учительница", "училка", "преподаватель", "педагог", "наставник", "наставница", "администратор", "админ", "директор", "завуч", "модератор", "куратор",
            "ментор", "тьютор", "классный руководитель", "кл руководитель", "кл рук", "классрук", "система", "оператор", "помощник", "поддержка", "ассистент",
            "mugalim", "muğalim", "ustaz", "apai", "apay", "agai", "agay", "oqytushy", "okytushy", "talimger", "akimshi", "uchitel", "uchitelnitsa", "prepodavatel", "pedagog", "nastavnik",
            "direktor", "zavuch", "operator", "system", "sistema", "tutor", "assistant", "support",
            "teacher", "admin", "administrator", "mentor", "moderator", "director", "principal", "host", "ortaq",
        }.Select(Spelling.Skeleton),
    ];

    // Of Kazakh, Russian and English, the longest first.
    private static readonly ImmutableArray<string> Endings =
    [
        .. new[] { "іміз", "ымыз", "лар", "лер", "дар", "дер", "тар", "тер", "ша", "ым", "ім", "ың", "ің", "сы", "сі", "ға", "ге", "ов", "ом", "ем", "ша", "а", "е", "и", "і", "м", "у", "ы", "ю", "я", "s" }.Select(Spelling.Skeleton),
    ];

    // Latin letters as they sound, in a word that has Russian ones too: "Apай".
    private const string Latin = "abdefghiklmnoprstuvyz";
    private const string Sounds = "абдефгхиклмнопрстувйз";

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
            if (c != ' ' && (Spelling.IsInvisible(c) || !(char.IsLetterOrDigit(c) || c is '.' or '-' or '\'' or '’') || (char.IsLetter(c) && !IsOfTheAlphabets(c))))
            {
                return new Refusal("bad-sign", "sign", Spelling.NameOf(c));
            }
        }

        var whole = Normalize(name);
        return whole.Length is 0 or > SeatsRules.MaxNickname || !whole.Any(char.IsLetter) ? new Refusal("bad-nickname", "max", SeatsRules.MaxNickname) : null;
    }

    // Cyrillic and Latin with its marks, and the Latin schwa: what another alphabet has looks like one of these, and a teacher cannot tell who that is.
    private static bool IsOfTheAlphabets(char c) => char.IsAsciiLetter(c) || c is (>= '\u0400' and <= '\u04ff') or (>= '\u00c0' and <= '\u024f') or '\u0259';

    private static bool IsRole(string name) => Words(name).Append(string.Concat(name.Where(c => !char.IsAsciiDigit(c)))).Append(Sounded(name))
        .Select(w => Spelling.Skeleton(w.TrimEnd("0123456789".ToCharArray())))
        .Any(w => Roles.Contains(w) || Endings.Any(e => w.EndsWith(e, StringComparison.Ordinal) && Roles.Contains(w[..^e.Length])));

    /// <summary>It says what somebody is, and not who: "Мұғалім", but not "Әлия апай".</summary>
    internal static bool IsRoleAlone(string name) => Words(name).All(IsRole) || Roles.Contains(Spelling.Skeleton(name));

    private static string Sounded(string name) => name.Any(c => c is >= '\u0400' and <= '\u04ff')
        ? string.Concat(name.ToLowerInvariant().Select(c => Latin.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? Sounds[i] : c)) : name;

    // All words of the teacher's name, in whatever order; a child that shares the first name keeps it.
    internal static bool IsTeachers(LessonState state, string name)
    {
        var theirs = Words(state.Opened?.TeacherName ?? "").Select(Spelling.Skeleton).Where(w => w.Length > 0).ToList();
        var whole = Spelling.Skeleton(name);
        return theirs.Count > 0 && (whole == string.Concat(theirs) || theirs.Except(Words(name).Select(Spelling.Skeleton), StringComparer.Ordinal).Any() is false);
    }

    private static string[] Words(string name) => name.Split([' ', '.', '-'], StringSplitOptions.RemoveEmptyEntries);
}
