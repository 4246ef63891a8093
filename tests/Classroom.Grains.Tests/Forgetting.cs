using System.Text;

namespace Classroom.Grains.Tests;

/// <summary>A student is forgotten while the lesson goes on, after it, and through whatever dies in between.</summary>
public sealed class Forgetting(StageFixture fixture) : GrainTest(fixture)
{
    private const string Name = "Нұрсәуле";
    private const string Words = "Менің құпия ойым бар екен";

    [Fact]
    public async Task Every_screen_is_told_and_no_copy_can_be_read_any_more()
    {
        var (lesson, student) = await WrittenAsync();
        var observer = Stage.Observe();
        var seq = await lesson.Grain.Subscribe(Stage.Refer(observer));
        (await StoredTextAsync(lesson)).ShouldNotContain(Words);
        (await ReadTextAsync(lesson)).ShouldContain(Words);

        await lesson.DoneAsync(lesson.Teacher, new ForgetStudent(student.Id, ForgetReason.Family));

        var batch = await BatchAfterAsync(observer, seq);
        batch.Removed.ShouldBe([student.Id]);
        Encoding.UTF8.GetString(batch.Teacher!.Changes).ShouldContain("\"k\":\"forgotten\"");
        var seen = await lesson.SeeAsync(Audience.Teacher);
        seen.Text.ShouldNotContain(Name);
        seen.Text.ShouldNotContain(Words);
        seen.Shows("forgotten", student.Id).ShouldBeTrue();
        (await lesson.SyncAsync(Audience.Teacher, seq - 1)).Snapshot.ShouldNotBeNull("patches of before hold the words: they are not sent again");
        (await lesson.RefusalOnAsync(student, lesson.DeviceOf(student))).ShouldBe("was-forgotten");
        await Signal.UntilAsync(async () => !(await ReadTextAsync(lesson)).Contains(Words, StringComparison.Ordinal));
        (await Stage.KeyStore.OrderedAsync(default)).ShouldNotContain(o => o.Child == student.Id);
    }

    [Fact]
    public async Task The_lesson_goes_on_after_it_is_loaded_without_the_key()
    {
        var (lesson, student) = await WrittenAsync();
        var other = await lesson.JoinAsync("Арман");
        await lesson.DoneAsync(other, new RaiseHand("Арманның ойы"));
        await lesson.DoneAsync(lesson.Teacher, new ForgetStudent(student.Id, ForgetReason.Mistake));
        await UntilGoneAsync(student);
        var (teacher, own) = ((await lesson.SeeAsync(Audience.Teacher)).Text, (await lesson.SeeAsync(Audience.Student(other.Id))).Text);

        await lesson.ReactivateAsync();

        (await lesson.SeeAsync(Audience.Teacher)).Text.ShouldBe(teacher);
        (await lesson.SeeAsync(Audience.Student(other.Id))).Text.ShouldBe(own);
        teacher.ShouldContain("Арманның ойы");
        await lesson.DoneAsync(other, new LowerHand());
    }

