using System.Reflection;
using System.Text;
using Classroom.Silo.Realtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>Who fell behind lost more than patches: who is there, whether work is saved, why a place is lost. It is said again.</summary>
public sealed class FallenBehindTests : IAsyncDisposable
{
    private static readonly Guid Lesson = Guid.CreateVersion7();
    private static readonly Guid Student = Guid.CreateVersion7();
    private readonly Audiences _audiences;
    private readonly Browser _browser;

    public FallenBehindTests()
    {
        var grain = DispatchProxy.Create<IClassroomGrain, CountingGrain>();
        ((CountingGrain)(object)grain).Answer = 1L;
        _audiences = LoneSilo.AudiencesOver(
            Answering.With<IGrainFactory>((method, args) => method == nameof(IGrainFactory.GetGrain) ? grain : args![0]));
        _browser = new Browser(snapshot: 1, _audiences.CatchUpAsync);
    }

    [Fact]
    public async Task A_teacher_hears_again_who_is_present_and_that_nothing_is_saved()
    {
        await EnterAsync(Audience.Teacher, new Actor(Role.Teacher, Lesson));
        (await _browser.ReadUntilAsync("Saving"))[^1].ShouldContain("true");
        await FallBehindAsync();
        await _audiences.Announce(Lesson, [new PresenceNow([Student])]);
        await _audiences.Announce(Lesson, [new SavingNow(false)]);

        await _browser.ReadUntilAsync("Snapshot");
        (await _browser.ReadUntilAsync("Presence"))[^1].ShouldContain(Student.ToString());
        (await _browser.ReadUntilAsync("Saving"))[^1].ShouldContain("false");
        _browser.CatchUps.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, "removed")]
    [InlineData(false, "replaced")]
    public async Task A_student_hears_why_the_place_is_lost_ahead_of_what_was_missed_and_gets_no_snapshot(bool removed, string code)
    {
        await EnterAsync(Audience.Student(Student), new Actor(Role.Student, Student));
        await _browser.ReadUntilAsync("Snapshot");
        await FallBehindAsync();
        await _audiences.Announce(Lesson, [removed ? Batch(5000) with { Removed = [Student] } : Batch(5000) with { Devices = [new StudentDevice(Student, Guid.CreateVersion7())] }]);

        var received = await _browser.ReadUntilAsync("Closed");
        received[^1].ShouldContain(code);
        received.ShouldAllBe(m => !m.Contains("Snapshot", StringComparison.Ordinal));
        _browser.CatchUps.ShouldBe(0, "there is nothing more to come");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _audiences.Dispose();
    }

    private static PatchBatch Batch(long seq)
    {
        var patch = new LessonPatch(seq - 1, seq, Encoding.UTF8.GetBytes($"[\"{new string('x', 1000)}\"]"));
        return new(seq - 1, seq, patch, null, patch, [], [], [], [], [], false);
    }

    private async Task EnterAsync(Audience audience, Actor by) =>
        (await _audiences.SyncAsync(_browser.Connection, Lesson, audience, by, Guid.Empty, 0)).Refusal.ShouldBeNull();

    private async Task FallBehindAsync()
    {
        for (var i = 2; i < 32; i++)
        {
            await _audiences.Announce(Lesson, [Batch(i)]);
        }

        await _browser.IsFullAsync();
        for (var i = 32; i < 1000; i++)
        {
            await _audiences.Announce(Lesson, [Batch(i)]);
        }
    }
}
