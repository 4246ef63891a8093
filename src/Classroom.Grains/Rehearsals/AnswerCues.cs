using Classroom.Kits;

namespace Classroom.Grains;

/// <summary>How students answer: the stronger, the more often right; who is wrong is mostly wrong in the same way; a second round goes better.</summary>
internal static class AnswerCues
{
    // To a question that is in no kit.
    private static readonly ImmutableArray<Trilingual> Neutral =
    [
        new("Әлі нақты білмеймін.", "Пока не знаю точно.", "I am not sure yet."),
        new("Мысалмен көрсек, түсінікті болар еді.", "На примере было бы понятнее.", "An example would make it clearer."),
        new("Жұппен талқылап көргім келеді.", "Хочется обсудить это в паре.", "I would like to talk it over with a partner."),
    ];

    private static readonly ImmutableArray<Trilingual> Words =
        [new("қызық", "интересно", "interesting"), new("қиын", "трудно", "hard"), new("түсінікті", "понятно", "clear")];

    public static IEnumerable<Cue> Of(Scene scene, IReadOnlyList<Pupil> pupils, Draw draw, KitLesson? kit) =>
        from question in scene.All<QuestionEntity>()
        where question.Value is { Status: QuestionStatus.Open, StemOnly: not true }
        let samples = kit?.Steps.Select(s => s.Samples.Answers.GetValueOrDefault(question.Id)).FirstOrDefault(a => a is not null)
            ?? (question.Value.Kind == QuestionKind.WordCloud ? Words : Neutral)
        from pupil in pupils
        let occasion = $"question/{question.Id}/{question.Value.Round}"
        let answer = Answer(question.Id, question.Value, samples, pupil, draw)
        where answer is not null
        select new Cue($"{occasion}/{pupil.Number}", pupil, occasion, draw.Between($"{occasion}/after/{pupil.Number}", 3, 18), answer);

    private static GiveAnswer? Answer(string id, QuestionEntity q, IReadOnlyList<Trilingual> samples, Pupil pupil, Draw draw)
    {
        var knows = draw.Happens($"knows/{id}/{pupil.Number}", Math.Min(0.95, ShareOf(pupil) + (0.25 * (q.Round - 1))));
        return q.Kind switch
        {
            QuestionKind.Single or QuestionKind.Multiple => new GiveAnswer(id, Options(id, q, knows, pupil, draw), null, null),
            QuestionKind.Scale => new GiveAnswer(id, [], q.Min + (int)Math.Round((q.Max - q.Min) * Math.Clamp(ShareOf(pupil) + draw.Share($"scale/{id}/{pupil.Number}") - 0.5, 0, 1)), null),
            // A cloud lives on words that several say; of two who speak one language nobody writes the same sentence.
            QuestionKind.WordCloud when samples.Count > 0 => Text(id, samples[(int)(Math.Pow(draw.Share($"word/{id}/{pupil.Number}"), 1.6) * samples.Count)], pupil),
            QuestionKind.Open when pupil.Rank < samples.Count => Text(id, samples[pupil.Rank], pupil),
            _ => null,
        };
    }

    private static double ShareOf(Pupil pupil) => pupil.Level switch { Level.Simple => 0.35, Level.Standard => 0.6, Level.Advanced => 0.9 };

    private static GiveAnswer Text(string id, Trilingual text, Pupil pupil) => new(id, [], null, text.In(pupil.Language));

    private static ImmutableArray<string> Options(string id, QuestionEntity q, bool knows, Pupil pupil, Draw draw)
    {
        var right = q.Options.Where(o => o.Correct is true).Select(o => o.Id).ToImmutableArray();
        var wrong = q.Options.Where(o => o.Correct is not true).Select(o => o.Id).ToImmutableArray();
        if (right.IsEmpty)
        {
            // The teacher's own question: nobody knows what is right, so opinions differ.
            return [wrong[draw.Index($"any/{id}/{q.Round}/{pupil.Number}", wrong.Length)]];
        }

        if (wrong.IsEmpty || knows)
        {
            return right;
        }

        // The misconception that the author put first is the one that most have.
        var mistake = draw.Happens($"common/{id}/{pupil.Number}", 0.6) ? wrong[0] : wrong[draw.Index($"wrong/{id}/{pupil.Number}", wrong.Length)];
        return q.Kind == QuestionKind.Single ? [mistake]
            : draw.Happens($"misses/{id}/{pupil.Number}", 0.5) && right.Length > 1 ? right.RemoveAt(draw.Index($"missed/{id}/{pupil.Number}", right.Length))
            : [.. right, mistake];
    }
}
