using System.Globalization;
using System.Text;

namespace Classroom.Lessons;

/// <summary>
/// Takes out of a text what nobody sees and what can fool whoever reads or compares it: signs that turn the direction of writing, spaces of no width, tag
/// characters, controls, letters that are drawn as nothing. What joins the parts of one emoji stays. Words and their order stay as they were typed.
/// </summary>
public static class Invisible
{
    private const char Joiner = '\u200d';
    private const char EmojiStyle = '\ufe0f';

    // Planes of tags and of more variation selectors: each is this half and another.
    private const char TagHalf = '\udb40';

    /// <param name="turning">Whether signs that turn the direction go too; false where a rule refuses the text by them.</param>
    public static string Without(string text, bool turning = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Reader(turning).Read(text);
    }

    private static bool IsGone(char c, bool turning) => c switch
    {
        '\n' or '\t' or '\r' => false,
        >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' => turning,
        // Variation selectors, marks of nothing, and letters of Korean and Mongolian that have no shape.
        >= '\ufe00' and <= '\ufe0f' or '\u034f' or '\u115f' or '\u1160' or '\u3164' or '\uffa0' or '\u17b4' or '\u17b5' or (>= '\u180b' and <= '\u180f') => true,
        _ => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format,
    };

    /// <summary>Reads one text that comes in pieces.</summary>
    public sealed class Reader(bool turning = true)
    {
        private char _last;
        private bool _isInTag;

        public string Read(string piece)
        {
            ArgumentNullException.ThrowIfNull(piece);
            var clean = default(StringBuilder);
            for (var i = 0; i < piece.Length; i++)
            {
                var c = piece[i];
                var (isTag, other) = (c == TagHalf, c is '\u2028' or '\u2029' ? '\n' : c);
                var isGone = isTag || (_isInTag && char.IsLowSurrogate(c)) || (IsGone(c, turning) && !Holds(c));
                _isInTag = isTag;
                if ((isGone || other != c) && clean is null)
                {
                    clean = new StringBuilder(piece, 0, i, piece.Length);
                }

                if (!isGone)
                {
                    _last = other;
                    clean?.Append(other);
                }
            }

            return clean?.ToString() ?? piece;
        }

        // Inside an emoji: behind its half, its sign of style or a symbol; the style also behind a digit (a keycap).
        private bool Holds(char c) => c is Joiner or EmojiStyle
            && (char.IsLowSurrogate(_last) || (_last == EmojiStyle && c == Joiner) || CharUnicodeInfo.GetUnicodeCategory(_last) is UnicodeCategory.OtherSymbol
                || (c == EmojiStyle && (char.IsAsciiDigit(_last) || _last is '#' or '*' || CharUnicodeInfo.GetUnicodeCategory(_last) is UnicodeCategory.MathSymbol or UnicodeCategory.OtherPunctuation)));
    }
}
