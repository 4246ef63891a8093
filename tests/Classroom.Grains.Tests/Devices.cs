namespace Classroom.Grains.Tests;

/// <summary>A seat is bound to one device. Whoever comes in on another gets the reason why not, in every state of the seat's devices.</summary>
public sealed class Devices(StageFixture fixture) : GrainTest(fixture)
{
    private readonly Guid _other = Guid.CreateVersion7();
    private readonly Guid _third = Guid.CreateVersion7();

    [Fact]
    public async Task While_no_device_waits_only_the_seats_own_is_let_in()
    {
        var (lesson, student) = await SeatedAsync();
        (await SeenAsync(lesson, student)).ShouldBe((null, "device-unknown", "device-unknown"));
    }

    [Fact]
    public async Task A_device_that_waits_is_told_so_and_the_seats_own_stays_in()
    {
        var (lesson, student) = await SeatedAsync();
        await lesson.DoneAsync(student, new RequestDevice(_other));
        (await SeenAsync(lesson, student)).ShouldBe((null, "device-waiting", "device-unknown"));
    }

    [Fact]
    public async Task Two_devices_that_ask_both_wait_and_the_one_that_was_seen_is_let_in()
    {
        var (lesson, student) = await SeatedAsync();
        await lesson.DoneAsync(student, new RequestDevice(_other, null, 3));
        await lesson.DoneAsync(student, new RequestDevice(_third, null, 3));
        (await SeenAsync(lesson, student)).ShouldBe((null, "device-waiting", "device-waiting"));
        (await CodeAsync(lesson, student, _other)).ShouldBe("13");
        (await CodeAsync(lesson, student, _third)).ShouldBe("14");
        await lesson.DoneAsync(lesson.Teacher, new ApproveDevice(student.Id, _other));
        (await SeenAsync(lesson, student)).ShouldBe(("device-unknown", null, "device-refused"));
    }

    [Fact]
    public async Task An_approved_device_is_let_in_and_the_old_one_no_more()
    {
        var (lesson, student) = await SeatedAsync();
        await lesson.DoneAsync(student, new RequestDevice(_other));
        await lesson.DoneAsync(lesson.Teacher, new ApproveDevice(student.Id, _other));
        (await SeenAsync(lesson, student)).ShouldBe(("device-unknown", null, "device-unknown"));
        await lesson.RefusedAsync("no-device-waiting", lesson.Teacher, new RefuseDevice(student.Id, _other));
        await lesson.ReactivateAsync();
        (await SeenAsync(lesson, student)).ShouldBe(("device-unknown", null, "device-unknown"));
    }

    [Fact]
    public async Task A_refused_device_is_told_so_and_the_seats_own_stays_in()
    {
        var (lesson, student) = await SeatedAsync();
        await lesson.DoneAsync(student, new RequestDevice(_other));
        await lesson.DoneAsync(lesson.Teacher, new RefuseDevice(student.Id, _other));
        (await SeenAsync(lesson, student)).ShouldBe((null, "device-refused", "device-unknown"));
        await lesson.RefusedAsync("no-device-waiting", lesson.Teacher, new ApproveDevice(student.Id, _other));
        await lesson.DoneAsync(student, new RequestDevice(_other));
        (await lesson.RefusalOnAsync(student, _other)).ShouldBe("device-waiting", "it may ask again");
    }

    [Fact]
    public async Task A_removed_student_is_let_in_on_no_device()
    {
        var (lesson, student) = await SeatedAsync();
        await lesson.DoneAsync(student, new RequestDevice(_other));
        await lesson.DoneAsync(lesson.Teacher, new RemoveStudent(student.Id));
        (await SeenAsync(lesson, student)).ShouldBe(("no-seat", "no-seat", "no-seat"));
        await lesson.RefusedAsync("no-such-student", lesson.Teacher, new ApproveDevice(student.Id, _other));
    }

