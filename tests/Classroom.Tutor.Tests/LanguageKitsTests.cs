using Classroom.Kits;
using Xunit.Abstractions;

namespace Classroom.Tutor.Tests;

/// <summary>No text of the shipped kits is refused: what their authors wrote is right by definition.</summary>
public sealed class LanguageKitsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(Language.Kk)]
    [InlineData(Language.Ru)]
    [InlineData(Language.En)]
    public void None_of_the_kits_own_texts_is_refused(Language language)
    {
        var texts = Texts(language);
        texts.Count.ShouldBeGreaterThan(300);
        var sentences = texts.SelectMany(Kits.Sentences.Split).ToList();
        var leads = sentences.Select(s => (Lead: LanguageCheck.LeadOf(s, language), s)).Where(x => x.Lead is not null).OrderBy(x => x.Lead).ToList();
        output.WriteLine($"{language}: {sentences.Count} sentences, {leads.Count} judged\n" + string.Join('\n', leads.Take(25).Select(x => $"{x.Lead:0.0} {x.s}")));
        texts.Where(t => LanguageCheck.IsIn(t, language) == false).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Language.Kk, Language.Ru)]
    [InlineData(Language.Kk, Language.En)]
    [InlineData(Language.Ru, Language.Kk)]
    [InlineData(Language.Ru, Language.En)]
    [InlineData(Language.En, Language.Kk)]
    [InlineData(Language.En, Language.Ru)]
    public void Each_of_the_kits_guestssentences_is_seen_in_the_midst_of_another_language(Language host, Language guest)
    {
        var before = host switch { Language.Kk => "Жапырақ күн сәулесін ұстайды.", Language.Ru => "Лист ловит солнечный свет.", Language.En => "The leaf catches the light of the sun." };
        var guests = Texts(guest).SelectMany(Kits.Sentences.Split).Where(s => LanguageCheck.LeadOf(s, guest) > 3).Distinct().ToList();
        guests.Count.ShouldBeGreaterThan(200);
        guests.Where(s => LanguageCheck.IsIn($"{before} {char.ToUpperInvariant(s[0])}{s[1..]}\n{before}", host) != false).ToList().ShouldBeEmpty();
    }

    private static List<string> Texts(Language language)
    {
        var texts = new List<string>();
        foreach (var lesson in KitLibrary.LoadAll(KitLibrary.ShippedFolder).Kits.SelectMany(k => k.Lessons))
        {
            Walk(lesson, language, texts, 0);
        }

        return [.. texts.Distinct()];
    }

    // Whatever a kit holds that is written in three languages.
    private static void Walk(object? value, Language language, List<string> into, int depth)
    {
        switch (value)
        {
            case null or string or Enum:
                return;
            case Trilingual text:
                // A row of a table is no sentence, as for what learns from kits.
                into.Add(string.Join('\n', text.In(language).Split('\n').Where(line => !line.TrimStart().StartsWith('|'))));
                return;
            case System.Collections.IEnumerable many:
                foreach (var one in many)
                {
                    Walk(one, language, into, depth + 1);
                }

                return;
        }

        if (depth > 12 || value.GetType().Namespace?.StartsWith("Classroom", StringComparison.Ordinal) != true)
        {
            return;
        }

        foreach (var property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
        {
            Walk(property.GetValue(value), language, into, depth + 1);
        }
    }
}
