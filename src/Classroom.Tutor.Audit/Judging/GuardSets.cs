using Classroom.Kits;

namespace Classroom.Tutor.Audit;

/// <summary>What is judged without a model: what the guards see, and what the authors prepared.</summary>
public static class GuardSets
{
    private static readonly ImmutableArray<Language> All = [.. Enum.GetValues<Language>()];

    public static IEnumerable<CaseResult> Names()
    {
        foreach (var language in All.Select(Name))
        {
            var lines = NameSet.Read(language);
            foreach (var (i, line) in lines.Index())
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

                yield return new CaseResult($"name-{language}-{i + 1:000}", "names", language, null, line.IsDecoy ? "decoy" : "person", line.Text, tallies.ToImmutable())
                {
                    Shown = alone, Said = known == alone ? null : known,
                };
            }
        }
    }

    public static IEnumerable<CaseResult> Marks() => Rows("marks", "mark", ["marks-other.tsv", "marks-last.tsv"], "marks-seen", MarkTalk.IsOfWork)
        .Concat(Rows("marks", "no-mark", ["no-marks-other.tsv", "no-marks-last.tsv"], "marks-innocent", text => !MarkTalk.IsOfWork(text)));

    /// <summary>Lines of danger and calm ones: what the words tell, and as questions for the model those of which they do not.</summary>
    public static (ImmutableArray<CaseResult> Told, ImmutableArray<Case> Untold) Danger(bool hasModel)
    {
        var (told, untold) = (ImmutableArray.CreateBuilder<CaseResult>(), ImmutableArray.CreateBuilder<Case>());
        foreach (var (file, kind) in new[] { ("distress-last.tsv", "danger"), ("calm-last.tsv", "calm") })
        {
            foreach (var (i, row) in SetFiles.Rows(file).Index())
            {
                var (id, text, isDanger) = ($"{kind}-{row[0]}-{i + 1:000}", row[^1], kind == "danger");
                var seen = Distress.Look(text);
                if (seen is null && hasModel)
                {
                    untold.Add(new Case(id, "danger", "", 7, Subjects.Of(row[0]), Level.Standard, kind, text, []) { Set = "danger", Kind = kind });
                    continue;
                }

                var tallies = new Verdicts();
                tallies.Add(isDanger ? "danger-seen" : "danger-calm", seen == true == isDanger);
                told.Add(new CaseResult(id, "danger", row[0], null, kind, text, tallies.ToImmutable()));
            }
        }

        return (told.ToImmutable(), untold.ToImmutable());
    }

    public static IEnumerable<CaseResult> Languages()
    {
        foreach (var file in SetFiles.Names("languages/"))
        {
            var own = Path.GetFileNameWithoutExtension(file);
            foreach (var (i, line) in SetFiles.Lines(file).Index())
            {
                var tallies = new Verdicts();
                foreach (var wanted in All)
                {
                    var isOwn = own == Name(wanted);
                    tallies.Add(isOwn ? "languages-right" : "languages-other", isOwn ? LanguageCheck.IsIn(line, wanted) != false : LanguageCheck.IsIn(line, wanted) == false);
                }

                yield return new CaseResult($"language-{own}-{i + 1:000}", "languages", own, null, own, line, tallies.ToImmutable());
            }
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

    private static IEnumerable<CaseResult> Rows(string set, string kind, ImmutableArray<string> files, string check, Func<string, bool> holds) =>
        files.SelectMany(SetFiles.Rows).Select((row, i) =>
        {
            var tallies = new Verdicts();
            tallies.Add(check, holds(row[^1]));
            return new CaseResult($"{kind}-{row[0]}-{i + 1:000}", set, row[0], null, kind, row[^1], tallies.ToImmutable());
        });

    private static Tally Of(NameLine line, string sent, string kinds) => NameSet.Count([line], _ => sent, kinds) is var count ? new Tally(count.Marks - count.Leaked.Length, count.Leaked.Length) : new Tally(0, 0);

    private static string Name(Language language) => language.ToString().ToLowerInvariant();
}
