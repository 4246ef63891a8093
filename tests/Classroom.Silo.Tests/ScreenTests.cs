using System.Buffers;
using System.IO.Pipelines;
using System.Reflection;
using System.Text;
using Classroom.Silo.Realtime;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>One browser's outbound queue: bounded, never waited for, cut to a fresh snapshot when it falls behind.</summary>
public sealed class ScreenTests
{
    private static readonly Guid Lesson = Guid.CreateVersion7();

    [Fact]
    public async Task A_screen_that_stops_reading_is_cut_to_a_snapshot_and_buffers_no_more_than_its_ceiling()
    {
        await using var slow = new Browser(snapshot: 5000);
        var room = RoomOf(slow);
        const int Messages = 5000;
        const int UntilFull = 30;
        for (var i = 1; i <= UntilFull; i++)
        {
            room.Deliver(Frames(i));
        }

        await slow.IsFullAsync();
        for (var i = UntilFull + 1; i <= Messages; i++)
        {
            room.Deliver(Frames(i));
        }

        // Nobody read, and delivering never waited. Now it reads: what was on its way, then a snapshot that stands for all that was cut.
        var heard = await slow.ReadUntilAsync("Snapshot");
        heard.Count.ShouldBeLessThan(Screen.MaxQueuedBytes / 1000);
        heard[^1].ShouldContain("[5000,");
        heard.SkipLast(1).Select(SeqOf).ShouldBe(Enumerable.Range(1, heard.Count - 1).Select(i => (long)i), "in order, without a hole before the cut");
        slow.CatchUps.ShouldBe(1);

        room.Deliver(Frames(Messages + 1));
        SeqOf((await slow.ReadUntilAsync("Patch"))[^1]).ShouldBe(Messages + 1, "it goes on from there");
    }

    [Fact]
    public async Task Its_neighbours_hear_everything_while_it_hears_nothing()
    {
        await using var slow = new Browser(snapshot: 1000);
        await using var quick = new Browser(snapshot: 1000);
        var room = RoomOf(slow, quick);
        for (var i = 1; i <= 1000; i++)
        {
            room.Deliver(Frames(i));
            SeqOf((await quick.ReadUntilAsync("Patch")).Single()).ShouldBe(i);
        }

        quick.CatchUps.ShouldBe(0);
    }

    [Fact]
    public async Task What_arrives_while_a_snapshot_is_fetched_follows_it()
    {
        await using var browser = new Browser(snapshot: 1);
        var room = RoomOf(browser);
        browser.Screen.Hold();
        room.Deliver(Frames(2));
        browser.Screen.Release([Message.Snapshot(1, "[]"u8.ToArray())]);
        var heard = await browser.ReadUntilAsync("Patch");
        heard.Count.ShouldBe(2);
        heard[0].ShouldContain("Snapshot");
    }

    [Fact]
    public async Task What_the_start_already_holds_is_not_sent_again()
    {
        await using var browser = new Browser(snapshot: 1);
        var room = RoomOf(browser);
        browser.Screen.Hold();
        room.Deliver(Frames(2));
        room.Deliver(Frames(3));
        browser.Screen.Release([Message.Snapshot(2, "[]"u8.ToArray())], seq: 2);
        var heard = await browser.ReadUntilAsync("Patch");
        heard.Count.ShouldBe(2);
        SeqOf(heard[1]).ShouldBe(3);
    }