    [Fact]
    public async Task A_key_that_could_not_be_destroyed_is_destroyed_at_the_next_try()
    {
        var (lesson, student) = await WrittenAsync();
        Stage.KeyStore.KeepsKeys = true;
        await lesson.DoneAsync(lesson.Teacher, new ForgetStudent(student.Id, ForgetReason.Family));
        (await lesson.SeeAsync(Audience.Teacher)).Text.ShouldNotContain(Words);
        (await Stage.KeyStore.OrderedAsync(default)).ShouldContain(o => o.Child == student.Id, "who looks for orders finds it");
        Stage.KeyStore.KeepsKeys = false;

        // As whoever looks for orders does it.
        (await lesson.DoAsync(Actor.System, new ForgetStudent(student.Id, ForgetReason.Retention))).Refusal.ShouldBeNull();

        await UntilGoneAsync(student);
        (await lesson.FactsAsync()).OfType<StudentForgotten>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nothing_is_forgotten_while_the_order_cannot_be_noted()
    {
        var (lesson, student) = await WrittenAsync();
        Stage.KeyStore.IsAway = true;
        await lesson.RefusedAsync("not-saved", lesson.Teacher, new ForgetStudent(student.Id, ForgetReason.Family));
        Stage.KeyStore.IsAway = false;
        (await lesson.SeeAsync(Audience.Teacher)).Text.ShouldContain(Words);
        await lesson.DoneAsync(lesson.Teacher, new ForgetStudent(student.Id, ForgetReason.Family));
        await UntilGoneAsync(student);
    }

    [Fact]
    public async Task A_key_that_is_gone_without_a_fact_is_made_up_for_by_the_activation()
    {
        var (lesson, student) = await WrittenAsync();
        await Stage.Keys.DestroyAsync(lesson.Id, student.Id, default);

        await lesson.ReactivateAsync();

        (await lesson.SeeAsync(Audience.Teacher)).Text.ShouldNotContain(Words);
        await lesson.UntilFactAsync<StudentForgotten>(f => f == new StudentForgotten(student.Id, ForgetReason.KeyGone));
        // It is seen once it was announced, which is after it was stored.
        await Signal.UntilAsync(async () => (await lesson.SeeAsync(Audience.Teacher)).Shows("forgotten", student.Id));
    }

    [Fact]
    public async Task A_key_that_an_older_copy_of_the_keys_brought_back_is_destroyed_when_the_lesson_is_loaded()
    {
        var (lesson, student) = await WrittenAsync();
        var kept = (await Stage.KeyStore.LoadAsync(lesson.Id, default)).Single(k => k.Child == student.Id).Wrapped!;
        await lesson.DoneAsync(lesson.Teacher, new ForgetStudent(student.Id, ForgetReason.Family));
        await UntilGoneAsync(student);
        await Stage.RunOnKeysAsync($"update child_keys set wrapped = x'{Convert.ToHexString(kept)}', destroyed_at = null, ordered_at = null where child = '{student.Id}'");
        Stage.Time.Advance(ChildKeys.ReadsAgainAfter);

        await lesson.ReactivateAsync();

        await Signal.UntilAsync(async () => (await Stage.KeyStore.LoadAsync(lesson.Id, default)).Single(k => k.Child == student.Id).Wrapped is null);
        (await lesson.SeeAsync(Audience.Teacher)).Text.ShouldNotContain(Words);
    }

    [Fact]
    public async Task A_lesson_of_before_there_were_keys_is_loaded_without_the_forgotten_from_facts_and_from_a_snapshot()
    {
        var run = Lessons.Tests.Run.After(7, 500);
        var gone = run.History.Where(h => h.Fact is SeatTaken t && run.State.Seats.GetValueOrDefault(h.Meta.By.Id)?.Nickname == t.Nickname)
            .Select(h => (h.Meta.By.Id, ((SeatTaken)h.Fact).Nickname)).First();
        var (id, teacher) = (Guid.CreateVersion7(), new Actor(Role.Teacher, run.State.TeacherId));
        var stream = $"classroom/{id}";
        // As a program of before stored both.
        await History.AppendAsync(Stage.Stored, stream, LessonState.Empty, run.History);
        await Stage.Stored.SaveSnapshotAsync(stream, new StoredSnapshot(run.State.Seq, LessonSnapshot.Format, LessonSnapshot.Encode(run.State)), default);
        var lesson = Grains.GetGrain<IClassroomGrain>(id);
        (await SeenAsync()).ShouldContain(gone.Nickname);

        // By another process, beside this one.
        await Stage.Keys.DestroyAsync(id, gone.Id, default);
        await Stage.ReactivateAsync(stream, () => lesson.SeatOf(""));

        (await SeenAsync()).ShouldNotContain(gone.Nickname);
        await Signal.UntilAsync(async () => (await SeenAsync()).Contains("\"keyGone\"", StringComparison.Ordinal));

        async Task<string> SeenAsync() => FoldedView.Of(await lesson.Sync(new SyncRequest(Audience.Teacher, teacher, Guid.Empty, 0)).Soon()).Text;
    }

    [Fact]
    public async Task Appends_of_a_child_ask_the_key_store_once()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var added = Stage.KeyStore.Added;
        var student = await lesson.JoinAsync(Name);
        (Stage.KeyStore.Added - added).ShouldBe(1);
        Stage.KeyStore.IsAway = true;
        await lesson.DoneAsync(student, new RaiseHand(Words));
        Stage.KeyStore.IsAway = false;
    }

    private async Task<(TestLesson Lesson, Actor Student)> WrittenAsync()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var student = await lesson.JoinAsync(Name);
        await lesson.DoneAsync(lesson.Teacher, new GoToStep("s4"));
        await lesson.DoneAsync(student, new SaveDraft("s4", Words, "өзім", "ойландым", ["кітап"]));
        await lesson.DoneAsync(student, new HandIn("s4"));
        await lesson.DoneAsync(student, new RaiseHand(Words));
        return (lesson, student);
    }

    private Task UntilGoneAsync(Actor student) =>
        Signal.UntilAsync(async () => (await Stage.KeyStore.OrderedAsync(default)).All(o => o.Child != student.Id));

    private async Task<PatchBatch> BatchAfterAsync(RecordingObserver observer, long seq)
    {
        PatchBatch? batch = null;
        await Stage.Signal.UntilAsync(() => (batch = observer.Received.FirstOrDefault(b => b.Seq > seq)) is not null);
        return batch!;
    }

    private async Task<string> StoredTextAsync(TestLesson lesson)
    {
        var text = new StringBuilder();
        await foreach (var fact in Stage.Stored.ReadAsync(lesson.Stream, 0, default))
        {
            text.AppendLine(fact.Body);
        }

        return text.ToString();
    }

    private static async Task<string> ReadTextAsync(TestLesson lesson) => string.Join('\n', (await lesson.StoredAsync()).Select(f => f.Body));
}
