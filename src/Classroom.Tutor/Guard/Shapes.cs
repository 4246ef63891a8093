using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Classroom.Tutor;

/// <summary>
/// Letters that are drawn as another alphabet's or as a picture, as the plain ones they are read as. The program runs without ICU, where
/// <c>string.Normalize</c> changes nothing, so what a phone's keyboard or a "fancy text" page makes stands here: blocks by their order, the rest in tables.
/// </summary>
internal static class Shapes
{
    // Each begins an alphabet of 26, in order.
    private static readonly int[] Alphabets = [0x249c, 0x24b6, 0x24d0, 0xff21, 0xff41, 0x1f110, 0x1f130, 0x1f150, 0x1f170, 0x1f1e6];

    private static readonly FrozenDictionary<char, char> Plain = Pairs(
        // Small capitals and raised letters.
        ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢɑɡɩ", "abcdefghijklmnoprstuvwyzagi"), ("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "abcdefghijklmnoprstuvwxyz"),
        ("ℂℍℕℙℚℝℤℬℰℱℋℐℒℳℛℭℌℑℜℨℊℎℓℯℴ", "chnpqrzbefhilmrchirzghleo"),
        // Latin letters with marks, and without their dot.
        ("áàâäãåāăąạćčçďéèêëēęěğģíìîïīıķłļńñňóòôöõøōőŕřśšşșťţúùûüūůűųýÿźžż", "aaaaaaaaaacccdeeeeeeeggiiiiiikllnnnoooooooorrssssttuuuuuuuuyyzzz"),
        // Greek, Coptic, Cherokee and Lisu that are drawn as Latin or Cyrillic.
        ("αβγδεζηθικλμνοπρσςτυφχωϲϳ", "abydeznoikлмvoпpсctyфxwcj"), ("ⲁⲃⲅⲇⲉⲓⲕⲙⲛⲟⲡⲣⲥⲧⲩⲫⲭ", "abгдeikmnoпpctyфx"),
        ("ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᎡᏚᎢᏙᎳᏃ", "abcdeghijklmprstvwz"), ("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "bpdtgkjczfmnlsrvhwxyaeiou"),
        // Cyrillic of other languages.
        ("ѕјԁԛԝӏѵӓӑӣӥӯӱӳӧӟӹѐѝўє", "sjdqwlvааииуууозыеиуе"));

    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in Lessons.Spelling.Whole(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            {
                continue;
            }

            if (Ordered(rune.Value) is { } letter)
            {
                plain.Append(letter);
            }
            else if (rune.IsBmp)
            {
                plain.Append(Plain.TryGetValue((char)rune.Value, out var upper) ? upper : Lower((char)rune.Value));
            }
            else
            {
                plain.Append(rune.ToString());
            }
        }

        return plain.ToString();
    }

    private static char Lower(char c) => char.ToLowerInvariant(c) is var lower && Plain.TryGetValue(lower, out var to) ? to : lower;

    private static char? Ordered(int c) => c switch
    {
        // Mathematical letters: thirteen alphabets of capitals and small ones, then digits.
        >= 0x1d400 and <= 0x1d6a3 => (char)('a' + ((c - 0x1d400) % 52 % 26)),
        >= 0x1d7ce and <= 0x1d7ff => (char)('0' + ((c - 0x1d7ce) % 10)),
        _ => Array.Find(Alphabets, a => c >= a && c < a + 26) is > 0 and var first ? (char)('a' + c - first) : null,
    };

    private static FrozenDictionary<char, char> Pairs(params ReadOnlySpan<(string From, string To)> tables)
    {
        var all = new Dictionary<char, char>();
        foreach (var (from, to) in tables)
        {
            if (from.Length != to.Length)
            {
                throw new InvalidOperationException($"{from} ({from.Length}) and {to} ({to.Length}) are not pairs.");
            }

            for (var i = 0; i < from.Length; i++)
            {
                all[from[i]] = to[i];
            }
        }

        return all.ToFrozenDictionary();
    }
}
