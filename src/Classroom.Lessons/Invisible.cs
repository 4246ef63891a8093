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

    /// <param name="turning">Whether signs that turn the direction go too; false where a rule refuses the text by them.</param>
    public static string Without(string text, bool turning = true)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new Reader(turning).Read(text);
    }

    private static bool IsGone(int sign, bool turning) => sign switch
    {
        '\n' or '\t' or '\r' => false,
        >= '\u202a' and <= '\u202e' or >= '\u2066' and <= '\u2069' => turning,
        // Variation selectors, marks of nothing, what stands for a picture, and letters of Korean and Mongolian that have no shape.
        >= '\ufe00' and <= '\ufe0f' or >= 0xe0100 and <= 0xe01ef or '\ufffc' or '\u034f' or '\u115f' or '\u1160' or '\u3164' or '\uffa0' or '\u17b4' or '\u17b5'
            or (>= '\u180b' and <= '\u180f') => true,
        _ => CharUnicodeInfo.GetUnicodeCategory(sign) is UnicodeCategory.Control or UnicodeCategory.Format,
    };

    /// <summary>Reads one text that comes in pieces. Half a sign at the end of one waits for its other half.</summary>
    public sealed class Reader(bool turning = true)
    {
        private char _last;
        private char _half;

        public string Read(string piece)
        {
            ArgumentNullException.ThrowIfNull(piece);
            piece = _half == default ? piece : _half + piece;
            _half = piece.Length > 0 && char.IsHighSurrogate(piece[^1]) ? piece[^1] : default;
            var (clean, length) = (default(StringBuilder), piece.Length - (_half == default ? 0 : 1));
            for (int i = 0, width; i < length; i += width)
            {
                width = char.IsSurrogatePair(piece, i) ? 2 : 1;
                var sign = width == 2 ? char.ConvertToUtf32(piece[i], piece[i + 1]) : piece[i] switch { '\u2028' or '\u2029' => '\n', '\u2800' => ' ', var c => c };
                var isGone = IsGone(sign, turning) && !Holds(piece[i]);
                if ((isGone || (width == 1 && sign != piece[i])) && clean is null)
                {
                    clean = new StringBuilder(piece, 0, i, piece.Length);
                }

                if (!isGone)
                {
                    _last = width == 2 ? piece[i + 1] : (char)sign;
                    _ = width == 2 ? clean?.Append(piece, i, 2) : clean?.Append((char)sign);
                }
            }

            return clean?.ToString() ?? (_half == default ? piece : piece[..length]);
        }

        // Inside an emoji: behind its half, its sign of style or a symbol; the style also behind a digit (a keycap).
        private bool Holds(char c) => c is Joiner or EmojiStyle
            && (char.IsLowSurrogate(_last) || (_last == EmojiStyle && c == Joiner) || CharUnicodeInfo.GetUnicodeCategory(_last) is UnicodeCategory.OtherSymbol
                || (c == EmojiStyle && (char.IsAsciiDigit(_last) || _last is '#' or '*' || CharUnicodeInfo.GetUnicodeCategory(_last) is UnicodeCategory.MathSymbol or UnicodeCategory.OtherPunctuation)));
    }
}
