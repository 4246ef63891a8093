namespace Classroom.Tutor;

/// <summary>
/// The names of one class as they are looked for: any form and spelling of them, pet forms, and one slip of a finger in them. It stays on this machine.
/// </summary>
internal sealed class ClassRoster
{
    private const int ShortestWithSlip = 5;
    private static readonly string[] KazakhPets = ["ке", "еке", "ш", "ош", "аш", "еш", "иш", "уш", "ик", "ок", "ек", "тай", "а", "я", "ка", "кош", "сик", "сы", "ошка", "ушка", "улечка", "уля", "уся", "усик"];
    private readonly Dictionary<string, RosterWord> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<RosterWord>> _slips = new(StringComparer.Ordinal);
    private readonly Dictionary<int, RosterWord> _groups = [];
    private readonly List<RosterWord> _all = [];

    /// <param name="names">Whole names or nicknames; one may have several.</param>
    public ClassRoster(IEnumerable<string> names)
    {
        var child = 0;
        foreach (var name in names.Select(n => n.Trim()).Where(n => n.Length > 1 && !(Kits.ThemedNames.Contains(n) && !NameLexicon.IsGiven(WordLists.Plain(n)))).Distinct(StringComparer.Ordinal))
        {
            child++;
            var words = NameWords.Of(name);
            foreach (var word in words)
            {
                Add(word, name[word.Start..word.End], child);
            }
        }
    }

    public bool IsEmpty => _all.Count == 0;

    /// <summary>The child that a word names, or null.</summary>
    /// <param name="known">The names of the lists that the word may be.</param>
    public RosterMatch? Find(NameWord word, IReadOnlyList<KnownName> known, bool isLessonWord)
    {
        if (IsEmpty)
        {
            return null;
        }

        foreach (var written in Forms(word))
        {
            if (_words.TryGetValue(written, out var found) && (written.Length > 2 || word.IsCapital))
            {
                return new(found, false);
            }
        }

        // However long its letters are drawn: Айгеріммм.
        if (word.Loose.Length > 5 && _words.TryGetValue(Romanisation.Of(word.Loose), out var drawn))
        {
            return new(drawn, false);
        }

        if (known.SelectMany(k => k.Groups).FirstOrDefault(_groups.ContainsKey) is var group and > 0)
        {
            return new(_groups[group], false);
        }

        if (word.IsCapital)
        {
            foreach (var name in _all.Where(a => a.IsGiven))
            {
                if (IsPet(word.Loose, name.Loose) || (word.Loose.Length == 0 && IsPet(word.Latin, name.Latin)))
                {
                    return isLessonWord ? null : new(name, false);
                }
            }
        }

        return known.Count > 0 || isLessonWord ? null : Slip(word);
    }

    private static IEnumerable<string> SlipForms(NameWord word) =>
        (word.Loose.Length > 1 ? Endings.StrictBases(word.Loose, isCapital: false) : []).Concat(word.Latin.Length > 1 ? NameLexicon.LatinReadings(word.Latin).SelectMany(Endings.LatinBases) : []);

    private static IEnumerable<string> Forms(NameWord word)
    {
        var cyrillic = word.Loose.Length > 1 ? (word.IsCapital || word.IsDisguised ? Endings.Bases(word.Loose) : Endings.SmallBases(word.Loose)).Concat(word.Loose.Length > 4 && word.IsCapital ? Endings.PetBases(word.Loose) : []) : [];
        var latin = word.Latin.Length > 1 ? NameLexicon.LatinReadings(word.Latin).SelectMany(l => Endings.LatinBases(l).Concat(Endings.LatinPetBases(l, isCertain: !word.IsCapital && l.Length < 7).Where(b => b.Length > 3))) : [];
        return cyrillic.Where(w => w.Length > 1).Concat(latin);
    }

