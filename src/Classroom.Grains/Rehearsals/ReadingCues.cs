namespace Classroom.Grains;

/// <summary>How students read an explanation: many stumble over the same sentence, some over another, fewer when it is explained again; a hand goes up.</summary>
internal static class ReadingCues
{
    // Three are the fewest that make a sentence as hot as it gets.
    private const int LostAtTheBoard = 4;

    public static IEnumerable<Cue> Of(Scene scene, IReadOnlyList<Pupil> pupils, Draw draw)
    {
        foreach (var (id, explanation) in scene.All<ExplanationEntity>().Where(e => e.Value.Preview is not true && e.Value.StepId == scene.Pace?.StepId))
        {
            // What a teacher rehearses for is on the board, whatever chance says.
            var shown = explanation.Of is null ? pupils.Where(p => !p.IsSlow && VariantOf(explanation, p) == explanation.BoardVariant).Take(LostAtTheBoard).ToHashSet() : [];
            foreach (var pupil in pupils)
            {
                var variant = VariantOf(explanation, pupil);
                foreach (var cue in Lost(scene, id, explanation, variant, pupil, shown.Contains(pupil), draw).Concat(Hands(id, explanation, pupil)))
                {
                    yield return cue;
                }
            }
        }

        foreach (var cue in Understood(scene, pupils, draw))
        {
            yield return cue;
        }
    }

    // Who came in after it was asked for reads with the board.
    private static string VariantOf(ExplanationEntity explanation, Pupil pupil)
    {
        var own = new Variant(pupil.Language, pupil.Level).ToString();
        return explanation.Variants.Any(v => v.Variant == own) ? own : explanation.BoardVariant;
    }

    private static IEnumerable<Cue> Lost(Scene scene, string id, ExplanationEntity explanation, string variant, Pupil pupil, bool isShown, Draw draw)
    {
        var share = pupil.Level switch { Level.Simple => 0.7, Level.Standard => 0.45, Level.Advanced => 0.25 };
        if (!isShown && !draw.Happens($"lost/{explanation.Number}/{pupil.Number}", explanation.Of is null ? share : share / 4))
        {
            yield break;
        }

        // The hard one is the same in every language, as the kit's sentences are.
        var hard = 1 + draw.Index($"hard/{explanation.Number}", 2);
        var sentence = isShown || draw.Happens($"same/{explanation.Number}/{pupil.Number}", 0.75) ? hard : draw.Index($"other/{explanation.Number}/{pupil.Number}", 4);
        var there = scene.Sentences(id, variant);
        sentence = scene.IsWhole(id, variant) ? Math.Min(sentence, there - 1) : sentence;
        if (sentence >= 0 && sentence < there)
        {
            yield return new Cue(
                $"lost/{id}/{pupil.Number}", pupil, $"sentence/{id}/{variant}/{sentence}", draw.Between($"lost-after/{explanation.Number}/{pupil.Number}", 1, 5),
                new PressConfusion(Guid.Parse(id), variant, sentence));
        }
    }

    private static IEnumerable<Cue> Hands(string id, ExplanationEntity explanation, Pupil pupil)
    {
        if (pupil.RaisesHand && explanation.Of is null)
        {
            var topic = explanation.Topic.In(pupil.Language);
            yield return new Cue(
                $"hand-up/{id}/{pupil.Number}", pupil, $"explained/{id}", TimeSpan.FromSeconds(12 + pupil.Number),
                new RaiseHand(topic.Length > HelpRules.MaxTopic ? topic[..HelpRules.MaxTopic] : topic));
            yield return new Cue($"hand-down/{id}/{pupil.Number}", pupil, $"explained/{id}", TimeSpan.FromSeconds(60 + pupil.Number), new LowerHand());
        }
    }

    // Explained again, and most take their press back.
    private static IEnumerable<Cue> Understood(Scene scene, IReadOnlyList<Pupil> pupils, Draw draw) =>
        from again in scene.All<ExplanationEntity>()
        where again.Value.Of is not null && again.Value.Preview is not true && again.Value.Status == ExplanationStatus.Finished
        let of = again.Value.Of!.Value.ToString()
        from spot in scene.One<HeatEntity>(of)?.Spots ?? []
        from pupil in pupils
        where spot.Who?.Contains(pupil.Id) == true && draw.Happens($"got-it/{again.Value.Number}/{pupil.Number}", 0.75)
        select new Cue(
            $"got-it/{again.Id}/{of}/{spot.Variant}/{spot.Sentence}/{pupil.Number}", pupil, $"again/{again.Id}", draw.Between($"got-it-after/{again.Value.Number}/{pupil.Number}", 2, 9),
            new ReleaseConfusion(Guid.Parse(of), spot.Variant, spot.Sentence));
}
