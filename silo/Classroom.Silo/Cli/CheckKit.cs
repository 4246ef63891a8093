using System.Globalization;
using Classroom.Kits;

namespace Classroom.Silo.Cli;

/// <summary>
/// <c>Classroom.Silo check-kit FILE</c>: what is wrong with a kit, as its author finds the place; and when nothing is, how long the sentences of each
/// level are in each language.
/// </summary>
public static class CheckKit
{
    public const string Name = "check-kit";

    /// <summary>A simple sentence of more words is read twice.</summary>
    private const int SimpleWords = 12;

    /// <returns>The exit code: 0 a good kit, 1 a bad one (or no file).</returns>
    public static int Run(string file)
    {
        var read = KitLoader.Load(file);
        foreach (var error in read.Errors)
        {
            Console.WriteLine(error);
        }

        if (!read.Ok)
        {
            return 1;
        }

        foreach (var explanation in read.Kit.Lessons.SelectMany(l => l.Steps).SelectMany(s => s.Explanations))
        {
            foreach (var language in Enum.GetValues<Language>())
            {
                var all = Enum.GetValues<Level>().Select(level => (Level: level, Measure: TextMeasure.Of(explanation.Text(new Variant(language, level)), language))).ToList();
                Console.WriteLine($"{explanation.Id} {language.ToString().ToLowerInvariant()}: " + string.Join("; ", all.Select(x => string.Create(
                    CultureInfo.InvariantCulture, $"{x.Level.ToString().ToLowerInvariant()} {x.Measure.Words:0.0} words a sentence, {x.Measure.LongWords:P0} long"))));
                foreach (var note in Notes(all[0].Measure, all[^1].Measure))
                {
                    Console.WriteLine("  note: " + note);
                }
            }
        }

        return 0;
    }

    private static IEnumerable<string> Notes(TextMeasure simple, TextMeasure advanced)
    {
        if (simple.Words > SimpleWords)
        {
            yield return $"simple sentences have more than {SimpleWords} words";
        }

        if (simple.Words > advanced.Words && simple.LongWords > advanced.LongWords)
        {
            yield return "simple has longer sentences and more long words than advanced";
        }
    }
}
