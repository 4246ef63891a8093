using System.Buffers.Binary;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Classroom.Tutor;

/// <summary>
/// Tells sentences of one kind from others by examples (<c>Guard/Examples</c>): logistic regression over the words, their stems, neighbouring stems and
/// letters, each hashed to a place of one table. Learned by the build (Classroom.Tutor.Learn), the same each time: no chance, no threads.
/// It sees kinds of wording that no rule names; what a rule names it need not have seen. A score is the logarithm of the odds, 0: as likely as not.
/// </summary>
internal sealed class SentenceClassifier
{
    private const int Bits = 20;
    private const int Stem = 5;
    private const int ShortStem = 4;
    private const int ShortestPiece = 3;
    private const int LongestPiece = 5;
    private const int WindowFrom = 12;
    private const int Window = 10;
    private const int Rounds = 12;
    private const int Averaged = 8;
    private const float Step = 0.3f;
    private const float Shrinking = 1e-5f;
    private const int DeniedWords = 3;

    // As they sound: not, never, no one, don't, isn't ...
    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DeniesAfter = Set(
        "не", "ни", "нет", "без", "никто", "никого", "никогда", "нигде", "нот", "невер", "нободи", "нооне", "донт", "доеснт", "диднт", "иснт", "арент", "васнт", "верент", "вонт", "сант", "саннот", "хаснт", "хавент", "витоут", "ешким", "ешкашан");

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> DeniesBefore = Set("жок", "емес", "емесин", "емеспин");

    private readonly float[] _weights = new float[1 << Bits];
    private float _bias;

    private SentenceClassifier()
    {
    }

    /// <summary>What the build learned of a kind, embedded in this assembly as <c>{kind}.weights</c>.</summary>
    public static SentenceClassifier Of(string kind)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(kind + ".weights") ?? throw new InvalidOperationException($"Nothing was learned of {kind}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var classifier = new SentenceClassifier { _bias = BinaryPrimitives.ReadSingleLittleEndian(bytes) };
        // At once: one by one, the first explanation of a process waited for it.
        var halves = MemoryMarshal.Cast<byte, Half>(bytes.AsSpan(sizeof(float)));
        for (var i = 0; i < classifier._weights.Length; i++)
        {
            classifier._weights[i] = (float)halves[i];
        }

        return classifier;
    }

    /// <param name="examples">Texts as they will be read, and whether each is of the kind.</param>
    public static SentenceClassifier Learned(IEnumerable<(string Text, bool IsOfKind)> examples)
    {
        var classifier = new SentenceClassifier();
        classifier.Learn([.. examples.Select(e => new Example(Places(e.Text), e.IsOfKind, Mixed(2166136261, e.Text))).Where(e => e.Places.Length > 0)]);
        return classifier;
    }

