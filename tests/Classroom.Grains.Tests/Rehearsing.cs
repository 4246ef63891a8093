using Classroom.Kits;

namespace Classroom.Grains.Tests;

/// <summary>A rehearsal on real grains: its class comes in by the lesson's own commands, goes on after a crash, and leaves with the lesson.</summary>
public sealed class Rehearsing(StageFixture fixture) : GrainTest(fixture)
{
    private static readonly Guid Seed = Guid.CreateVersion7();

    [Fact]
    public async Task The_class_comes_in_by_commands_of_its_own_and_is_present()
    {
        var lesson = await OpenAsync();
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        await PlayUntilAsync(lesson, async () => (await lesson.FactsAsync()).OfType<SeatTaken>().Count() == ScriptedClass.Size);
        await PlayUntilAsync(lesson, () => Task.FromResult(observer.Present.LastOrDefault() is { IsDefault: false } present && present.Length >= ScriptedClass.Size - 1));

        var stored = await lesson.StoredAsync();
        stored[0].Name.ShouldBe("lesson-opened.1");
        stored[0].Body.ShouldContain("\"rehearsal\":true");
        stored.Where(f => f.Name == "seat-taken.1").ShouldAllBe(f => f.Actor.Contains("\"student\"", StringComparison.Ordinal));
        (await lesson.FoldAsync()).Seats.Keys.ShouldBe(ScriptedClass.Of(new Draw(Seed), Language.Kk).Select(p => p.Id), ignoreOrder: true);
        await EndAsync(lesson);
    }

    [Fact]
    public async Task A_real_phone_sits_among_them_and_is_present_too()
    {
        var lesson = await OpenAsync();
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        var dana = await lesson.JoinAsync("Дана");
        await lesson.Grain.Present(Stage.Silo.Address, [dana.Id]);
        await PlayUntilAsync(lesson, () => Task.FromResult(observer.Present.LastOrDefault() is { IsDefault: false } p && p.Contains(dana.Id) && p.Length >= ScriptedClass.Size));

        await lesson.Grain.Present(Stage.Silo.Address, []);
        await Stage.Signal.UntilAsync(() => !observer.Present[^1].Contains(dana.Id));
        observer.Present[^1].Length.ShouldBeGreaterThanOrEqualTo(ScriptedClass.Size - 1, "the others hold no connection that could break");
        await EndAsync(lesson);
    }

    [Fact]
    public async Task It_goes_on_after_its_grains_were_lost_and_nothing_is_done_twice()
    {
        var lesson = await OpenAsync();
        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Seats.Count == ScriptedClass.Size);
        await lesson.ReactivateAsync();

