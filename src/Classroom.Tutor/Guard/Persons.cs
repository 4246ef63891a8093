using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>Who is spoken of: a stand-in or a name, in any form. People of history and books are nobody of the class.</summary>
internal static partial class Persons
{
    private static readonly NameFinder Anybody = new(new ClassRoster([]), ImmutableHashSet<string>.Empty);

    /// <summary>The text with each of them as "[p]", for rules to read.</summary>
    public static string Told(string text)
    {
        var plain = StandIn().Replace(text, "[p]");
        var told = new StringBuilder(plain);
        foreach (var name in Anybody.Find(plain).OrderByDescending(n => n.Start))
        {
            told.Remove(name.Start, name.End - name.Start).Insert(name.Start, "[p]");
        }

        return told.ToString();
    }

    /// <summary>One of a class is named: as the roster has it, or by a stand-in. A nickname that is a word of the lesson, or that the text has in small letters too, names a child only where it is used as a name.</summary>
    public static bool AreOf(ClassRoster roster, string text, string lesson) =>
        StandIn().IsMatch(text) || (!roster.IsEmpty && new NameFinder(roster, Words(text, lesson), isWary: true).Find(text).Exists(static n => n.Keys.Any(static k => k[0] == 'c')));

    private static HashSet<string> Words(string text, string lesson) =>
    [
        .. NameWords.Of(text).Where(static w => !w.IsCapital).Concat(NameWords.Of(lesson)).Where(static w => w.Raw.Length > 1 && (!NameLexicon.IsGiven(w.Plain) || NameLexicon.IsLikeWord(w, null as KnownName)))
            .SelectMany(static w => w.Plain.Length > 0 ? Endings.StrictBases(w.Loose, isCapital: false).Append(w.Loose) : Endings.LatinBases(w.Raw).Append(w.Raw)),
    ];

    [GeneratedRegex(@"[\[［]\s*[pPрРｐＰ]\s*\d+\s*[\]］](?:-?\p{L}+)?", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex StandIn();
}
