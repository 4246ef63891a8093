using System.Text.Json;

namespace Classroom.Grains.Tests;

/// <summary>A code leads to at most one classroom at a time, and to none once its lesson has ended.</summary>
public sealed class JoinCodes(StageFixture fixture) : GrainTest(fixture)
{
    private readonly string _code = "J" + Guid.CreateVersion7().ToString("N").ToUpperInvariant();
    private readonly Guid _classroom = Guid.CreateVersion7();

    private CodeOfTest Code => new(Grains, _code);

    private string Stream => "joincode/" + _code;

    [Fact]
    public async Task A_leased_code_leads_to_its_classroom_until_that_gives_it_back()
    {
        (await Code.Lease(_classroom)).ShouldBeTrue();
        (await Code.Lease(_classroom)).ShouldBeTrue("a repeated lease is the same lease");
        (await Code.Lease(Guid.CreateVersion7())).ShouldBeFalse();
        await Code.Release(Guid.CreateVersion7());
        (await Code.Resolve()).ShouldBe(_classroom);
        await Stage.ReactivateAsync(Stream, () => Code.Resolve());
        (await Code.Resolve()).ShouldBe(_classroom);

        await Code.Release(_classroom);

        (await Code.Resolve()).ShouldBeNull();
        (await Code.Lease(Guid.CreateVersion7())).ShouldBeTrue();
        (await Stage.Log.FactsAsync(Stream)).Select(f => f.Name).ShouldBe(["code-leased.1", "code-released.1", "code-leased.1"]);
    }

    [Fact]
    public async Task A_code_that_yesterdays_server_leased_leads_to_its_classroom()
    {
        // As yesterday's server stored it.
        var body = JsonSerializer.Serialize(new { classroomId = _classroom, leased = true });
        await Stage.Log.Real.AppendAsync(
            Stream, 0, Guid.CreateVersion7(), [new NewFact("code-leased.1", """{"role":"system"}""", Stage.Time.GetUtcNow(), body)], default);
        (await Code.Resolve()).ShouldBe(_classroom);
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    // The clock was set right since.
    [InlineData(-31, false)]
    public async Task A_lesson_that_nobody_has_looked_at_for_a_month_has_lost_its_code(int days, bool holds)
    {
        await LeasedAsync(_classroom, TimeSpan.FromDays(days));
        (await Code.Resolve()).ShouldBe(holds ? _classroom : null);
        var other = Guid.CreateVersion7();
        (await Code.Lease(other)).ShouldBe(!holds);
        (await Code.Resolve()).ShouldBe(holds ? _classroom : other);
    }

    [Fact]
    public async Task Who_goes_on_holding_a_code_takes_it_anew_once_a_day_and_after_it_was_over()
    {
        await LeasedAsync(_classroom, TimeSpan.FromDays(31));
        (await Code.Lease(_classroom)).ShouldBeTrue();
        (await Code.Resolve()).ShouldBe(_classroom);
        (await Code.Lease(_classroom)).ShouldBeTrue();
        (await Stage.Log.FactsAsync(Stream)).Count.ShouldBe(2, "the second time it was a fresh one");
    }

    [Fact]
    public async Task A_lesson_that_is_looked_at_holds_its_code()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var code = new CodeOfTest(Grains, lesson.Code);
        await code.Release(lesson.Id);
        (await code.Resolve()).ShouldBeNull();
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        await Signal.UntilAsync(async () => await code.Resolve() == lesson.Id);
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task A_lesson_that_is_reopened_while_its_end_gives_the_code_back_has_it_all_the_same()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var code = new CodeOfTest(Grains, lesson.Code);
        var (stream, gate) = ("joincode/" + lesson.Code, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var appends = Stage.Log.Appends(stream);
        Stage.Log.Next(stream, async append =>
        {
            await gate.Task;
            return await append();
        });
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());
        await Stage.Signal.UntilAsync(() => Stage.Log.Appends(stream) > appends);
        await lesson.DoneAsync(lesson.Teacher, new ReopenLesson(lesson.Code));
        gate.SetResult();

        await Signal.UntilAsync(async () => (await Stage.Log.FactsAsync(stream)).Count == 3);
        (await Stage.Log.FactsAsync(stream)).Select(f => f.Name).ShouldBe(["code-leased.1", "code-released.1", "code-leased.1"]);
        // What is stored is known to the code a moment later.
        await Signal.UntilAsync(async () => await code.Resolve() == lesson.Id);
    }

