using System.Buffers;
using System.Text;

namespace Classroom.Tutor;

/// <summary>A word of a text as names are looked for in it: where it stands, how it may be read, and how it begins.</summary>
/// <param name="Start">In the original text.</param>
/// <param name="Raw">Its letters, lower case, as they are read first.</param>
/// <param name="Plain">In Cyrillic, lower case, Kazakh letters kept; empty where it cannot be read so.</param>
/// <param name="Latin">As <see cref="Romanisation"/> reads it; empty where it is plainly Cyrillic.</param>
/// <param name="Ending">A Cyrillic ending after a Latin word: Timurға.</param>
/// <param name="Gap">What stands between it and the word before.</param>
internal sealed record NameWord(int Start, int End, string Raw, string Plain, string Latin, string Ending, bool IsCapital, bool IsFirst, bool IsDisguised, string Gap)
{
    private string? _loose;

    public static readonly SearchValues<char> KazakhLetters = SearchValues.Create("әғқңөұүһіӘҒҚҢӨҰҮҺІёЁ");

    /// <summary>Kazakh letters as their nearest Russian ones: how children write on a Russian keyboard.</summary>
    public string Loose => _loose ??= Loosen(Plain);

    /// <summary>As it stands in lists of words: Cyrillic with plain letters, or Latin as it is.</summary>
    public string Listed => Plain.Length > 0 ? Loose : Raw;

    /// <summary>The same place may be read as a name of four letters or more.</summary>
    public bool IsLong => Raw.Length > 3;

    /// <summary>With the word that a hyphen joins to it.</summary>
    public NameWord With(NameWord next) => this with { End = next.End, Raw = Raw + next.Raw, Plain = Plain + next.Plain, Latin = Latin.Length > 0 ? Latin + next.Latin : "", IsDisguised = true, _loose = null };

    public static string Loosen(string word)
    {
        var at = word.AsSpan().IndexOfAny(KazakhLetters);
        if (at < 0)
        {
            return word;
        }

        var loose = new StringBuilder(word);
        for (var i = at; i < loose.Length; i++)
        {
            loose[i] = loose[i] switch { 'ә' => 'а', 'ғ' => 'г', 'қ' => 'к', 'ң' => 'н', 'ө' => 'о', 'ұ' or 'ү' => 'у', 'һ' => 'х', 'і' => 'и', 'ё' => 'е', var c => c };
        }

        return loose.ToString();
    }
}