    [Fact]
    public async Task A_replaced_device_and_a_removed_student_neither_act_nor_read()
    {
        var (lesson, student) = await SeatedAsync();
        var (own, id) = (lesson.DeviceOf(student), await lesson.ExplainAsync());
        (await lesson.DoAsync(student, new RaiseHand(""), device: own)).Refusal.ShouldBeNull();
        (await ReadAsync(own)).Refusal.ShouldBeNull();
        await lesson.DoneAsync(student, new RequestDevice(_other));
        await lesson.DoneAsync(lesson.Teacher, new ApproveDevice(student.Id, _other));
        (await lesson.DoAsync(student, new LowerHand(), device: own)).Refusal!.Code.ShouldBe("device-unknown");
        (await ReadAsync(own)).Refusal!.Code.ShouldBe("device-unknown");
        (await ReadAsync(_other)).Refusal.ShouldBeNull();
        await lesson.DoneAsync(lesson.Teacher, new RemoveStudent(student.Id));
        (await lesson.DoAsync(student, new LowerHand(), device: _other)).Refusal!.Code.ShouldBe("no-seat");
        (await ReadAsync(_other)).Refusal!.Code.ShouldBe("no-seat");

        Task<TextSlice> ReadAsync(Guid device) =>
            lesson.Grain.ReadText(new Reader(Audience.Student(student.Id), student, device), id, "kk-standard", 0).Soon();
    }