        var id = await lesson.ExplainAsync(lesson.Plan.Steps.First(s => s.Topics.Length > 0));
        foreach (var variant in (await lesson.FoldAsync()).Explanations[id].Order.Variants)
        {
            Enumerable.Range(0, 6).ToList().ForEach(i => Stage.Tutor.Of(id, variant.ToString()).Say($"Сөйлем {i}. ", sentence: true));
        }

        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Explanations[id].Presses.Count >= 3);
        var facts = await lesson.FactsAsync();
        facts.OfType<SeatTaken>().Count().ShouldBe(ScriptedClass.Size);
        facts.OfType<ConfusionPressed>().ShouldAllBe(p => p.Sentence < 6);
        await EndAsync(lesson);
    }

    [Fact]
    public async Task It_ends_by_itself_after_an_hour()
    {
        var lesson = await OpenAsync();
        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Seats.Count > 0);
        Stage.Time.Advance(TimeSpan.FromHours(1));

        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Phase == LessonPhase.Ended);
        var end = (await lesson.StoredAsync()).Single(f => f.Name == "lesson-ended.1");
        end.Actor.ShouldContain("system");
        end.Body.ShouldContain("\"rehearsal\":true");
    }

    [Fact]
    public async Task A_longer_plan_has_its_time_and_twenty_minutes()
    {
        var lesson = await OpenAsync(minutes: 90);
        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Seats.Count > 0);
        Stage.Time.Advance(TimeSpan.FromMinutes(105));
        await lesson.ReactivateAsync();
        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Seats.Count == ScriptedClass.Size);
        (await lesson.FoldAsync()).Phase.ShouldBe(LessonPhase.Live);
        Stage.Time.Advance(TimeSpan.FromMinutes(5));

        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Phase == LessonPhase.Ended);
    }

    [Fact]
    public async Task It_ends_also_while_the_kits_are_away()
    {
        Stage.Kits.IsAway = true;
        try
        {
            var lesson = await OpenAsync();
            Stage.Time.Advance(TimeSpan.FromMinutes(61));
            await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Phase == LessonPhase.Ended);
        }
        finally
        {
            Stage.Kits.IsAway = false;
        }
    }

    [Fact]
    public async Task A_phone_knows_no_id_by_which_it_could_mute_a_student_or_hold_off_the_end()
    {
        var lesson = await OpenAsync();
        var dana = await lesson.JoinAsync("Дана");
        await lesson.DoneAsync(dana, new RaiseHand(""), new Draw(lesson.Id).Id("join/23"));
        await lesson.DoneAsync(dana, new LowerHand(), new Draw(lesson.Id).Id("end"));
        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Seats.Count == ScriptedClass.Size + 1);
        Stage.Time.Advance(TimeSpan.FromMinutes(61));

        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Phase == LessonPhase.Ended);
    }

    [Fact]
    public async Task An_id_that_somebody_else_has_used_stands_in_the_log()
    {
        var lesson = await OpenAsync();
        var dana = await lesson.JoinAsync("Дана");
        await lesson.DoneAsync(dana, new RaiseHand(""), new Draw(Seed).Id("join/23"));

        await PlayUntilAsync(lesson, () => Task.FromResult(Stage.RehearsalDiary.Entries.Any(e =>
            e.Level == Microsoft.Extensions.Logging.LogLevel.Warning && e.Text.Contains($"{lesson.Id}: join/23 was refused: bad-id", StringComparison.Ordinal))));
        await EndAsync(lesson);
    }

    [Fact]
    public async Task A_text_that_ends_between_two_looks_is_read_to_its_end()
    {
        var lesson = await OpenAsync();
        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Seats.Count == ScriptedClass.Size);
        var id = await lesson.ExplainAsync(lesson.Plan.Steps.First(s => s.Topics.Length > 0));
        var texts = (await lesson.FoldAsync()).Explanations[id].Order.Variants.Select(v => Stage.Tutor.Of(id, v.ToString())).ToList();
        texts.ForEach(t => t.Say("Сөйлем бір. ", sentence: true));
        await Task.WhenAll(texts.Select(t => t.TakenAsync()));
        var turns = 0;
        await PlayUntilAsync(lesson, () => Task.FromResult(++turns > 3));
        foreach (var text in texts)
        {
            Enumerable.Range(0, 3).ToList().ForEach(i => text.Say($"Тағы {i}. ", sentence: true));
            text.End();
        }

        await Signal.UntilAsync(async () => (await lesson.FoldAsync()).Explanations[id].IsRunning is false);
        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Explanations[id].Presses.Any(p => p.Sentence > 0));
        await EndAsync(lesson);
    }

    [Fact]
    public async Task The_teacher_ends_it_and_the_class_has_gone()
    {
        var lesson = await OpenAsync();
        var observer = Stage.Observe();
        await lesson.Grain.Subscribe(Stage.Refer(observer));
        await PlayUntilAsync(lesson, async () => (await lesson.FoldAsync()).Seats.Count > 3);
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());
        var seq = (await lesson.FoldAsync()).Seq;
        await PlayUntilAsync(lesson, () => Task.FromResult(observer.Present[^1].IsEmpty));
        var turns = 0;
        await PlayUntilAsync(lesson, () => Task.FromResult(++turns > 30));

        (await lesson.FoldAsync()).Seq.ShouldBe(seq);
        await lesson.RefusedAsync("rehearsal-over", lesson.Teacher, new ReopenLesson(lesson.Code));
    }

    private async Task<TestLesson> OpenAsync(int minutes = 40)
    {
        var lesson = new TestLesson(Stage, Stage.Kits.Now.Find("photosynthesis")!.Lessons[0].Plan with { Minutes = minutes });
        (await new CodeOfTest(Stage.Grains, lesson.Code).Lease(lesson.Id)).ShouldBeTrue();
        await lesson.DoneAsync(lesson.Teacher, new OpenLesson(
            lesson.Plan, "Жаттығу", "Айгүл Маратқызы", lesson.Code, null, Language.Kk, Lessons.Tests.RandomLesson.Scale, Rehearsal: true, Seed: Seed));
        return lesson;
    }

    // A second passes once the class has done all of the one before: a call of its grain waits for that.
    private Task PlayUntilAsync(TestLesson lesson, Func<Task<bool>> condition) => Signal.UntilAsync(
        async () =>
        {
            await Grains.GetGrain<IRehearsalGrain>(lesson.Id).Play(new(lesson.Plan.KitId, lesson.Plan.KitHash, lesson.Plan.LessonId, Seed, lesson.Plan.Minutes, Language.Kk));
            return await condition();
        },
        () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));

    // The suite shares one clock: a class that is left would act in the tests after this one.
    private static Task<long> EndAsync(TestLesson lesson) => lesson.DoneAsync(lesson.Teacher, new EndLesson());
}