    [Fact]
    public async Task A_room_is_closed_only_while_nobody_is_in_it_and_takes_nobody_afterwards()
    {
        await using var browser = new Browser(snapshot: 1);
        var room = RoomOf(browser);
        room.TryClose().ShouldBeFalse();
        room.Remove(browser.Screen);
        room.TryClose().ShouldBeTrue();
        room.TryAdd(browser.Screen).ShouldBeFalse();
        room.Screens.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_many_missed_is_encoded_once_until_there_is_news()
    {
        await using var browser = new Browser(snapshot: 1);
        var (room, missed) = (RoomOf(browser), Frames(1).Board!);
        var message = room.Missed(missed);
        room.Missed(missed).ShouldBeSameAs(message);
        room.Missed(missed with { }).ShouldNotBeSameAs(message, "frames are told apart by what they are, not by what they hold");
        room.Deliver(Frames(2));
        room.Missed(missed).ShouldNotBeSameAs(message);
        Enumerable.Range(3, 1000).Select(i => room.Missed(Frames(i).Board!)).Select(m => m.Seq).ShouldBe(Enumerable.Range(3, 1000).Select(i => (long)i));
    }

    [Fact]
    public async Task A_class_that_comes_in_together_subscribes_once_and_a_refusal_is_not_shared()
    {
        var grain = DispatchProxy.Create<IClassroomGrain, CountingGrain>();
        var calls = (CountingGrain)(object)grain;
        var room = new Room(Lesson, grain);
        calls.Answer = new TimeoutException();
        await Should.ThrowAsync<TimeoutException>(() => room.SubscribeAsync(null!));
        calls.Answer = 7L;
        (await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => room.SubscribeAsync(null!)))).ShouldAllBe(version => version == 7);
        calls.Count.ShouldBe(2);
        calls.Answer = 8L;
        (await room.SubscribeAsync(null!, anew: true)).ShouldBe(8);
        calls.Count.ShouldBe(3);
        room.Last.ShouldBe(7, "what came between the first subscription and the next was not heard here");
    }

    [Fact]
    public async Task A_room_that_was_told_nothing_yet_starts_at_its_first_subscription_and_notices_what_it_missed_since()
    {
        var grain = DispatchProxy.Create<IClassroomGrain, CountingGrain>();
        ((CountingGrain)(object)grain).Answer = 7L;
        var room = new Room(Lesson, grain);
        room.Last.ShouldBe(-1);
        await room.SubscribeAsync(null!);
        room.Last.ShouldBe(7);
        room.Deliver(Frames(8)).ShouldBeTrue();
        room.Deliver(Frames(10)).ShouldBeFalse("9 was never delivered");
        room.Last.ShouldBe(10);

        var early = new Room(Lesson, grain);
        early.Deliver(Frames(9)).ShouldBeTrue("announced before the subscription's own answer came");
        await early.SubscribeAsync(null!);
        early.Last.ShouldBe(9);
    }

    [Theory]
    [InlineData(7L, 7L, 1)]
    [InlineData(7L, 8L, 2)]
    [InlineData(0L, 8L, 2)]
    public async Task A_renewal_finds_out_that_the_classroom_forgot_this_process_even_if_it_was_told_nothing_before(long then, long now, int entered)
    {
        await using var browser = new Browser(snapshot: 1);
        var grain = DispatchProxy.Create<IClassroomGrain, CountingGrain>();
        var calls = (CountingGrain)(object)grain;
        calls.Answer = then;
        using var broadcaster = new Broadcaster(
            Answering.With<IGrainFactory>((method, args) => method == nameof(IGrainFactory.GetGrain) ? grain : args![0]),
            Answering.With<IHostApplicationLifetime>((_, _) => CancellationToken.None),
            NullLogger<Broadcaster>.Instance);
        (await broadcaster.SyncAsync(browser.Screen, Lesson, Audience.Board, new Actor(Role.Board, Lesson), Lesson, 0)).Refusal.ShouldBeNull();
        (await browser.ReadUntilAsync("Snapshot"))[^1].ShouldContain($"[{then},");

        // What was announced meanwhile did not come here.
        calls.Answer = now;
        await broadcaster.Gone(Lesson);

        calls.Entered.ShouldBe(entered);
        if (entered > 1)
        {
            (await browser.ReadUntilAsync("Snapshot"))[^1].ShouldContain($"[{now},");
        }
    }

    private static Room RoomOf(params Browser[] browsers)
    {
        var room = new Room(Lesson, null!);
        foreach (var browser in browsers)
        {
            browser.Screen.Audience = Audience.Board;
            room.TryAdd(browser.Screen).ShouldBeTrue();
        }

        return room;
    }

    private static PatchBatch Frames(long seq) => new(
        Lesson, seq - 1, seq, null, new Frame(seq - 1, seq, Encoding.UTF8.GetBytes($"[\"{new string('x', 1000)}\"]")), null, [], [], [], []);

    private static long SeqOf(string message) =>
        System.Text.Json.Nodes.JsonNode.Parse(message)!["arguments"]![1]!.GetValue<long>();

    /// <summary>A classroom at a version, which counts who subscribes and who comes in.</summary>
    public class CountingGrain : DispatchProxy
    {
        public int Count { get; private set; }

        public int Entered { get; private set; }

        public object Answer { get; set; } = 0L;

        protected override object Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            switch (targetMethod!.Name)
            {
                case nameof(IClassroomGrain.Enter):
                    Entered++;
                    return Task.FromResult(new SyncResponse(null, (long)Answer, "[]"u8.ToArray(), [], ""));
                case nameof(IClassroomGrain.Present):
                    return Task.CompletedTask;
                default:
                    Count++;
                    return Answer is Exception e ? Task.FromException<long>(e) : Task.FromResult((long)Answer);
            }
        }
    }

    /// <summary>Stands for a service of which a test needs one answer.</summary>
    public class Answering : DispatchProxy
    {
        private Func<string, object?[]?, object?> _answer = null!;

        public static T With<T>(Func<string, object?[]?, object?> answer)
            where T : class
        {
            var proxy = Create<T, Answering>();
            ((Answering)(object)proxy)._answer = answer;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _answer(targetMethod!.Name, args);
    }

    /// <summary>A real SignalR connection over a pipe of 16 KiB that only the test reads.</summary>
    private sealed class Browser : IAsyncDisposable
    {
        private const int PipeBytes = 16 * 1024;
        private readonly Pipe _toBrowser = new(new PipeOptions(pauseWriterThreshold: PipeBytes, resumeWriterThreshold: PipeBytes / 2));
        private readonly Pipe _toServer = new();
        private readonly Queue<string> _read = new();
        private readonly NoticingWriter _out;
        private readonly DefaultConnectionContext _connection;

        public Browser(long snapshot)
        {
            _out = new NoticingWriter(_toBrowser.Writer);
            _connection = new DefaultConnectionContext(
                Guid.NewGuid().ToString(), new Duplex(_toServer.Reader, _out), new Duplex(_toBrowser.Reader, _toServer.Writer));
            var hub = new HubConnectionContext(_connection, new HubConnectionContextOptions(), NullLoggerFactory.Instance) { Protocol = new JsonHubProtocol() };
            Screen = new Screen(hub, screen =>
            {
                CatchUps++;
                screen.Release([Message.Snapshot(snapshot, "[]"u8.ToArray())]);
                return Task.CompletedTask;
            }, NullLogger.Instance);
        }

        public Screen Screen { get; }

        public int CatchUps { get; private set; }

        /// <summary>Ends when the connection takes no more until somebody reads.</summary>
        public Task IsFullAsync() => _out.Full.WaitAsync(TimeSpan.FromSeconds(30));

        /// <summary>Reads messages until one calls <paramref name="target"/>; returns all that were read, that one last.</summary>
        public async Task<List<string>> ReadUntilAsync(string target)
        {
            var heard = new List<string>();
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (true)
            {
                while (_read.TryDequeue(out var message))
                {
                    heard.Add(message);
                    if (message.Contains($"\"target\":\"{target}\"", StringComparison.Ordinal))
                    {
                        return heard;
                    }
                }

                var result = await _toBrowser.Reader.ReadAsync(patience.Token);
                var rest = result.Buffer;
                while (rest.PositionOf((byte)0x1e) is { } end)
                {
                    _read.Enqueue(Encoding.UTF8.GetString(rest.Slice(0, end)));
                    rest = rest.Slice(rest.GetPosition(1, end));
                }

                _toBrowser.Reader.AdvanceTo(rest.Start, rest.End);
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _toBrowser.Reader.CompleteAsync();
            await _toServer.Writer.CompleteAsync();
            await _connection.DisposeAsync();
        }

        /// <summary>Notices that a write has to wait; looking into the pipe would itself make room.</summary>
        private sealed class NoticingWriter(PipeWriter inner) : PipeWriter
        {
            private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);

            public Task Full => _full.Task;

            public override void Advance(int bytes) => inner.Advance(bytes);

            public override void CancelPendingFlush() => inner.CancelPendingFlush();

            public override void Complete(Exception? exception = null) => inner.Complete(exception);

            public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

            public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

            public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => EntityChange(inner.FlushAsync(cancellationToken));

            public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
                EntityChange(inner.WriteAsync(source, cancellationToken));

            private ValueTask<FlushResult> EntityChange(ValueTask<FlushResult> flush)
            {
                if (!flush.IsCompleted)
                {
                    _full.TrySetResult();
                }

                return flush;
            }
        }

        private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
    }
}
