using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>A rehearsal calls its scripted class in, and again while it runs: the one whose silo died comes back on another.</summary>
public sealed partial class ClassroomGrain
{
    private static readonly TimeSpan CallEvery = TimeSpan.FromSeconds(5);
    private IGrainTimer? _rehearsal;

    private Task PlayAsync()
    {
        _rehearsal ??= this.RegisterGrainTimer(
            static (self, _) => self.CallPupils(), this, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = CallEvery, Interleave = true });
        return Task.CompletedTask;
    }

    private Task CallPupils()
    {
        if (_state.IsLive)
        {
            var (plan, opened) = (_state.Plan, _state.Opened!);
            Begin(() => GrainFactory.GetGrain<IRehearsalGrain>(Id).Play(new RehearsalKit(plan.KitId, plan.KitHash, plan.LessonId, opened.Seed!.Value, plan.Minutes, opened.BoardLanguage)));
        }
        else
        {
            _rehearsal?.Dispose();
            _rehearsal = null;
        }

        return Task.CompletedTask;
    }
}
