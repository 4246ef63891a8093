using System.Text.Json.Nodes;
using Classroom.Lessons.Tests;

namespace Classroom.Grains.Tests;

/// <summary>An activation is its facts: from a snapshot and what came later, or from all of them, it is the same lesson.</summary>
public sealed class Activation(StageFixture fixture) : GrainTest(fixture)
{
    [Theory]
    [InlineData(3, LessonSnapshot.Format)]
    [InlineData(11, LessonSnapshot.Format)]
    [InlineData(11, "a format of tomorrow")]
    public async Task A_snapshot_and_the_facts_after_it_make_the_lesson_that_all_facts_make(int seed, string format)
    {
        var (id, stream) = await WriteAsync(seed);
        var facts = await Stage.Log.FactsAsync(stream);
        var half = History.Fold(facts.Take(facts.Count / 2));
        await Stage.Log.SaveSnapshotAsync(
            stream, new StoredSnapshot(half.Seq, format, format == LessonSnapshot.Format ? LessonSnapshot.Encode(half) : [1, 2, 3]), default);
        var whole = History.Fold(facts);

        var grain = Grains.GetGrain<IClassroomGrain>(id);
        await ShowsAsync(grain, whole);

        await DoAsync(grain, Changed(whole));
        await Stage.ReactivateAsync(stream, () => grain.SeatOf(""));
        await ShowsAsync(grain, History.Fold(await Stage.Log.FactsAsync(stream)));
    }

    [Fact]
    public async Task The_snapshot_a_grain_writes_is_the_fold_of_all_facts()
    {
        var (id, stream) = await WriteAsync(seed: 5);
        var grain = Grains.GetGrain<IClassroomGrain>(id);
        (await Stage.Log.LoadSnapshotAsync(stream, default)).ShouldBeNull();

        await DoAsync(grain, Changed(History.Fold(await Stage.Log.FactsAsync(stream))));

        var whole = History.Fold(await Stage.Log.FactsAsync(stream));
        await Signal.UntilAsync(async () => await Stage.Log.LoadSnapshotAsync(stream, default) is not null);
        var saved = (await Stage.Log.LoadSnapshotAsync(stream, default)).ShouldNotBeNull();
        saved.Version.ShouldBe(whole.Seq);
        Sorted(saved.Body).ShouldBe(Sorted(LessonSnapshot.Encode(whole)));
        await Stage.ReactivateAsync(stream, () => grain.SeatOf(""));
        await ShowsAsync(grain, whole);
    }

    [Fact]
    public async Task The_open_explanation_the_question_and_the_teams_are_there_after_the_process_is_gone()
    {
        var file = Stage.NewFile();
        try
        {
            TestLesson lesson;
            Guid explanation;
            Actor student;
            string teacher, own;
            await using (var first = await Stage.StartAsync(file))
            {
                lesson = await TestLesson.OpenAsync(first);
                student = await lesson.JoinAsync("Аружан");
                await lesson.JoinAsync("Диас", Language.Ru, Level.Advanced);
                await lesson.DoneAsync(lesson.Teacher, new FormTeams(2, true));
                await lesson.DoneAsync(lesson.Teacher, new AskQuestion("q1"));
                await lesson.DoneAsync(student, new GiveAnswer("q1", ["b"], null, null));
                explanation = await lesson.ExplainAsync();
                first.Tutor.Of(explanation).Say("Жапырақ");
                await first.Tutor.Of(explanation).TakenAsync();
                await lesson.DoneAsync(student, new PressConfusion(explanation, "kk-standard", 0));
                (teacher, own) = ((await lesson.SeeAsync(Audience.Teacher)).Text, (await lesson.SeeAsync(Audience.Student(student.Id))).Text);
            }

            await using var second = await Stage.StartAsync(file);
            lesson.Stage = second;
            await lesson.Grain.SeatOf("");
            // What was streaming is streamed anew, and nothing else is another.
            await lesson.UntilFactAsync<ExplanationRetried>();
            await Signal.UntilAsync(async () => (await lesson.SeeAsync(Audience.Teacher)).Text == Anew(teacher));
            var seen = await lesson.SeeAsync(Audience.Teacher);
            seen.Text.ShouldBe(Anew(teacher));
            (await lesson.SeeAsync(Audience.Student(student.Id))).Text.ShouldBe(Anew(own));
            seen.Shows("team", 2).ShouldBeTrue();
            seen.Shows("explanation", explanation).ShouldBeTrue();
            seen.Shows("question", "q1").ShouldBeTrue();
            await second.Tutor.Of(explanation).BegunAsync();
            second.Tutor.Of(explanation).Say("Жапырақ күнге бұрылады.", sentence: true);
            second.Tutor.Of(explanation).End();
            await lesson.UntilFactAsync<ExplanationFinished>(f => f.Variant == "kk-standard");
        }
        finally
        {
            Stage.Delete(file);
        }
    }

