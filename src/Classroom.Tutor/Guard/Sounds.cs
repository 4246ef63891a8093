using System.Globalization;
using System.Text;

namespace Classroom.Tutor;

/// <summary>A text as it sounds: one letter for those that spelling mixes up, no letter twice, Latin words as Russian and Kazakh would be written with them.</summary>
internal static class Sounds
{
    /// <summary>As what was learned of words is looked at, however its letters are drawn.</summary>
    public static string Read(string text) => Of(Shapes.Of(text));

    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = at;
            var isCyrillic = false;
            for (; end < text.Length && (IsOfWord(text[end]) || IsDrawn(text, end)); end++)
            {
                isCyrillic |= text[end] is >= 'Ѐ' and <= 'ӿ';
            }

            if (end == at)
            {
                Add(plain, text[at++]);
            }
            else if (isCyrillic)
            {
                for (; at < end; at++)
                {
                    Add(plain, Folding.Plainly(IsInside(text, at) ? Drawn(text[at], isCyrillic) : text[at], lookAlikes: true));
                }
            }
            else
            {
                AddSounds(plain, text.AsSpan(at, end - at));
            }

            at = Math.Max(at, end);
        }

        return plain.ToString();
    }

    // A digit or a sign between letters that stands for one of them: "ум3р3ть", "k!ll". H2O and C6 keep theirs.
    private static bool IsInside(ReadOnlySpan<char> text, int at) => at > 0 && at + 1 < text.Length && char.IsLetter(text[at - 1]) && char.IsLetter(text[at + 1]);

    private static bool IsDrawn(ReadOnlySpan<char> text, int at) => text[at] is '@' or '!' or '$' && IsInside(text, at);

    private static char Drawn(char c, bool isCyrillic) => c switch
    {
        '0' => 'о', '1' or '!' => isCyrillic ? 'и' : 'i', '3' => isCyrillic ? 'е' : 'e', '4' => isCyrillic ? 'ч' : 'a', '5' or '$' => isCyrillic ? 'с' : 's', '7' => isCyrillic ? 'т' : 't', '@' => isCyrillic ? 'а' : 'a', _ => c,
    };

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || c is '\'' or '’' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark;

    // Of the romanisations that children type: zh and j, kh, h and x, q and k, y by itself and before a vowel.
    private static void AddSounds(StringBuilder plain, ReadOnlySpan<char> word)
    {
        Span<char> letters = stackalloc char[word.Length <= 256 ? word.Length : 0];
        letters = letters.Length == word.Length ? letters : new char[word.Length];
        var count = 0;
        for (var i = 0; i < word.Length; i++)
        {
            if (Folding.Plainly(IsInside(word, i) ? Drawn(word[i], isCyrillic: false) : word[i], lookAlikes: false) is { } letter)
            {
                letters[count++] = letter;
            }
        }

        for (var rest = (ReadOnlySpan<char>)letters[..count]; !rest.IsEmpty;)
        {
            var length = rest.StartsWith("shch") ? 4 : rest.StartsWith("sch") ? 3 : rest is ['s' or 'z' or 'k' or 'g' or 'c', 'h', ..] or ['t', 's', ..] or ['y', 'a' or 'u' or 'e' or 'o', ..] ? 2 : 1;
            Add(plain, length == 1 ? Sound(rest[0]) : rest[..length] switch { "zh" => 'ж', "kh" => 'х', "gh" => 'г', "ch" => 'ч', "ts" => 'ц', "ya" => 'я', "yu" => 'ю', "yo" or "ye" => 'е', _ => 'ш' });
            rest = rest[length..];
        }
    }

    private static char Sound(char letter) => letter switch
    {
        'j' => 'ж', 'h' or 'x' => 'х', 'g' => 'г', '4' => 'ч', 'e' => 'е', 'a' => 'а', 'b' => 'б', 'c' or 's' => 'с', 'd' => 'д', 'f' => 'ф', 'i' or 'y' => 'и', 'k' or 'q' => 'к', 'l' => 'л', 'm' => 'м', 'n' => 'н',
        'o' => 'о', 'p' => 'п', 'r' => 'р', 't' => 'т', 'u' => 'у', 'v' or 'w' => 'в', 'z' => 'з', _ => letter,
    };

    private static void Add(StringBuilder plain, char? letter)
    {
        char? one = letter switch { 'ь' or 'ъ' or '\'' or '’' => null, 'ы' or 'й' => 'и', 'щ' => 'ш', 'э' or 'ё' => 'е', '-' or ',' or '\t' or '\r' => ' ', _ => letter };
        // However long a letter is drawn: it is one.
        if (one is { } c && !(plain.Length > 0 && plain[^1] == c))
        {
            plain.Append(c);
        }
    }
}