    [Fact]
    public async Task Who_waits_at_the_door_is_told_what_for_and_what_came_of_it()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.DoneAsync(lesson.Teacher, new SetEntrance(true));
        var (first, second, third) = (await lesson.JoinAsync("Бір"), await lesson.JoinAsync("Екі"), await lesson.JoinAsync("Үш"));
        (await lesson.RefusalOnAsync(first, lesson.DeviceOf(first))).ShouldBe("entrance-waiting");
        (await lesson.Grain.SeatOf("бір"))!.ShouldBe(new SeatOwner(first.Id, lesson.DeviceOf(first), null, true));
        await lesson.DoneAsync(lesson.Teacher, new Admit([first.Id]));
        (await lesson.RefusalOnAsync(first, lesson.DeviceOf(first))).ShouldBeNull();
        (await lesson.Grain.SeatOf("Бір"))!.IsWaiting.ShouldBeFalse();
        await lesson.DoneAsync(lesson.Teacher, new TurnAway([second.Id]));
        (await lesson.RefusalOnAsync(second, lesson.DeviceOf(second))).ShouldBe("not-let-in");
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());
        (await lesson.RefusalOnAsync(third, lesson.DeviceOf(third))).ShouldBe("lesson-ended");
        (await lesson.Grain.SeatOf("nobody")).ShouldBeNull();
    }

    [Fact]
    public async Task A_board_looks_until_it_is_unpaired_or_the_lesson_ends()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        var (board, before) = (new Actor(Role.Board, Guid.CreateVersion7()), new Actor(Role.Board, Guid.CreateVersion7()));
        await lesson.DoneAsync(lesson.Teacher, new PairBoard(board.Id));
        (await RefusalAsync(lesson, Audience.Board, board, Guid.Empty)).ShouldBeNull();
        (await RefusalAsync(lesson, Audience.Board, before, Guid.Empty)).ShouldBeNull("a ticket of before boards were kept");
        await lesson.DoneAsync(lesson.Teacher, new UnpairBoard(board.Id));
        (await RefusalAsync(lesson, Audience.Board, board, Guid.Empty)).ShouldBe("board-unpaired");
        await lesson.DoneAsync(lesson.Teacher, new EndLesson());
        (await RefusalAsync(lesson, Audience.Board, before, Guid.Empty)).ShouldBe("lesson-ended");
        await lesson.DoneAsync(lesson.Teacher, new ReopenLesson(lesson.Code));
        (await RefusalAsync(lesson, Audience.Board, before, Guid.Empty)).ShouldBeNull();
        (await RefusalAsync(lesson, Audience.Board, board, Guid.Empty)).ShouldBe("board-unpaired");
    }

    [Fact]
    public async Task A_devices_commands_are_the_seats_but_another_students_device_opens_nothing()
    {
        var (lesson, student) = await SeatedAsync();
        var neighbour = await lesson.JoinAsync("Диас");
        (await lesson.RefusalOnAsync(student, lesson.DeviceOf(neighbour))).ShouldBe("device-unknown");
        (await RefusalAsync(lesson, Audience.Student(student.Id), neighbour, lesson.DeviceOf(student))).ShouldBe("wrong-role");
    }

    [Fact]
    public async Task Everybody_comes_in_as_what_they_are()
    {
        var (lesson, student) = await SeatedAsync();
        var device = lesson.DeviceOf(student);
        var board = new Actor(Role.Board, Guid.Empty);
        var mentor = new Actor(Role.Mentor, Guid.CreateVersion7(), "Жанна");
        (await RefusalAsync(lesson, Audience.Teacher, lesson.Teacher, Guid.Empty)).ShouldBeNull();
        (await RefusalAsync(lesson, Audience.Teacher, lesson.Teacher with { Id = Guid.CreateVersion7() }, Guid.Empty)).ShouldBe("foreign-classroom");
        (await RefusalAsync(lesson, Audience.Teacher, student with { Id = lesson.Teacher.Id }, device)).ShouldBe("foreign-classroom");
        // The server itself reads what the teacher sees, for a report; it is no board and no student.
        (await RefusalAsync(lesson, Audience.Teacher, Actor.System, Guid.Empty)).ShouldBeNull();
        (await RefusalAsync(lesson, Audience.Board, Actor.System, Guid.Empty)).ShouldBe("wrong-role");
        (await RefusalAsync(lesson, Audience.Student(student.Id), Actor.System with { Id = student.Id }, device)).ShouldBe("wrong-role");
        foreach (var role in Enum.GetValues<Role>().Where(r => r is not (Role.Teacher or Role.System)))
        {
            (await RefusalAsync(lesson, Audience.Teacher, new Actor(role, lesson.Teacher.Id), device)).ShouldBe("foreign-classroom", role.ToString());
        }

        (await RefusalAsync(lesson, Audience.Board, board, Guid.Empty)).ShouldBeNull();
        (await RefusalAsync(lesson, Audience.Board, student, device)).ShouldBe("wrong-role");
        (await RefusalAsync(lesson, Audience.Student(student.Id), lesson.Teacher with { Id = student.Id }, device)).ShouldBe("wrong-role");
        foreach (var audience in new[] { Audience.Students, Audience.Mentor })
        {
            foreach (var actor in new[] { student, lesson.Teacher, board, mentor })
            {
                (await RefusalAsync(lesson, audience, actor, device)).ShouldBe("wrong-role");
            }
        }

        (await RefusalAsync(new TestLesson(Stage), Audience.Board, board, Guid.Empty)).ShouldBe("no-such-classroom");
    }

    private static async Task<string?> RefusalAsync(TestLesson lesson, Audience audience, Actor by, Guid device) =>
        (await lesson.SyncAsync(audience, by, device)).Refusal?.Code;

    private static async Task<string?> CodeAsync(TestLesson lesson, Actor student, Guid device) =>
        (await lesson.SyncAsync(Audience.Student(student.Id), student, device)).Refusal?.Args.GetValueOrDefault("code");

    private async Task<(TestLesson TestLesson, Actor Student)> SeatedAsync()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        return (lesson, await lesson.JoinAsync("Аружан"));
    }

    private async Task<(string? Own, string? Other, string? Third)> SeenAsync(TestLesson lesson, Actor student) =>
        (await lesson.RefusalOnAsync(student, lesson.DeviceOf(student)), await lesson.RefusalOnAsync(student, _other), await lesson.RefusalOnAsync(student, _third));
}
