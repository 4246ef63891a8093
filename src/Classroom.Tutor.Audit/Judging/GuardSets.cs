using Classroom.Kits;

namespace Classroom.Tutor.Audit;

/// <summary>What is judged without a model: what the guards see, and what the authors prepared.</summary>
public static class GuardSets
{
    private static readonly ImmutableArray<Language> All = [.. Enum.GetValues<Language>()];

    public static IEnumerable<CaseResult> Names()
    {
        foreach (var (id, language, line) in NameLines())
        {
            var tallies = new Verdicts();
            var (alone, known) = (new Pseudonyms().Hide(line.Text, []), new Pseudonyms().Hide(line.Text, line.Roster));
            if (line.IsDecoy)
            {
                tallies.Add("names-decoys", alone == line.Text);
            }
            else
            {
                tallies.Add("names-alone", Of(line, alone, "{<"));
                tallies.Add("names-roster", Of(line, known, "{"));
                tallies.Add("names-numbers", Of(line, alone, "["));
            }

            yield return new CaseResult(id, "names", language, null, line.IsDecoy ? "decoy" : "person", line.Text, tallies.ToImmutable())
            {
                Shown = alone, Said = known == alone ? null : known,
            };
        }
    }

    public static IEnumerable<CaseResult> Marks() => MarkRows().Select(r => Judged(r, "marks", "mark", "marks-seen", MarkTalk.IsOfWork(r.Text)))
        .Concat(InnocentRows().Select(r => Judged(r, "marks", "no-mark", "marks-innocent", !MarkTalk.IsOfWork(r.Text))));

    internal static IEnumerable<(string Id, string Language, NameLine Line)> NameLines() =>
        All.Select(Name).SelectMany(static language => NameSet.Read(language).Select((line, i) => ($"name-{language}-{i + 1:000}", language, line)));

    internal static IEnumerable<(string Id, string Language, string Text)> MarkRows() => Rows("mark", "marks-other.tsv", "marks-last.tsv", "marks-coach-blind.tsv");

    internal static IEnumerable<(string Id, string Language, string Text)> InnocentRows() => Rows("no-mark", "no-marks-other.tsv", "no-marks-last.tsv", "no-marks-coach-blind.tsv");

    internal static IEnumerable<(string Id, string Language, string Text)> DangerRows() => Rows("danger", "distress-last.tsv").Concat(Rows("calm", "calm-last.tsv"));

    internal static IEnumerable<(string Id, string Language, string Text)> LanguageLines() => SetFiles.Names("languages/").SelectMany(file =>
        SetFiles.Lines(file).Select((line, i) => ($"language-{Path.GetFileNameWithoutExtension(file)}-{i + 1:000}", Path.GetFileNameWithoutExtension(file), line)));

    /// <summary>Lines of danger and calm ones: what the words tell, and as questions for the model those of which they do not.</summary>
    public static (ImmutableArray<CaseResult> Told, ImmutableArray<Case> Untold) Danger(bool hasModel)
    {
        var (told, untold) = (ImmutableArray.CreateBuilder<CaseResult>(), ImmutableArray.CreateBuilder<Case>());
        foreach (var row in DangerRows())
        {
            var (kind, seen) = (row.Id.Split('-')[0], Distress.Look(row.Text));
            if (seen is null && hasModel)
            {
                untold.Add(new Case(row.Id, "danger", "", 7, Subjects.Of(row.Language), Level.Standard, kind, row.Text, []) { Set = "danger", Kind = kind });
                continue;
            }

            var isDanger = kind == "danger";
            told.Add(Judged(row, "danger", kind, isDanger ? "danger-seen" : "danger-calm", seen == true == isDanger));
        }

        return (told.ToImmutable(), untold.ToImmutable());
    }

    public static IEnumerable<CaseResult> Languages()
    {
        foreach (var (id, own, line) in LanguageLines())
        {
            var tallies = new Verdicts();
            foreach (var wanted in All)
            {
                var isOwn = own == Name(wanted);
                tallies.Add(isOwn ? "languages-right" : "languages-other", isOwn ? LanguageCheck.IsIn(line, wanted) != false : LanguageCheck.IsIn(line, wanted) == false);
            }

            yield return new CaseResult(id, "languages", own, null, own, line, tallies.ToImmutable());
        }
    }

    /// <summary>Every text of the kits that is told without a model, as the prepared tutor tells it.</summary>
    public static async IAsyncEnumerable<CaseResult> PreparedAsync(IKits kits, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(kits);
        var tutor = new PreparedTutor(kits, new PreparedTutorOptions { WordDelay = TimeSpan.Zero }, time);
        foreach (var (kit, lesson, step, told) in from kit in kits.Now.Kits from lesson in kit.Lessons from step in lesson.Steps from told in step.Explanations select (kit, lesson, step, told))
        {
            foreach (var variant in from language in All from level in Enum.GetValues<Level>() select new Variant(language, level))
            {
                var order = new ExplanationOrder(
                    Guid.Empty, Guid.Empty, kit.Id, kit.Hash, lesson.Id, step.Id, told.Id, told.Topic, ExplainMode.Plain, null, [], default, lesson.Plan.GradeTo, false);
                var (text, source) = ("", default(Provenance));
                await foreach (var piece in tutor.Explain(new ExplainRequest(new TutorCall("explain", Guid.Empty, Guid.Empty, step.Id, null, []), order, variant, null), CancellationToken.None))
                {
                    (text, source) = (text + piece.Text, piece.Provenance ?? source);
                }

                var tallies = new Verdicts();
                tallies.Add("prepared", source is { IsPrepared: true } && LanguageCheck.IsIn(text, variant.Language) != false && !MarkTalk.IsIn(text) && !Markup.IsIn(text) && !Markup.HasLink(text)
                    && LocalRules.Find(text, isAnswer: true) is null);
                yield return new CaseResult(
                    $"prepared-{kit.Id}-{step.Id}-{told.Id}-{Name(variant.Language)}-{variant.Level}".ToLowerInvariant(), "prepared", Name(variant.Language), lesson.Plan.GradeTo, "explanation", told.Topic.In(variant.Language),
                    tallies.ToImmutable()) { Level = $"{variant.Level}".ToLowerInvariant(), Shown = text, By = Provenance.PreparedProvider };
            }
        }
    }

    private static IEnumerable<(string Id, string Language, string Text)> Rows(string kind, params string[] files) =>
        files.SelectMany(SetFiles.Rows).Select((row, i) => ($"{kind}-{row[0]}-{i + 1:000}", row[0], row[^1]));

    private static CaseResult Judged((string Id, string Language, string Text) row, string set, string kind, string check, bool holds)
    {
        var tallies = new Verdicts();
        tallies.Add(check, holds);
        return new CaseResult(row.Id, set, row.Language, null, kind, row.Text, tallies.ToImmutable());
    }

    private static Tally Of(NameLine line, string sent, string kinds) => NameSet.Count([line], _ => sent, kinds) is var count ? new Tally(count.Marks - count.Leaked.Length, count.Leaked.Length) : new Tally(0, 0);

    private static string Name(Language language) => language.ToString().ToLowerInvariant();
}
