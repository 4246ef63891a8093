using Classroom.Kits;

namespace Classroom.Grains;

/// <summary>How students talk in a discussion: some have an idea, others echo the ideas that they see.</summary>
internal static class TalkCues
{
    public static IEnumerable<Cue> Of(Scene scene, IReadOnlyList<Pupil> pupils, Draw draw, KitStep? step) =>
        scene.Pace?.StepId is { } id && scene.One<PromptEntity>(id) is { } prompt
            ? Ideas(id, prompt, pupils.Where(p => TeamOf(scene, p) is not null), draw, step).Concat(Echoes(scene, id, pupils, draw)) : [];

    private static int? TeamOf(Scene scene, Pupil pupil) => scene.One<SeatEntity>(pupil.Id.ToString())?.Team;

    private static IEnumerable<Cue> Ideas(string stepId, PromptEntity prompt, IEnumerable<Pupil> pupils, Draw draw, KitStep? step)
    {
        var ideas = step?.Samples.Ideas.GetValueOrDefault(prompt.Prompt.Id) ?? [];
        return from pupil in pupils
               where pupil.Rank < ideas.Count
               let key = $"idea/{stepId}/{prompt.Prompt.Id}/{pupil.Number}"
               select new Cue(key, pupil, $"prompt/{stepId}/{prompt.Prompt.Id}", draw.Between($"{key}/after", 5, 35), new Contribute(draw.Id($"{key}/id"), stepId, ideas[pupil.Rank].In(pupil.Language)));
    }

    private static IEnumerable<Cue> Echoes(Scene scene, string stepId, IReadOnlyList<Pupil> pupils, Draw draw) =>
        from idea in scene.All<ContributionEntity>()
        where idea.Value.StepId == stepId && !idea.Value.Hidden
        from pupil in pupils
        where idea.Value.StudentId != pupil.Id && (idea.Value.Shared || (idea.Value.Team == TeamOf(scene, pupil) && idea.Value.Doubted is not true))
        let key = $"echo/{idea.Id}/{pupil.Number}"
        where draw.Happens(key, 0.3)
        select new Cue(key, pupil, $"idea/{idea.Id}/{(idea.Value.Shared ? "all" : "team")}", draw.Between($"{key}/after", 3, 20), new Upvote(Guid.Parse(idea.Id), true));
}
