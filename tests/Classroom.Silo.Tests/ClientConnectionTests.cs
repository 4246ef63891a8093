using System.Reflection;
using System.Text;
using Classroom.Silo.Realtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>One browser's outbound queue: bounded, never waited for, cut to a fresh snapshot when it falls behind.</summary>
public sealed class ClientConnectionTests
{
    private static readonly Guid Lesson = Guid.CreateVersion7();

    [Fact]
    public async Task A_screen_that_stops_reading_is_cut_to_a_snapshot_and_buffers_no_more_than_its_ceiling()
    {
        await using var slow = new Browser(snapshot: 5000);
        var audience = AudienceOf(slow);
        const int Messages = 5000;
        const int UntilFull = 30;
        for (var i = 1; i <= UntilFull; i++)
        {
            audience.Deliver(Batch(i));
        }

        await slow.IsFullAsync();
        for (var i = UntilFull + 1; i <= Messages; i++)
        {
            audience.Deliver(Batch(i));
        }

        // Nobody read, and delivering never waited. Now it reads: what was on its way, then a snapshot that stands for all that was cut.
        var received = await slow.ReadUntilAsync("Snapshot");
        received.Count.ShouldBeLessThan(ClientConnection.MaxQueuedBytes / 1000);
        received[^1].ShouldContain("[5000,");
        received.SkipLast(1).Select(SeqOf).ShouldBe(Enumerable.Range(1, received.Count - 1).Select(i => (long)i), "in order, without a hole before the cut");
        slow.CatchUps.ShouldBe(1);

        audience.Deliver(Batch(Messages + 1));
        SeqOf((await slow.ReadUntilAsync("Patch"))[^1]).ShouldBe(Messages + 1, "it goes on from there");
    }

    [Fact]
    public async Task Its_neighbours_hear_everything_while_it_hears_nothing()
    {
        await using var slow = new Browser(snapshot: 1000);
        await using var quick = new Browser(snapshot: 1000);
        var audience = AudienceOf(slow, quick);
        for (var i = 1; i <= 1000; i++)
        {
            audience.Deliver(Batch(i));
            SeqOf((await quick.ReadUntilAsync("Patch")).Single()).ShouldBe(i);
        }

        quick.CatchUps.ShouldBe(0);
    }

    [Fact]
    public async Task What_arrives_while_a_snapshot_is_fetched_follows_it()
    {
        await using var browser = new Browser(snapshot: 1);
        var audience = AudienceOf(browser);
        var hold = browser.Connection.Hold();
        audience.Deliver(Batch(2));
        browser.Connection.Release(hold, [OutboundMessage.Snapshot(1, "[]"u8.ToArray())]);
        var received = await browser.ReadUntilAsync("Patch");
        received.Count.ShouldBe(2);
        received[0].ShouldContain("Snapshot");
    }

    [Fact]
    public async Task What_waits_for_a_start_is_bounded_and_one_that_lost_some_starts_once_more()
    {
        await using var browser = new Browser(snapshot: 2000);
        var audience = AudienceOf(browser);
        var hold = browser.Connection.Hold();
        for (var i = 2; i < 1000; i++)
        {
            audience.Deliver(Batch(i));
        }

        browser.Connection.Release(hold, [OutboundMessage.Snapshot(1, "[]"u8.ToArray())], seq: 1).ShouldBeTrue();
        (await browser.ReadUntilAsync("Snapshot"))[^1].ShouldContain("[1,");
        var received = await browser.ReadUntilAsync("Snapshot");
        received[^1].ShouldContain("[2000,");
        received.Count.ShouldBe(1, "nothing of what has a hole");
        browser.CatchUps.ShouldBe(1);
    }