    /// <summary>As <see cref="Of"/> reads it: the bias, then each weight in half the precision.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream);
        writer.Write(_bias);
        foreach (var weight in _weights)
        {
            writer.Write((Half)weight);
        }
    }

    /// <param name="sentence">As the examples were read.</param>
    public float Score(ReadOnlySpan<char> sentence)
    {
        var places = new List<int>();
        AddPlaces(places, sentence);
        return places.Count == 0 ? float.NegativeInfinity : Sum(CollectionsMarshal.AsSpan(places));
    }

    /// <summary>A sentence, and what is within a long one: whoever writes without full stops says much at once.</summary>
    public static IEnumerable<string> Within(string[] words)
    {
        yield return string.Join(' ', words);
        for (var at = 0; words.Length > WindowFrom && at + (Window / 2) < words.Length; at += Window / 2)
        {
            yield return string.Join(' ', words, at, Math.Min(Window, words.Length - at));
        }
    }

    private static int[] Places(string text)
    {
        var places = new List<int>();
        AddPlaces(places, text);
        return [.. places];
    }

    // Stochastic gradient descent with a step of its own for each weight (AdaGrad). The weights are the mean of those after each later round: what a single order of
    // the examples would leave to chance is evened out.
    private void Learn(Example[] examples)
    {
        var (squares, biasSquares) = (new float[_weights.Length], 1e-6f);
        var (sum, biasSum) = (new float[_weights.Length], 0f);
        for (var round = 0u; round < Rounds; round++)
        {
            // In another order each round, and each example in a place of its own: one that is added moves none of the others, and what was learned stays nearly what it was.
            Array.Sort(Array.ConvertAll(examples, e => Scattered(e.Key, round)), examples);
            foreach (var (places, isOfKind, _) in examples)
            {
                var error = (1 / (1 + MathF.Exp(-Sum(places)))) - (isOfKind ? 1 : 0);
                var size = error / MathF.Sqrt(places.Length);
                foreach (var place in places)
                {
                    var gradient = size + (Shrinking * _weights[place]);
                    squares[place] += gradient * gradient;
                    _weights[place] -= Step * gradient / MathF.Sqrt(squares[place] + 1e-8f);
                }

                biasSquares += error * error;
                _bias -= Step * error / MathF.Sqrt(biasSquares);
            }

            if (round >= Rounds - Averaged)
            {
                for (var i = 0; i < sum.Length; i++)
                {
                    sum[i] += _weights[i];
                }

                biasSum += _bias;
            }
        }

        for (var i = 0; i < sum.Length; i++)
        {
            _weights[i] = sum[i] / Averaged;
        }

        _bias = biasSum / Averaged;
    }

    private readonly record struct Example(int[] Places, bool IsOfKind, uint Key);

    private static uint Scattered(uint key, uint round)
    {
        var x = unchecked((key ^ (round * 0x9E3779B9)) * 0x85EBCA6B);
        x = unchecked((x ^ (x >> 13)) * 0xC2B2AE35);
        return x ^ (x >> 16);
    }

    private float Sum(ReadOnlySpan<int> places)
    {
        var sum = 0f;
        foreach (var place in places)
        {
            sum += _weights[place];
        }

        return (sum / MathF.Sqrt(places.Length)) + _bias;
    }

    private static void AddPlaces(List<int> places, ReadOnlySpan<char> text)
    {
        Span<Range> words = stackalloc Range[64];
        var (count, start) = (0, -1);
        for (var i = 0; i <= text.Length && count < words.Length; i++)
        {
            var isInside = i < text.Length && (char.IsLetterOrDigit(text[i]) || char.GetUnicodeCategory(text[i]) is System.Globalization.UnicodeCategory.OtherSymbol or System.Globalization.UnicodeCategory.Surrogate);
            if (isInside && start < 0)
            {
                start = i;
            }
            else if (!isInside && start >= 0)
            {
                words[count++] = start..i;
                start = -1;
            }
        }

        var denied = 0;
        for (var i = 0; i < count; i++)
        {
            var word = text[words[i]];
            places.Add(Place('w', word));
            places.Add(Place('s', Short(word, Stem)));
            // What is denied is another thing: "not bullied", "никто не бьёт"; Kazakh denies within the verb, or with the word after.
            if (denied-- > 0 || (i + 1 < count && DeniesBefore.Contains(text[words[i + 1]])))
            {
                places.Add(Place('n', Short(word, Stem)));
            }

            denied = DeniesAfter.Contains(word) ? DeniedWords : denied;
            if (word.Length >= ShortStem)
            {
                places.Add(Place('t', Short(word, ShortStem)));
            }

            // Neighbours, and those with one word between: "never again", "не сильно хочу".
            for (var next = i + 1; next <= i + 2 && next < count; next++)
            {
                places.Add(Place(next == i + 1 ? 'b' : 'k', Short(word, Stem), Short(text[words[next]], Stem)));
            }

            AddPieces(places, word);
        }

        if (count > 0)
        {
            places.Add(Place('f', Short(text[words[0]], Stem)));
            places.Add(Place('l', Short(text[words[count - 1]], Stem)));
        }
    }

    // Of typing that slips, and of endings: three to five letters of a word with its edges.
    private static void AddPieces(List<int> places, ReadOnlySpan<char> word)
    {
        const int Longest = 30;
        Span<char> edged = stackalloc char[Longest + 2];
        var part = Short(word, Longest);
        edged[0] = '<';
        part.CopyTo(edged[1..]);
        edged[part.Length + 1] = '>';
        for (var length = ShortestPiece; length <= LongestPiece; length++)
        {
            for (var at = 0; at + length <= part.Length + 2; at++)
            {
                places.Add(Place('c', edged.Slice(at, length)));
            }
        }
    }

    private static System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(params string[] words) =>
        System.Collections.Frozen.FrozenSet.ToFrozenSet(words, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static ReadOnlySpan<char> Short(ReadOnlySpan<char> word, int length) => word.Length > length ? word[..length] : word;

    // FNV-1a.
    private static int Place(char kind, ReadOnlySpan<char> one, ReadOnlySpan<char> two = default)
    {
        var hash = Mixed(Mixed(2166136261, [kind]), one);
        hash = two.IsEmpty ? hash : Mixed(Mixed(hash, " "), two);
        return (int)((hash ^ (hash >> 15)) & ((1 << Bits) - 1));
    }

    private static uint Mixed(uint hash, ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            hash = unchecked((hash ^ c) * 16777619);
        }

        return hash;
    }
}