    // Айгерім: Айгош, Айгера; Нұрсұлтан: Нұрик; Данияр: Дәке.
    private static bool IsPet(string word, string name)
    {
        if (word.Length < 4 || name.Length < 4 || name.StartsWith(word, StringComparison.Ordinal))
        {
            return word.Length >= 4 && name.Length > word.Length + 1 && name.StartsWith(word, StringComparison.Ordinal);
        }

        var shared = 0;
        while (shared < word.Length && shared < name.Length && word[shared] == name[shared])
        {
            shared++;
        }

        return shared >= (word.EndsWith("ке", StringComparison.Ordinal) ? 2 : 3)
            && Endings.StrictBases(word, isCapital: false).Any(b => b.Length >= shared && Enumerable.Range(Math.Min(shared, 3), Math.Max(0, shared - Math.Min(shared, 3) + 1)).Any(s => s <= b.Length && Array.IndexOf(KazakhPets, b[s..]) >= 0));
    }

    private RosterMatch? Slip(NameWord word)
    {
        // Small letters may be any word: then only long ones that begin alike.
        var shortest = word.IsCapital || word.IsDisguised ? ShortestWithSlip : ShortestWithSlip + 1;
        foreach (var written in SlipForms(word).Where(w => w.Length >= shortest - 1).Distinct(StringComparer.Ordinal))
        {
            foreach (var left in Shorter(written))
            {
                if (_slips.TryGetValue(left, out var near) && near.Find(n => (written[0] == n.Loose[0] || written[0] == n.Latin[0] || word.IsCapital) && (IsNear(written, n.Loose) || IsNear(written, n.Latin))) is { } found
                    && Math.Max(written.Length, found.Loose.Length) >= shortest)
                {
                    return new(found, true);
                }
            }
        }

        return null;
    }

    private void Add(NameWord word, string written, int child)
    {
        var (loose, latin) = (word.Loose, word.Latin.Length > 0 ? word.Latin : Romanisation.Of(word.Plain));
        if (loose.Length < 2 && latin.Length < 2)
        {
            return;
        }

        var known = NameLexicon.Find(word) is [var one, ..] ? one : null;
        var isGiven = known is { IsSurname: false } || (known is null && !NameLexicon.IsLikeSurname(word));
        var entry = new RosterWord(child, written, loose.Length > 0 ? loose : latin, latin, isGiven);
        _all.Add(entry);
        foreach (var key in new[] { loose, latin }.Where(k => k.Length > 1))
        {
            _words.TryAdd(key, entry);
            // A surname has a form for girls, and is a boy's without it.
            _words.TryAdd(key.EndsWith("ва", StringComparison.Ordinal) || key.EndsWith("на", StringComparison.Ordinal) ? key[..^1] : key, entry);
            if (key.TrimEnd('а', 'я', 'й') is { Length: > 3 } stem)
            {
                // Дани-ге, Жанс-ом: before an ending the last vowels go.
                _words.TryAdd(stem, entry);
            }

            if (key.Length >= ShortestWithSlip - 1)
            {
                foreach (var left in Shorter(key))
                {
                    (_slips.TryGetValue(left, out var list) ? list : _slips[left] = []).Add(entry);
                }
            }
        }

        foreach (var group in known is { IsSurname: false } ? known.Groups : [])
        {
            _groups.TryAdd(group, entry);
        }
    }

    // The word itself, and without each of its letters: two words that are one slip apart share one of these.
    private static IEnumerable<string> Shorter(string word)
    {
        yield return word;
        for (var i = 0; i < word.Length; i++)
        {
            yield return word.Remove(i, 1);
        }
    }

    // One letter more, less, other, or two in the wrong order.
    private static bool IsNear(string one, string other)
    {
        var (start, longest) = (0, Math.Max(one.Length, other.Length));
        if (longest - Math.Min(one.Length, other.Length) > 1)
        {
            return false;
        }

        while (start < one.Length && start < other.Length && one[start] == other[start])
        {
            start++;
        }

        ReadOnlySpan<char> a = one.AsSpan(start), b = other.AsSpan(start);
        return a.Length == b.Length
            ? a.Length < 2 || a[1..].SequenceEqual(b[1..]) || (a[0] == b[1] && a[1] == b[0] && a[2..].SequenceEqual(b[2..]))
            : a.Length > b.Length ? a[1..].SequenceEqual(b) : b[1..].SequenceEqual(a);
    }
}

/// <summary>A word of a name of the class.</summary>
internal sealed record RosterWord(int Child, string Written, string Loose, string Latin, bool IsGiven);

/// <param name="IsSlip">It is only nearly so written.</param>
internal sealed record RosterMatch(RosterWord Word, bool IsSlip);
