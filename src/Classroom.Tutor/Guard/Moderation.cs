using System.Reflection;
using System.Text.RegularExpressions;

namespace Classroom.Tutor;

/// <summary>What a text must not hold, by category; null when it holds nothing of the kind.</summary>
public interface IModeration
{
    /// <returns>distress, sexual, violence, drugs, hate, abuse, contact, or null.</returns>
    /// <param name="withoutNames">The same as it may leave this machine.</param>
    /// <param name="isAnswer">A model's words: they may speak of distress, only a person can be in it.</param>
    ValueTask<string?> FindAsync(string text, Func<string> withoutNames, bool isAnswer, CancellationToken cancellationToken);
}

/// <summary>
/// Rules that hold everywhere, in Kazakh, Russian and English, without any server: <c>Guard/Rules/*.txt</c>, one category a file, one
/// pattern a line over folded text. Narrow on purpose: a lesson on the heart may say "blood".
/// </summary>
public sealed class LocalRules : IModeration
{
    // Not held back from the tutor: a class sees it when the teacher has.
    private const string Doubted = "doubted";
    private const string DoubtedExact = "doubted-exact";
    private const string Private = "private";

    // Of what a model says to children; a child that quotes such words is not refused.
    private const string Said = "-said";

    private static readonly (string Category, Regex Pattern)[] Rules =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(n => n.Contains(".Rules.", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(n => (n.Split('.')[^2], Read(n))),
    ];

    /// <param name="isAnswer">An answer may speak of distress: only a person can be in it.</param>
    public static string? Find(string text, bool isAnswer = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = Kits.Formulas.InSigns(text);
        // Before all else: whatever words it uses, a child in danger gets care, not a refusal.
        if (!isAnswer && Distress.IsIn(text))
        {
            return "distress";
        }

        var (mixed, exact) = (Folding.Of(text).Plain, Folding.Of(text, lookAlikes: false).Plain);
        foreach (var (category, pattern) in Rules)
        {
            // What is only noted must never hide what is held back.
            if (category is not ("injection" or "wants-answer" or Doubted or DoubtedExact or Private) && (isAnswer || !category.EndsWith(Said, StringComparison.Ordinal))
                && (pattern.IsMatch(mixed) || pattern.IsMatch(exact)))
            {
                return category.Replace(Said, "", StringComparison.Ordinal);
            }
        }

        return null;
    }

    /// <summary>What holds something back, or is an insult; distress apart, which knows disguises of its own.</summary>
    public static bool IsDoubted(string text) =>
        Find(text, isAnswer: true) is not null || Matches(text, Doubted) || Rules.First(r => r.Category == DoubtedExact).Pattern.IsMatch(text.ToLowerInvariant());

    /// <summary>Words that say something private, if they are said of somebody.</summary>
    public static bool IsPrivate(string text) => Matches(text, Private);

    /// <summary>A text that tries to give the model orders. It is only noted: order or not, it is data.</summary>
    public static bool LooksLikeInjection(string text) => Matches(text, "injection");

    /// <summary>A student asks to have the task done.</summary>
    public static bool WantsAnswer(string text) => Matches(text, "wants-answer");

    public ValueTask<string?> FindAsync(string text, Func<string> withoutNames, bool isAnswer, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Find(text, isAnswer));

    private static bool Matches(string text, string category) =>
        Rules.First(r => r.Category == category).Pattern is var p && (p.IsMatch(Folding.Of(text).Plain) || p.IsMatch(Folding.Of(text, lookAlikes: false).Plain));

    private static Regex Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => !l.StartsWith('#'));
        return new Regex(@"(?<!\p{L})(?:" + string.Join('|', lines) + ")", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(PatternLimit.Milliseconds));
    }
}

/// <summary>One moderation after another; the first that finds something speaks.</summary>
public sealed class Moderations(params IReadOnlyList<IModeration> all) : IModeration
{
    public async ValueTask<string?> FindAsync(string text, Func<string> withoutNames, bool isAnswer, CancellationToken cancellationToken)
    {
        foreach (var one in all)
        {
            if (await one.FindAsync(text, withoutNames, isAnswer, cancellationToken) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
