using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>How a classroom announces that it cannot be stored, and finds out that it can again.</summary>
public sealed partial class ClassroomGrain
{
    private IGrainTimer? _savingTimer;

    private Task AnnounceSavingAsync(bool works)
    {
        _savingTimer?.Dispose();
        // A probe of a database that does not answer takes long: it must not stand in the way of commands.
        _savingTimer = works ? null : this.RegisterGrainTimer(
            static (self, _) =>
            {
                self.Begin(self._saving.ProbeAsync);
                return Task.CompletedTask;
            },
            this, new GrainTimerCreationOptions { DueTime = SavingStatus.ProbeEvery, Period = SavingStatus.ProbeEvery });
        _observers.Announce(new SavingNow(works));
        return Task.CompletedTask;
    }
}
