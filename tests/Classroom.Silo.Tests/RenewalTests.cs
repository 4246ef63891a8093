using System.Collections.Immutable;
using System.Text;
using Classroom.Silo.Realtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>A classroom and a centre forget a process that does not renew its subscription for 90 seconds, so it renews in time.</summary>
public sealed class RenewalTests : IAsyncDisposable
{
    private static readonly Guid Lesson = Guid.CreateVersion7();
    private static readonly Guid Centre = Guid.CreateVersion7();
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ManualTime _time = new();
    private readonly Subscriber<IClassroomObserver> _classroom;
    private readonly Subscriber<ICentreObserver> _centre;
    private readonly Audiences _audiences;
    private long _version = 1;

    public RenewalTests()
    {
        (_classroom, _centre) = (new(_time), new(_time));
        var classroom = Answering.With<IClassroomGrain>((method, args) => method switch
        {
            nameof(IClassroomGrain.Subscribe) => _classroom.Subscribe((IClassroomObserver)args![0]!, _version),
            nameof(IClassroomGrain.Sync) => Task.FromResult(new SyncResponse(null, 1, "[]"u8.ToArray(), [], "")),
            _ => Task.CompletedTask,
        });
        var centre = Answering.With<ICentreGrain>((method, args) => method == nameof(ICentreGrain.Watch)
            ? _centre.Subscribe((ICentreObserver)args![0]!, ImmutableArray<Tile>.Empty) : Task.CompletedTask);
        _audiences = LoneSilo.AudiencesOver(
            Answering.With<IGrainFactory>((method, args) => method != nameof(IGrainFactory.GetGrain) ? args![0] : Equals(args![0], Centre) ? centre : classroom), _time);
    }

    [Fact]
    public async Task After_five_minutes_a_command_still_reaches_the_screen_and_the_wall()
    {
        await using var board = new Browser(snapshot: 1);
        await using var wall = new Browser(snapshot: 1);
        await ComeInAsync(board, wall);

        for (var passed = TimeSpan.Zero; passed < TimeSpan.FromMinutes(5); passed += Renewal)
        {
            _time.Advance(Renewal);
            await RenewedAsync();
        }

        await _classroom.Reach(o => o.Announce(Lesson, [new PatchBatch(1, 2, null, new LessonPatch(1, 2, Encoding.UTF8.GetBytes("[]")), null, [], [], [], [], [], false)]));
        await board.ReadUntilAsync("Patch");
        await _centre.Reach(o => o.Tiles(Centre, []));
        // Each renewal sends the whole list, so that a wall heals; behind them comes the update. Without it this reads in vain and fails.
        var lists = 0;
        while (!(await wall.ReadUntilAsync("Tiles"))[^1].Contains("false", StringComparison.Ordinal))
        {
            lists++;
        }

        lists.ShouldBeGreaterThan(0, "a renewal is shown");
    }

    [Fact]
    public async Task What_is_only_on_its_way_when_a_lesson_is_renewed_is_not_missed()
    {
        await using var board = new Browser(snapshot: 1);
        await using var wall = new Browser(snapshot: 1);
        await ComeInAsync(board, wall);
        await board.ReadUntilAsync("Snapshot");
        // The classroom's answer overtakes the patch that it announced before.
        _version = 2;
        _time.Advance(Renewal);
        await RenewedAsync();
        await _classroom.Reach(o => o.Announce(Lesson, [Patch(1), new VersionNow(2)]));
        (await board.ReadUntilAsync("Patch")).ShouldAllBe(m => !m.Contains("Snapshot", StringComparison.Ordinal));

        // Said behind everything that came before, a later version is one that was missed.
        await _classroom.Reach(o => o.Announce(Lesson, [new VersionNow(3)]));
        await board.ReadUntilAsync("Snapshot");
        await _classroom.Reach(o => o.Announce(Lesson, [Patch(3)]));
        (await board.ReadUntilAsync("Patch")).ShouldAllBe(m => !m.Contains("Snapshot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_at_the_next_and_stops_no_other()
    {
        await using var board = new Browser(snapshot: 1);
        await using var wall = new Browser(snapshot: 1);
        await ComeInAsync(board, wall);
        (_classroom.Fails, _centre.Fails) = (true, true);
        _time.Advance(Renewal);
        await RenewedAsync();
        (_classroom.Fails, _centre.Fails) = (false, false);

        _time.Advance(Renewal);
        await RenewedAsync();
        _time.Advance(TimeSpan.FromSeconds(80));

        await _classroom.Reach(o => o.Announce(Lesson, [new SavingNow(true)]));
        await _centre.Reach(o => o.Tiles(Centre, []));
    }

    private static PatchBatch Patch(long after) =>
        new(after, after + 1, null, new LessonPatch(after, after + 1, Encoding.UTF8.GetBytes("[]")), null, [], [], [], [], [], false);

    public async ValueTask DisposeAsync()
    {
        await _audiences.StopAsync(CancellationToken.None);
        _audiences.Dispose();
    }

    private async Task ComeInAsync(Browser board, Browser wall)
    {
        await _audiences.StartAsync(CancellationToken.None);
        await _time.FirstTimer.WaitAsync(Patience);
        (await _audiences.SyncAsync(board.Connection, Lesson, Audience.Board, new Actor(Role.Board, Lesson), Lesson, 0)).Refusal.ShouldBeNull();
        await _audiences.WatchAsync(wall.Connection, Centre);
        await RenewedAsync();
        await wall.ReadUntilAsync("Tiles");
    }

    private async Task RenewedAsync()
    {
        (await _classroom.Asked.WaitAsync(Patience)).ShouldBeTrue("the classroom is asked again");
        (await _centre.Asked.WaitAsync(Patience)).ShouldBeTrue("the centre is asked again");
    }

    /// <summary>What a grain does about an observer: it reaches it until 90 seconds after the last subscription.</summary>
    private sealed class Subscriber<T>(ManualTime time) where T : class
    {
        private static readonly TimeSpan Lease = TimeSpan.FromSeconds(90);
        private T? _observer;
        private DateTimeOffset _until;

        public SemaphoreSlim Asked { get; } = new(0);

        public bool Fails { get; set; }

        public Task<TAnswer> Subscribe<TAnswer>(T observer, TAnswer answer)
        {
            Asked.Release();
            if (Fails)
            {
                return Task.FromException<TAnswer>(new TimeoutException());
            }

            (_observer, _until) = (observer, time.GetUtcNow() + Lease);
            return Task.FromResult(answer);
        }

        public Task Reach(Func<T, Task> announce)
        {
            time.GetUtcNow().ShouldBeLessThanOrEqualTo(_until, "the lease ran out");
            return announce(_observer!);
        }
    }
}
