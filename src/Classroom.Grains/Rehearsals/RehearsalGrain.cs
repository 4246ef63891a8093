using Classroom.Kits;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>
/// Plays the scripted class in a rehearsal: once a second it looks at what the lesson has published and sends what its students would do. Placed where its
/// classroom is. All that it knows is made anew from the lesson and its id.
/// </summary>
[PreferLocalPlacement]
public sealed class RehearsalGrain(IKits kits, ILocalSiloDetails silo, TimeProvider time, ILogger<RehearsalGrain> logger) : Grain, IRehearsalGrain
{
    /// <summary>Longer than a lesson of the kits: whoever has gone home left it running.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly string[] Passing = ["try-again", "not-saved", "too-fast"];
    private readonly Scene _scene = new();
    private RehearsalScript? _script;
    private IGrainTimer? _timer;
    private long _began;

    private IClassroomGrain Lesson => GrainFactory.GetGrain<IClassroomGrain>(this.GetPrimaryKey());

    private static Reader Eyes => new(Audience.Teacher, Actor.System, Guid.Empty);

    public async Task Play(RehearsalKit kit)
    {
        ArgumentNullException.ThrowIfNull(kit);
        if (_timer is not null)
        {
            return;
        }

        var lines = (await kits.FindAsync(kit.KitId, kit.KitHash, CancellationToken.None))?.Lessons.FirstOrDefault(l => l.Id == kit.LessonId);
        (_script, _began) = (new RehearsalScript(this.GetPrimaryKey(), lines), time.GetTimestamp());
        _timer = this.RegisterGrainTimer(static (self, _) => self.LookAsync(), this, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = Every });
    }

    private async Task LookAsync()
    {
        try
        {
            _scene.Take(await Lesson.Sync(new SyncRequest(Eyes.Audience, Eyes.By, Eyes.DeviceId, _scene.Seq)));
            if (_scene.Pace is not { Phase: LessonPhase.Live, StartedAt: { } started })
            {
                await LeaveAsync();
            }
            else if (time.GetUtcNow() - started > Lasts)
            {
                await Lesson.Execute(new Envelope(new Draw(this.GetPrimaryKey()).Id("end"), Actor.System, new EndLesson()), CancellationToken.None);
            }
            else
            {
                await ReadAsync();
                await ActAsync(time.GetElapsedTime(_began));
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A silo less, or a database: what was not done is due again.
            logger.LogWarning(e, "Rehearsal {Classroom}: the class could not act; it tries again", this.GetPrimaryKey());
        }
    }

    // How far the texts are that its students read.
    private async Task ReadAsync()
    {
        var read = from e in _scene.All<ExplanationEntity>()
                   where e.Value.StepId == _scene.Pace?.StepId
                   from v in e.Value.Variants
                   where v.Status == ExplanationStatus.Running || _scene.Sentences(e.Id, v.Variant) == 0
                   select (e.Id, v.Variant);
        foreach (var (id, variant) in read.ToList())
        {
            var text = await Lesson.ReadText(Eyes, Guid.Parse(id), variant, int.MaxValue);
            _scene.Has(id, variant, text.SentenceEnds.Length);
        }
    }

    private async Task ActAsync(TimeSpan at)
    {
        var online = _script!.Pupils.Where(p => p.IsOnline(at) && _scene.One<SeatEntity>(p.Id.ToString()) is not null).Select(p => p.Id);
        await Lesson.PresentPupils(silo.SiloAddress, [.. online]);
        var acts = _script.Due(_scene, at);
        for (var i = 0; i < acts.Count; i++)
        {
            try
            {
                var reply = await Lesson.Execute(acts[i].Envelope, CancellationToken.None);
                if (Passing.Contains(reply.Refusal?.Code))
                {
                    _script.Failed(acts[i]);
                }
            }
            catch
            {
                acts.Skip(i).ToList().ForEach(_script.Failed);
                throw;
            }
        }
    }

    private Task LeaveAsync()
    {
        _timer?.Dispose();
        _timer = null;
        DeactivateOnIdle();
        return Lesson.PresentPupils(silo.SiloAddress, []);
    }
}
