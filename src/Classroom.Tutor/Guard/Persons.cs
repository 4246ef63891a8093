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

    /// <summary>One of a class is named: as the roster has it, or by a stand-in.</summary>
    public static bool AreOf(ClassRoster roster, string text) =>
        StandIn().IsMatch(text) || new NameFinder(roster, ImmutableHashSet<string>.Empty).Find(text).Exists(static n => n.Keys.Any(static k => k[0] == 'c'));

    [GeneratedRegex(@"[\[［]\s*[pPрРｐＰ]\s*\d+\s*[\]］](?:-?\p{L}+)?", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex StandIn();
}
