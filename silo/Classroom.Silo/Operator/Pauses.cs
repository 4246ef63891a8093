using System.Collections.Concurrent;
using Classroom.Silo.Hosting;
using Classroom.Silo.Hosting.Telemetry;
using Classroom.Storage;
using Orleans.Runtime;

namespace Classroom.Silo.Operator;

/// <summary>
/// The promise to a school: in a lesson nobody waits longer than 3 s for the server. A pause is a longer wait of somebody who is in a classroom,
/// <list type="bullet">
/// <item>from the first arrival of a call at this process to its answer; tries of one command that were answered with <c>try-again</c> or
/// <c>not-saved</c> are one wait;</item>
/// <item>for a command that comes again from another process: as long as its browser says it has waited (by its own clock that runs, not the time of
/// day), if a silo of the cluster has gone, or this one has begun, within <see cref="AfterAnEnd"/>. Otherwise it was the browser's own network;</item>
/// <item>from sending an announcement to a process that shows the lesson until that process has passed it on.</item>
/// </list>
/// A lesson with a pause after its start is not steady. What each process sees it stores at once in the database that all share, and goes on trying while
/// that is away; the lessons themselves are counted in the log. What this cannot see: a wait that a killed process had not stored (a second's); people who
/// watch and sent nothing while their silo died; who gave up and left before a second try; a phone's network, and a proxy that stands still.
/// A child that lies about its wait can spoil the figure of its lesson for a minute after a silo went, and nothing else.
/// </summary>
public sealed class Pauses(PauseStore store, IClusterMembershipService members, IndexBuilder indexes, TimeProvider time, ILogger<Pauses> logger) : BackgroundService
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan AfterAnEnd = TimeSpan.FromMinutes(1);
    private const int MaxTries = 10_000;
    private static readonly TimeSpan StoreEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TryIsForgottenAfter = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<Guid, long> _tries = new();
    private readonly ConcurrentDictionary<Guid, (DateTimeOffset At, TimeSpan Waited)> _felt = new();
    private long _lastEnd = time.GetTimestamp();

    /// <summary>As last read; null before the first time.</summary>
    public SteadyShare? Day { get; private set; }

    public SteadyShare? Week { get; private set; }

    /// <summary>What has been felt and is not stored.</summary>
    public int Waiting => _felt.Count;

    /// <summary>A call of somebody in a classroom was answered.</summary>
    /// <param name="commandId">Of a command, or empty.</param>
    /// <param name="arrived">When this try came.</param>
    /// <param name="refusal">Its code, or null.</param>
    /// <param name="waited">What the browser says it has waited before this try, or null.</param>
    public void Answered(Guid classroomId, Guid commandId, long arrived, string? refusal, TimeSpan? waited)
    {
        var first = commandId != Guid.Empty && _tries.TryGetValue(commandId, out var known) ? known : arrived;
        if (commandId != Guid.Empty)
        {
            Note(commandId, first, refusal);
        }

        var now = time.GetTimestamp();
        var wait = time.GetElapsedTime(first, now);
        if (waited is { } before && time.GetElapsedTime(Volatile.Read(ref _lastEnd), now) < AfterAnEnd)
        {
            var all = before + time.GetElapsedTime(arrived, now);
            wait = all > wait ? all : wait;
        }

        Felt(classroomId, wait);
    }

    /// <summary>Somebody in this classroom has waited so long.</summary>
    public void Felt(Guid classroomId, TimeSpan waited)
    {
        if (waited > Limit)
        {
            Instruments.Pauses.Add(1);
            var at = time.GetUtcNow();
            _felt.AddOrUpdate(classroomId, (at, waited), (_, f) => (at, waited > f.Waited ? waited : f.Waited));
        }
    }

    /// <summary>A silo of the cluster has gone: who was there comes here now, and has waited.</summary>
    public void ProcessEnded() => Volatile.Write(ref _lastEnd, time.GetTimestamp());

    /// <summary>Stores what was felt. What cannot be stored is kept.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        foreach (var (classroom, pause) in _felt)
        {
            await store.AddAsync(classroom, pause.At, pause.Waited, cancellationToken);
            _felt.TryRemove(new(classroom, pause));
        }
    }

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        Day = await store.ShareAsync(now.AddDays(-1), cancellationToken);
        Week = await store.ShareAsync(now.AddDays(-7), cancellationToken);
        Record(Day, "day");
        Record(Week, "week");

        static void Record(SteadyShare share, string window)
        {
            if (share.Lessons > 0)
            {
                Instruments.Steady.Record(1 - ((double)share.Paused / share.Lessons), new KeyValuePair<string, object?>("window", window));
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(WatchMembersAsync(stoppingToken), StoreRegularlyAsync(stoppingToken));

    private async Task WatchMembersAsync(CancellationToken stop)
    {
        var before = members.CurrentSnapshot;
        await foreach (var now in members.MembershipUpdates.WithCancellation(stop))
        {
            if (now.Members.Values.Any(m => m.Status == SiloStatus.Dead && before.GetSiloStatus(m.SiloAddress) is not (SiloStatus.Dead or SiloStatus.None)))
            {
                ProcessEnded();
            }

            before = now;
        }
    }

    private async Task StoreRegularlyAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(StoreEvery, time);
        long? looked = null;
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                var news = !_felt.IsEmpty;
                await StoreAsync(stop);
                // Without the index every look would read the whole log.
                if (indexes.IsDone && (news || looked is null || time.GetElapsedTime(looked.Value) > LookEvery))
                {
                    await LookAsync(stop);
                    looked = time.GetTimestamp();
                }
            }
            catch (Exception e) when (e is System.Data.Common.DbException or IOException or TimeoutException)
            {
                logger.LogDebug(e, "Pauses of {Count} lessons are not stored yet", _felt.Count);
            }

            foreach (var (command, since) in _tries.Where(t => time.GetElapsedTime(t.Value) > TryIsForgottenAfter))
            {
                _tries.TryRemove(new(command, since));
            }
        }
    }

    // Refusals of the browser's hurry neither begin a wait nor end one.
    private void Note(Guid commandId, long first, string? refusal)
    {
        if (refusal is "try-again" or "not-saved")
        {
            if (_tries.Count < MaxTries)
            {
                _tries.TryAdd(commandId, first);
            }
        }
        else if (refusal is not ("too-fast" or "not-entered" or "device-waiting") && !_tries.IsEmpty)
        {
            _tries.TryRemove(commandId, out _);
        }
    }
}