    [Fact]
    public async Task Only_the_newest_start_is_sent_and_nothing_that_waited_for_a_start_of_another_classroom()
    {
        await using var browser = new Browser(snapshot: 1);
        var audience = AudienceOf(browser);
        var elsewhere = browser.Connection.Hold();
        audience.Deliver(Batch(2));
        var here = browser.Connection.Hold(anew: true);
        browser.Connection.Discard(elsewhere).ShouldBeFalse();
        browser.Connection.Release(elsewhere, [OutboundMessage.Snapshot(1, "[]"u8.ToArray())], seq: 1).ShouldBeFalse();
        audience.Deliver(Batch(7));
        browser.Connection.Release(here, [OutboundMessage.Snapshot(6, "[]"u8.ToArray())], seq: 6).ShouldBeTrue();
        var received = await browser.ReadUntilAsync("Patch");
        received.Count.ShouldBe(2);
        received[0].ShouldContain("[6,");
        SeqOf(received[1]).ShouldBe(7);
    }

    [Fact]
    public async Task A_browser_reads_only_so_many_explanations_at_once()
    {
        await using var browser = new Browser(snapshot: 1);
        var chunk = new TextChunk(Guid.NewGuid(), 1, "kk-simple", 1, 0, "Бір.", [4], false);
        browser.Connection.Audience = Audience.Student(Guid.NewGuid());
        browser.Connection.Read(chunk.ExplanationId, "kk-simple");
        browser.Connection.Reads(chunk).ShouldBeTrue();
        for (var i = 0; i < 1000; i++)
        {
            browser.Connection.Read(Guid.NewGuid(), "kk-simple");
        }

        browser.Connection.Reads(chunk).ShouldBeFalse("what was asked long ago is forgotten");
    }

    [Fact]
    public async Task What_the_start_already_holds_is_not_sent_again()
    {
        await using var browser = new Browser(snapshot: 1);
        var audience = AudienceOf(browser);
        var hold = browser.Connection.Hold();
        audience.Deliver(Batch(2));
        audience.Deliver(Batch(3));
        browser.Connection.Release(hold, [OutboundMessage.Snapshot(2, "[]"u8.ToArray())], seq: 2);
        var received = await browser.ReadUntilAsync("Patch");
        received.Count.ShouldBe(2);
        SeqOf(received[1]).ShouldBe(3);
    }

