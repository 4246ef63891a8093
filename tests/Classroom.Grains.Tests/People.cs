namespace Classroom.Grains.Tests;

/// <summary>Teachers and students keep small streams of their own.</summary>
public sealed class People(StageFixture fixture) : GrainTest(fixture)
{
    private readonly Guid _id = Guid.CreateVersion7();
    private readonly Guid _classroom = Guid.CreateVersion7();

    private ITeacherGrain Teacher => Grains.GetGrain<ITeacherGrain>(_id);

    private IStudentGrain Student => Grains.GetGrain<IStudentGrain>(_id);

    [Fact]
    public async Task A_teachers_cards_are_the_last_ones_newest_first_and_survive_reactivation()
    {
        var (first, second) = (Card(_classroom, 0), Card(Guid.CreateVersion7(), 1));
        await Teacher.Opened(first);
        await Teacher.Opened(second);
        await Teacher.Opened(first with { ClassName = "again" });
        var ended = first.OpenedAt.AddMinutes(45);
        await Teacher.Ended(_classroom, ended);
        await Teacher.Ended(_classroom, ended);
        await Teacher.Ended(Guid.CreateVersion7(), ended);

        await Stage.ReactivateAsync($"teacher/{_id}", () => Teacher.Owns(_classroom));

        (await Teacher.Classrooms()).ShouldBe([second, first with { EndedAt = ended }]);
        (await Teacher.Owns(_classroom)).ShouldBeTrue();
        (await Teacher.Owns(Guid.CreateVersion7())).ShouldBeFalse();
        (await Stage.Log.FactsAsync($"teacher/{_id}")).Count.ShouldBe(3);
        await Teacher.Ended(_classroom, null);
        (await Teacher.Classrooms()).ShouldBe([second, first]);
    }

    [Fact]
    public async Task A_teachers_card_follows_the_end_and_the_reopening_of_the_lesson()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var teacher = Grains.GetGrain<ITeacherGrain>(lesson.Teacher.Id);
        await teacher.Opened(Card(lesson.Id, 0));
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());
        await Signal.UntilAsync(async () => (await teacher.Classrooms())[0].EndedAt is not null);
        await lesson.DoneAsync(lesson.Teacher, new ReopenLesson("ANOTHER"));
        await Signal.UntilAsync(async () => (await teacher.Classrooms())[0].EndedAt is null);
    }

    [Fact]
    public async Task A_student_has_attended_each_lesson_once_and_still_after_reactivation()
    {
        var other = Guid.CreateVersion7();
        await Student.Joined(_classroom, Language.Kk, Level.Simple);
        await Student.Joined(_classroom, Language.Kk, Level.Simple);
        await Student.Prefer(Language.Ru, Level.Advanced);
        await Student.Joined(other, Language.Ru, Level.Advanced);

        await Stage.ReactivateAsync($"student/{_id}", () => Student.Lessons());

        (await Student.Lessons()).ShouldBe([_classroom, other]);
        (await Stage.Log.FactsAsync($"student/{_id}")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_stale_activation_fails_its_caller_and_the_next_call_sees_what_was_written_elsewhere()
    {
        await Teacher.Opened(Card(_classroom, 0));
        var (mine, elsewhere) = (Card(Guid.CreateVersion7(), 1), (await Stage.Log.FactsAsync($"teacher/{_id}"))[0]);
        await Stage.Log.Real.AppendAsync(
            $"teacher/{_id}", 1, Guid.CreateVersion7(), [new NewFact(elsewhere.Name, elsewhere.Actor, elsewhere.At, elsewhere.Body)], default);

        await Should.ThrowAsync<StorageUnavailableException>(() => Teacher.Opened(mine));
        await Teacher.Opened(mine);

        (await Stage.Log.FactsAsync($"teacher/{_id}")).Count.ShouldBe(3);
        (await Teacher.Classrooms()).Select(c => c.ClassroomId).ShouldBe([mine.ClassroomId, _classroom]);
    }

    private static ClassroomCard Card(Guid classroom, int hour) => new(
        classroom, Trilingual.Same("Фотосинтез"), "7Б", new DateTimeOffset(2026, 9, 1, 8 + hour, 0, 0, TimeSpan.Zero), null);
}
