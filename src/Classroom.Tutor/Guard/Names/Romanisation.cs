using System.Collections.Frozen;
using System.Text;

namespace Classroom.Tutor;

/// <summary>
/// A name as one Latin skeleton, whichever alphabet and spelling it is written in: Айгерім, Aigerim, Aygerim and Äigerim are one, and so are
/// Жансая, Zhansaya and Jansaya. Covers the alphabets of 2021 and 2018, passports and how children write in a chat.
/// </summary>
internal static class Romanisation
{
    private static readonly FrozenDictionary<char, string> Letters = new Dictionary<char, string>
    {
        ['а'] = "a", ['ә'] = "a", ['б'] = "b", ['в'] = "v", ['г'] = "g", ['ғ'] = "g", ['д'] = "d", ['е'] = "e", ['ё'] = "e", ['ж'] = "j", ['з'] = "z",
        ['и'] = "i", ['й'] = "i", ['к'] = "k", ['қ'] = "k", ['л'] = "l", ['м'] = "m", ['н'] = "n", ['ң'] = "n", ['о'] = "o", ['ө'] = "o", ['п'] = "p",
        ['р'] = "r", ['с'] = "s", ['т'] = "t", ['у'] = "u", ['ұ'] = "u", ['ү'] = "u", ['ф'] = "f", ['х'] = "h", ['һ'] = "h", ['ц'] = "ts", ['ч'] = "ch",
        ['ш'] = "sh", ['щ'] = "sh", ['ъ'] = "", ['ы'] = "i", ['і'] = "i", ['ь'] = "", ['э'] = "e", ['ю'] = "iu", ['я'] = "ia",
        ['y'] = "i", ['q'] = "k", ['w'] = "u", ['x'] = "ks", ['ı'] = "i",
    }.ToFrozenDictionary();

    // Written with more letters than one; in this order.
    private static readonly (string From, string To)[] Groups =
        [("shch", "sh"), ("dzh", "j"), ("zh", "j"), ("kh", "h"), ("gh", "g"), ("tch", "ch"), ("ph", "f"), ("ck", "k"), ("io", "e"), ("ie", "e"), ("ee", "i"), ("oo", "u"), ("ou", "u")];

    public static string Of(string word)
    {
        var latin = new StringBuilder(word.Length + 4);
        foreach (var c in word)
        {
            if (Letters.TryGetValue(c, out var letters))
            {
                latin.Append(letters);
            }
            else if (char.IsAsciiLetterLower(c))
            {
                latin.Append(c);
            }
        }

        foreach (var (from, to) in Groups)
        {
            latin.Replace(from, to);
        }

        // The same letter twice says nothing: Assel, Yerassyl.
        var single = 0;
        for (var i = 0; i < latin.Length; i++)
        {
            if (single == 0 || latin[single - 1] != latin[i])
            {
                latin[single++] = latin[i];
            }
        }

        latin.Length = single;
        return latin.ToString();
    }
}
