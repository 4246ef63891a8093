using System.Text;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>Takes out of a stream of text what a model thinks aloud: <c>&lt;think&gt;..&lt;/think&gt;</c> and its kin, in whatever pieces they come.</summary>
/// <param name="thinksFirst">The model is known to think without saying where it begins: what comes is held until thinking ends.</param>
internal sealed partial class ThinkingFilter(bool thinksFirst = false)
{
    private const int LongestMarker = 32;
    private string _pending = "";
    private bool _isInside;
    private bool _isHeld = thinksFirst;

    /// <summary>Thinking ended that was not begun: whatever was given as text before was none.</summary>
    public bool EndedUnbegun { get; private set; }

    /// <returns>What is text for certain.</returns>
    public string Add(string words) => Take(words, isWhole: false);

    /// <summary>The stream has ended. Thinking that was begun and not ended is none of the text.</summary>
    public string Close() => Take("", isWhole: true);

    private string Take(string words, bool isWhole)
    {
        var (text, taken) = (_pending + words, new StringBuilder());
        while (true)
        {
            var (begin, end) = (_isInside ? Match.Empty : Begin().Match(text), End().Match(text));
            if (end.Success && (_isInside || !begin.Success || end.Index < begin.Index))
            {
                if (!_isInside)
                {
                    EndedUnbegun = true;
                    taken.Clear();
                }

                (_isInside, _isHeld, text) = (false, false, text[(end.Index + end.Length)..]);
            }
            else if (begin.Success)
            {
                taken.Append(text, 0, begin.Index);
                (_isInside, _isHeld, text) = (true, false, text[(begin.Index + begin.Length)..]);
            }
            else
            {
                break;
            }
        }

        if (_isHeld && !isWhole)
        {
            _pending = text;
            return "";
        }

        var hold = isWhole ? text.Length : MayBegin(text);
        _pending = text[hold..];
        return _isInside ? taken.ToString() : taken.Append(text, 0, hold).ToString();
    }

    // Where a marker may have begun whose rest has not come.
    private static int MayBegin(string text)
    {
        var at = text.LastIndexOfAny(['<', '[', '◁']);
        return at >= 0 && text.Length - at <= LongestMarker && Begun().IsMatch(text[at..]) ? at : text.Length;
    }

    [GeneratedRegex(@"<\|?(?:[a-z]+:)?(?:start_)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|analysis|reflection|scratchpad)\|?>|\[think\]|◁think▷", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, PatternLimit.Milliseconds)]
    private static partial Regex Begin();

    [GeneratedRegex(@"<\|?(?:/|end_)(?:[a-z]+:)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|analysis|reflection|scratchpad)\|?>|\[/think\]|◁/think▷", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, PatternLimit.Milliseconds)]
    private static partial Regex End();

    [GeneratedRegex(@"^[<\[◁]\|?/?[a-z_:]*\|?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, PatternLimit.Milliseconds)]
    private static partial Regex Begun();
}
