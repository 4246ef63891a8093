using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>What happens in a lesson because time passes: a face expires, a tile is renewed on the mentors' wall.</summary>
public sealed partial class ClassroomGrain
{
    private static readonly TimeSpan TileEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TileRenewed = TimeSpan.FromSeconds(10);
    private IGrainTimer? _tempoTimer;
    private IGrainTimer? _tileTimer;
    private DateTimeOffset? _tempoExpiry;
    private bool _tileDue;
    private long _tileAt;

    // The earliest of what was asked for: a later face must not keep an earlier one.
    private Task ExpireTempoAtAsync(DateTimeOffset at)
    {
        if (_tempoExpiry <= at)
        {
            return Task.CompletedTask;
        }

        _tempoExpiry = at;
        var due = at - time.GetUtcNow();
        var options = new GrainTimerCreationOptions { DueTime = due > TimeSpan.Zero ? due : TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan };
        _tempoTimer ??= this.RegisterGrainTimer(
            static (self, cancellation) => self.ExpireTempoAsync(cancellation), this, options);
        _tempoTimer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
        return Task.CompletedTask;
    }

    private async Task ExpireTempoAsync(CancellationToken cancellationToken)
    {
        _tempoExpiry = null;
        await Execute(new Envelope(Guid.CreateVersion7(), Actor.System, new ExpireTempo()), cancellationToken);
        if (_state.Seats.Values.Min(s => s.TempoAt) is { } next)
        {
            // A face that is overdue was not stored as expired: the database is away, and is given time.
            var (due, soonest) = (next + TempoRules.Window, time.GetUtcNow() + EffectRetry);
            Begin(() => ExpireTempoAtAsync(due > soonest ? due : soonest));
        }
    }

    // A lesson reports its tile to the mentors' wall at most once a second.
    private void TileChanged()
    {
        if (_state.Opened?.CentreId is null)
        {
            return;
        }

        _tileDue = true;
        _tileTimer ??= this.RegisterGrainTimer(
            static (self, _) => self.ReportTileAsync(), this,
            new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = TileEvery, Interleave = true });
    }

    // The wall lives in memory: one that was lost with its silo knows again what is told next. So a tile is renewed also in the lobby, and one that did
    // not arrive is told again. Idle students, too, appear by the mere passing of time. A wall that does not answer holds up no command: this interleaves.
    private async Task ReportTileAsync()
    {
        if (_state.Opened?.CentreId is not { } centre || !(_tileDue || (_state.Phase != LessonPhase.Ended && time.GetElapsedTime(_tileAt) >= TileRenewed)))
        {
            return;
        }

        (_tileDue, _tileAt) = (false, time.GetTimestamp());
        try
        {
            await GrainFactory.GetGrain<ICentreGrain>(centre).Report(Tiles.Of(_state, Id, time.GetUtcNow()));
        }
        catch (Exception e) when (e is TimeoutException or OrleansException)
        {
            _tileDue = true;
            logger.LogWarning(e, "Lesson {Classroom}: its centre was not told how it stands; it is told again", Id);
        }
    }
}