    [Fact]
    public async Task A_room_is_closed_only_while_nobody_is_in_it_and_takes_nobody_afterwards()
    {
        await using var browser = new Browser(snapshot: 1);
        var audience = AudienceOf(browser);
        audience.TryClose().ShouldBeFalse();
        audience.Remove(browser.Connection);
        audience.TryClose().ShouldBeTrue();
        audience.TryAdd(browser.Connection).ShouldBeFalse();
        audience.Connections.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_many_missed_is_encoded_once_until_there_is_news()
    {
        await using var browser = new Browser(snapshot: 1);
        var (audience, missed) = (AudienceOf(browser), Batch(1).Board!);
        var message = audience.Missed(missed);
        audience.Missed(missed).ShouldBeSameAs(message);
        audience.Missed(missed with { }).ShouldNotBeSameAs(message, "frames are told apart by what they are, not by what they hold");
        audience.Deliver(Batch(2));
        audience.Missed(missed).ShouldNotBeSameAs(message);
        Enumerable.Range(3, 1000).Select(i => audience.Missed(Batch(i).Board!)).Select(m => m.Seq).ShouldBe(Enumerable.Range(3, 1000).Select(i => (long)i));
    }

    [Fact]
    public async Task A_class_that_comes_in_together_subscribes_once_and_a_refusal_is_not_shared()
    {
        var grain = DispatchProxy.Create<IClassroomGrain, CountingGrain>();
        var calls = (CountingGrain)(object)grain;
        var audience = new ClassroomAudience(Lesson, grain, TimeProvider.System);
        calls.Answer = new TimeoutException();
        await Should.ThrowAsync<TimeoutException>(() => audience.SubscribeAsync(null!));
        calls.Answer = 7L;
        (await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => audience.SubscribeAsync(null!)))).ShouldAllBe(version => version == 7);
        calls.Count.ShouldBe(2);
        calls.Answer = 8L;
        (await audience.SubscribeAsync(null!, anew: true)).ShouldBe(8);
        calls.Count.ShouldBe(3);
        audience.Last.ShouldBe(7, "what came between the first subscription and the next was not received here");
    }

    [Fact]
    public async Task A_room_that_was_told_nothing_yet_starts_at_its_first_subscription_and_notices_what_it_missed_since()
    {
        var grain = DispatchProxy.Create<IClassroomGrain, CountingGrain>();
        ((CountingGrain)(object)grain).Answer = 7L;
        var audience = new ClassroomAudience(Lesson, grain, TimeProvider.System);
        audience.Last.ShouldBe(-1);
        await audience.SubscribeAsync(null!);
        audience.Last.ShouldBe(7);
        audience.Deliver(Batch(8)).ShouldBeTrue();
        audience.Deliver(Batch(10)).ShouldBeFalse("9 was never delivered");
        audience.Last.ShouldBe(10);

        var early = new ClassroomAudience(Lesson, grain, TimeProvider.System);
        early.Deliver(Batch(9)).ShouldBeTrue("announced before the subscription's own answer came");
        await early.SubscribeAsync(null!);
        early.Last.ShouldBe(9);
    }

    [Fact]
    public async Task A_removed_student_and_a_replaced_device_hear_why_and_nothing_afterwards()
    {
        await using var removed = new Browser(snapshot: 1);
        await using var replaced = new Browser(snapshot: 1);
        await using var staying = new Browser(snapshot: 1);
        var audience = new ClassroomAudience(Lesson, null!, TimeProvider.System);
        Guid device = Guid.CreateVersion7(), student = Guid.CreateVersion7(), gone = Guid.CreateVersion7();
        foreach (var (browser, id) in new[] { (removed, gone), (replaced, student), (staying, student) })
        {
            (browser.Connection.Audience, browser.Connection.Classroom) = (Audience.Student(id), audience);
            audience.TryAdd(browser.Connection).ShouldBeTrue();
        }

        staying.Connection.DeviceId = device;
        audience.Deliver(Shared(1) with { Removed = [gone], Devices = [new StudentDevice(student, device)] });
        audience.Deliver(Shared(2));

        SeqOf((await staying.ReadUntilAsync("Patch"))[^1]).ShouldBe(1);
        SeqOf((await staying.ReadUntilAsync("Patch"))[^1]).ShouldBe(2);
        (await removed.ReadUntilAsync("Closed"))[^1].ShouldContain("removed");
        (await replaced.ReadUntilAsync("Closed"))[^1].ShouldContain("replaced");
        audience.Connections.ShouldBe([staying.Connection]);
        (removed.Connection.Classroom, replaced.Connection.Classroom).ShouldBe((null, null), "what its connection still sends is refused");
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
        using var audiences = LoneSilo.AudiencesOver(
            Answering.With<IGrainFactory>((method, args) => method == nameof(IGrainFactory.GetGrain) ? grain : args![0]));
        (await audiences.SyncAsync(browser.Connection, Lesson, Audience.Board, new Actor(Role.Board, Lesson), Lesson, 0)).Refusal.ShouldBeNull();
        (await browser.ReadUntilAsync("Snapshot"))[^1].ShouldContain($"[{then},");

        // What was announced meanwhile did not come here.
        calls.Answer = now;
        await audiences.Announce(Lesson, [new ActivationOver()]);
        await audiences.Announce(Lesson, [new VersionNow(now)]);

        calls.Entered.ShouldBe(entered);
        if (entered > 1)
        {
            (await browser.ReadUntilAsync("Snapshot"))[^1].ShouldContain($"[{now},");
        }
    }

    private static ClassroomAudience AudienceOf(params Browser[] browsers)
    {
        var audience = new ClassroomAudience(Lesson, null!, TimeProvider.System);
        foreach (var browser in browsers)
        {
            browser.Connection.Audience = Audience.Board;
            audience.TryAdd(browser.Connection).ShouldBeTrue();
        }

        return audience;
    }

    private static PatchBatch Shared(long seq) => Batch(seq) with { Students = Batch(seq).Board };

    private static PatchBatch Batch(long seq) => new(
        seq - 1, seq, null, new LessonPatch(seq - 1, seq, Encoding.UTF8.GetBytes($"[\"{new string('x', 1000)}\"]")), null, [], [], [], [], [], false);

    private static long SeqOf(string message) =>
        System.Text.Json.Nodes.JsonNode.Parse(message)!["arguments"]![1]!.GetValue<long>();
}
