using Classroom.Kits;
using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>
/// Plays the scripted class in a rehearsal: once a second it looks at what the lesson has published and sends what its students would do. Placed where its
/// classroom is. All that it knows is made anew from the lesson and its seed.
/// </summary>
[PreferLocalPlacement]
public sealed class RehearsalGrain(IKits kits, ILocalSiloDetails silo, TimeProvider time, ILogger<RehearsalGrain> logger) : Grain, IRehearsalGrain
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly string[] Passing = ["try-again", "not-saved", "too-fast"];
    private readonly Scene _scene = new();
    private RehearsalKit _kit = null!;
    private RehearsalScript? _script;
    private IGrainTimer? _timer;
    private long _began;

    private IClassroomGrain Lesson => GrainFactory.GetGrain<IClassroomGrain>(this.GetPrimaryKey());

    private static Reader Eyes => new(Audience.Teacher, Actor.System, Guid.Empty);

    // Whoever has gone home left it running.
    private TimeSpan Lasts => TimeSpan.FromMinutes(Math.Max(60, _kit.Minutes + 20));

    public Task Play(RehearsalKit kit)
    {
        _kit = kit;
        _timer ??= this.RegisterGrainTimer(static (self, _) => self.LookAsync(), this, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = Every });
        return Task.CompletedTask;
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
                Refused("end", await Lesson.Execute(new Envelope(Guid.CreateVersion7(), Actor.System, new EndLesson()), CancellationToken.None));
            }
            else
            {
                _script ??= await LearnAsync();
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

    private async Task<RehearsalScript> LearnAsync()
    {
        var lines = (await kits.FindAsync(_kit.KitId, _kit.KitHash, CancellationToken.None))?.Lessons.FirstOrDefault(l => l.Id == _kit.LessonId);
        _began = time.GetTimestamp();
        return new RehearsalScript(_kit.Seed, lines, _kit.Board);
    }

    // How far the texts are that its students read.
    private async Task ReadAsync()
    {
        var read = from e in _scene.All<ExplanationEntity>()
                   where e.Value.StepId == _scene.Pace?.StepId
                   from v in e.Value.Variants
                   where !_scene.IsWhole(e.Id, v.Variant)
                   select (e.Id, v.Variant, v.Status != ExplanationStatus.Running);
        foreach (var (id, variant, isWhole) in read.ToList())
        {
            var text = await Lesson.ReadText(Eyes, Guid.Parse(id), variant, int.MaxValue);
            _scene.Has(id, variant, text.SentenceEnds.Length, isWhole);
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
                if (Refused(acts[i].Key, reply) && Passing.Contains(reply.Refusal?.Code))
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

    // A question that has closed meanwhile is no news; an id that somebody else used is.
    private bool Refused(string act, Reply reply)
    {
        if (reply.Refusal is { } refusal)
        {
            logger.Log(refusal.Code == "bad-id" ? LogLevel.Warning : LogLevel.Information, "Rehearsal {Classroom}: {Act} was refused: {Code}", this.GetPrimaryKey(), act, refusal.Code);
        }

        return reply.Refusal is not null;
    }

    private Task LeaveAsync()
    {
        _timer?.Dispose();
        _timer = null;
        DeactivateOnIdle();
        return Lesson.PresentPupils(silo.SiloAddress, []);
    }
}
