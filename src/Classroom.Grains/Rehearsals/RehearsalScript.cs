using Classroom.Kits;

namespace Classroom.Grains;

/// <summary>
/// What a scripted class does in a lesson: from what is to be seen and how long it is there follow the commands of its students, as browsers would send them. No
/// clock, no chance, no I/O: the same seed, scenes and times give the same acts. Used by rehearsals; a load scenario may play it too.
/// </summary>
/// <param name="kit">Where the lines are from; null where the kit is not to be had, and little is said then.</param>
/// <param name="board">The language in which the lesson was opened.</param>
public sealed class RehearsalScript(Guid seed, KitLesson? kit, Language board)
{
    private readonly Dictionary<string, TimeSpan> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly Draw _draw = new(seed);

    public ImmutableArray<Pupil> Pupils { get; } = ScriptedClass.Of(new Draw(seed), board);

    /// <summary>What is to be done now. Each act is given once, unless it <see cref="Failed"/>.</summary>
    /// <param name="at">Since the class came in; never less than the last time.</param>
    public IReadOnlyList<Act> Due(Scene scene, TimeSpan at)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var due = new List<Act>();
        foreach (var cue in Cues(scene).Where(c => c.By.Does(c.Command)))
        {
            _seen.TryAdd(cue.Occasion, at);
            if (at >= _seen[cue.Occasion] + cue.After + cue.By.Delay && cue.By.IsOnline(at) && _given.Add(cue.Key))
            {
                due.Add(new Act(cue.Key, cue.By, _draw.Id(cue.Key), cue.Command));
            }
        }

        return due;
    }

    /// <summary>The lesson has not heard of it: it is due again.</summary>
    public void Failed(Act act)
    {
        ArgumentNullException.ThrowIfNull(act);
        _given.Remove(act.Key);
    }

    private IEnumerable<Cue> Cues(Scene scene)
    {
        foreach (var p in Pupils.Where(p => scene.One<SeatEntity>(p.Id.ToString()) is null))
        {
            yield return new Cue($"join/{p.Number}", p, "class", TimeSpan.FromSeconds(0.15 * p.Number), new TakeSeat(p.Nickname, p.Language, p.Level, p.DeviceId, true, p.BrowserId, Room: p.Room));
        }

        var there = Pupils.Where(p => !p.IsSilent && scene.One<SeatEntity>(p.Id.ToString()) is not null).ToList();
        var step = kit?.Steps.FirstOrDefault(s => s.Id == scene.Pace?.StepId);
        foreach (var cue in ReadingCues.Of(scene, there, _draw)
            .Concat(AnswerCues.Of(scene, there, _draw, kit)).Concat(TalkCues.Of(scene, there, _draw, step)).Concat(WorkCues.Of(scene, there, _draw, step)))
        {
            yield return cue;
        }
    }
}
