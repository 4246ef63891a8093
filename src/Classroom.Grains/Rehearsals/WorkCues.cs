using Classroom.Kits;

namespace Classroom.Grains;

/// <summary>How students work on a task: drafts that grow, works of different quality that are handed in, some that are not; a reply to feedback.</summary>
internal static class WorkCues
{
    private static readonly Trilingual Own = new("Өзім ойлап, өзім жаздым.", "Придумано и написано самостоятельно.", "My own idea, in my own words.");
    private static readonly Trilingual Reflection = new("Ең қиыны бастау болды.", "Труднее всего было начать.", "The hardest part was to begin.");
    private static readonly Trilingual Source = new("Оқулық", "Учебник", "The textbook");
    private static readonly ImmutableArray<Trilingual> Replies =
    [
        new("Рақмет, түзетіп көремін.", "Спасибо, попробую исправить.", "Thank you, I will try to improve it."),
        new("Бір мысал қоссам жете ме?", "Достаточно добавить один пример?", "Is it enough to add one example?"),
        new("Енді түсіндім.", "Теперь понятно.", "Now I understand."),
    ];

    public static IEnumerable<Cue> Of(Scene scene, IReadOnlyList<Pupil> pupils, Draw draw, KitStep? step) => Replied(scene, pupils, draw).Concat(
        step is { Plan.Task: { } task, Samples.Works: { Count: > 0 } works } ? pupils.SelectMany(p => Work(scene, step.Id, task, works, p, draw)) : []);

    private static IEnumerable<Cue> Work(Scene scene, string stepId, TaskPlan task, IReadOnlyList<SampleWork> works, Pupil pupil, Draw draw)
    {
        var (occasion, key) = ($"task/{stepId}", $"work/{stepId}/{pupil.Number}");
        // Two who speak one language never hand in the same: the others have not finished when time is up.
        var (sample, finishes) = (works[pupil.Rank % works.Count], pupil.Rank < works.Count);
        var text = sample.Text.In(pupil.Language);
        var begun = draw.Between($"{key}/begun", 4, 16);
        yield return new Cue($"{key}/begun", pupil, occasion, begun, Draft(Half(text)));
        if (pupil.RaisesHand)
        {
            yield return new Cue($"{key}/time", pupil, occasion, TimeSpan.FromSeconds(40), new AskForMoreTime());
        }

        if (!finishes || scene.One<WorkEntity>($"{pupil.Id}/{stepId}") is not { } work)
        {
            yield break;
        }

        var written = begun + draw.Between($"{key}/written", 10, 30);
        yield return new Cue($"{key}/written", pupil, occasion, written, Draft(text));
        if (work.Words >= WorkRules.Words(text))
        {
            yield return new Cue($"{key}/handed-in", pupil, occasion, written + draw.Between($"{key}/handed-in", 3, 25), new HandIn(stepId));
        }

        SaveDraft Draft(string words) => new(
            stepId, words, Own.In(pupil.Language), task.AsksReflection ? (sample.Reflection ?? Reflection).In(pupil.Language) : "",
            task.AsksSources ? [(sample.Source ?? Source).In(pupil.Language)] : []);
    }

    private static string Half(string text)
    {
        var words = text.Split(' ');
        return string.Join(' ', words.Take((words.Length + 1) / 2));
    }

    private static IEnumerable<Cue> Replied(Scene scene, IReadOnlyList<Pupil> pupils, Draw draw) =>
        from feedback in scene.All<FeedbackEntity>()
        where feedback.Value.Status == FeedbackStatus.Released && feedback.Value.Reply is null
        from pupil in pupils
        where pupil.Id == feedback.Value.StudentId && draw.Happens($"reply/{pupil.Number}", 0.8)
        select new Cue(
            $"reply/{feedback.Id}", pupil, $"feedback/{feedback.Id}", draw.Between($"reply-after/{pupil.Number}", 5, 12),
            new ReplyToFeedback(Guid.Parse(feedback.Id), Replies[pupil.Number % Replies.Length].In(pupil.Language)));
}