    [Fact]
    public void Neither_its_key_nor_what_a_log_makes_of_it_says_the_code()
    {
        var code = new JoinCode("K7PM4X");
        code.Key.ShouldNotContain("K7PM4X", Case.Insensitive);
        $"{code}".ShouldNotContain("K7PM4X", Case.Insensitive);
    }

    [Fact]
    public async Task Of_two_classrooms_that_want_one_code_one_gets_it()
    {
        var other = Guid.CreateVersion7();
        var got = await Task.WhenAll(Code.Lease(_classroom), Code.Lease(other));
        got.Count(g => g).ShouldBe(1);
        (await Code.Resolve()).ShouldBe(got[0] ? _classroom : other);
    }

    [Fact]
    public async Task A_code_leased_elsewhere_behind_its_back_is_not_leased_twice()
    {
        (await Code.Resolve()).ShouldBeNull();
        (await Code.Lease(_classroom)).ShouldBeTrue();
        await Code.Release(_classroom);
        var other = Guid.CreateVersion7();
        var body = JsonSerializer.Serialize(new { classroomId = other, leased = true });
        await Stage.Log.Real.AppendAsync(
            Stream, 2, Guid.CreateVersion7(), [new NewFact("code-leased.1", """{"role":"system"}""", Stage.Time.GetUtcNow(), body)], default);

        (await Code.Lease(_classroom)).ShouldBeFalse();

        (await Code.Resolve()).ShouldBe(other);
    }

    [Fact]
    public async Task A_class_that_types_the_same_wrong_code_is_answered_and_nothing_is_stored_of_it()
    {
        (await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Code.Resolve())).Soon()).ShouldAllBe(holder => holder == null);
        (await Stage.Log.FactsAsync(Stream)).ShouldBeEmpty();
        (await Code.Lease(Guid.CreateVersion7())).ShouldBeTrue("a guess takes no code away");
    }

    [Fact]
    public async Task A_code_that_could_not_be_stored_is_not_leased()
    {
        Stage.Log.Next(Stream, Faults.Away);
        await Should.ThrowAsync<Exception>(() => Code.Lease(_classroom));
        (await Code.Resolve()).ShouldBeNull();
        (await Code.Lease(_classroom)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_code_of_an_ended_lesson_is_free_and_a_reopened_lesson_has_its_own_again()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var old = new CodeOfTest(Grains, lesson.Code);
        (await old.Resolve()).ShouldBe(lesson.Id);
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());
        await Signal.UntilAsync(async () => await old.Resolve() is null);
        (await old.Lease(_classroom)).ShouldBeTrue();

        (await Code.Lease(lesson.Id)).ShouldBeTrue();
        await lesson.DoneAsync(lesson.Teacher, new ReopenLesson(_code));
        (await Code.Resolve()).ShouldBe(lesson.Id);
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());

        await Signal.UntilAsync(async () => await Code.Resolve() is null);
        (await old.Resolve()).ShouldBe(_classroom, "the end frees the lesson's own code only");
    }

    // As a server of that time stored it.
    private Task LeasedAsync(Guid classroom, TimeSpan ago) => Stage.Log.Real.AppendAsync(
        Stream, 0, Guid.CreateVersion7(),
        [new NewFact("code-leased.1", """{"role":"system"}""", Stage.Time.GetUtcNow() - ago, JsonSerializer.Serialize(new { classroomId = classroom, leased = true }))], default);

    [Fact]
    public async Task The_code_of_a_reopened_lesson_is_freed_even_if_the_release_failed_at_first()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());
        (await Code.Lease(lesson.Id)).ShouldBeTrue();
        await lesson.DoneAsync(lesson.Teacher, new ReopenLesson(_code));
        var appends = Stage.Log.Appends(Stream);
        Stage.Log.Next(Stream, Faults.Away);
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());
        await Stage.Signal.UntilAsync(() => Stage.Log.Appends(Stream) > appends);

        await lesson.ReactivateAsync();

        await Signal.UntilAsync(async () => await Code.Resolve() is null);
    }
}