    [Fact]
    public async Task Thinking_that_was_under_way_is_begun_again_by_the_next_activation()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.HandInAsync();
        await lesson.DoneAsync(lesson.Teacher, new RequestPrompts("s3"));
        await Stage.Signal.UntilAsync(() => (lesson.Desk.PromptsAsked, lesson.Desk.FeedbackAsked) == (1, 1));

        await lesson.ReactivateAsync();

        await Stage.Signal.UntilAsync(() => (lesson.Desk.PromptsAsked, lesson.Desk.FeedbackAsked) == (2, 2));
    }

    // In its next epoch, at whose sentences nobody was lost yet.
    private static string Anew(string view) => string.Join('\n', view.Replace("\"epoch\":1", "\"epoch\":2", StringComparison.Ordinal).Split('\n')
        .Where(e => !e.StartsWith("heat ", StringComparison.Ordinal) && !e.StartsWith("pressed ", StringComparison.Ordinal)));

    private static SetBoardVariant Changed(LessonState state) =>
        new(state.BoardVariant.Language == Language.En ? Language.Kk : Language.En, Level.Simple);

    private static async Task DoAsync(IClassroomGrain grain, Command command) =>
        (await grain.Execute(
            new Envelope(Guid.CreateVersion7(), new Actor(Role.Teacher, RandomLesson.TeacherId), command), CancellationToken.None).Soon())
        .Refusal.ShouldBeNull();

    private static async Task ShowsAsync(IClassroomGrain grain, LessonState expected)
    {
        var teacher = new Actor(Role.Teacher, expected.TeacherId);
        Shows(await grain.Sync(new SyncRequest(Audience.Teacher, teacher, Guid.Empty, 0)), expected, Audience.Teacher);
        Shows(await grain.Sync(new SyncRequest(Audience.Board, new Actor(Role.Board, Guid.Empty), Guid.Empty, 0)), expected, Audience.Board);
        expected.Seats.ShouldNotBeEmpty();
        foreach (var seat in expected.Seats.Values)
        {
            var me = Audience.Student(seat.StudentId);
            Shows(await grain.Sync(new SyncRequest(me, new Actor(Role.Student, seat.StudentId), seat.DeviceId, 0)), expected, me);
        }

        static void Shows(SyncResponse welcome, LessonState expected, Audience audience)
        {
            welcome.Seq.ShouldBe(expected.Seq);
            FoldedView.Of(welcome).Text.ShouldBe(FoldedView.Of(expected, audience).Text);
        }
    }

    // A long lesson as another process left it; it stays open, so that it can go on here.
    private async Task<(Guid Id, string Stream)> WriteAsync(int seed)
    {
        var run = new Run();
        // A face that was shown hours ago expires with the first look, which is a fact of its own.
        foreach (var envelope in new RandomLesson(seed).Commands(2000).Where(e => e.Command is not (EndLesson or SetTempo)))
        {
            run.Do(envelope, announce: false);
        }

        run.History.Count.ShouldBeGreaterThan(200, "long enough for a snapshot");
        run.State.Explanations.ShouldNotBeEmpty();
        // An activation begins what was lost again, which is a fact of its own.
        foreach (var running in run.State.Explanations.Values.Where(e => e.IsRunning))
        {
            run.Do(new Envelope(Guid.CreateVersion7(), new Actor(Role.Teacher, RandomLesson.TeacherId), new StopExplanation(running.Order.ExplanationId)), announce: false);
        }

        var id = Guid.CreateVersion7();
        await History.AppendAsync(Stage.Log.Real, $"classroom/{id}", LessonState.Empty, run.History);
        foreach (var student in run.State.Forgotten.Keys)
        {
            await Stage.Keys.DestroyAsync(id, student, default);
        }

        return (id, $"classroom/{id}");
    }

    private static string Sorted(byte[] json) => Sort(JsonNode.Parse(json))!.ToJsonString();

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, Sort(p.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
