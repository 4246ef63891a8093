namespace Classroom.Grains.Tests;

/// <summary>A seat is bound to one device. Whoever comes in on another is told why not, in every state of the seat's devices.</summary>
public sealed class Devices(StageFixture fixture) : GrainTest(fixture)
{
    private readonly Guid _other = Guid.CreateVersion7();
    private readonly Guid _third = Guid.CreateVersion7();

    [Fact]
    public async Task While_no_device_waits_only_the_seats_own_is_let_in()
    {
        var (room, student) = await SeatedAsync();
        (await SeenAsync(room, student)).ShouldBe((null, "device-unknown", "device-unknown"));
    }

    [Fact]
    public async Task A_device_that_waits_is_told_so_and_the_seats_own_stays_in()
    {
        var (room, student) = await SeatedAsync();
        await room.DoneAsync(student, new RequestDevice(_other));
        (await SeenAsync(room, student)).ShouldBe((null, "device-waiting", "device-unknown"));
    }

    [Fact]
    public async Task Of_two_devices_that_ask_the_last_one_waits()
    {
        var (room, student) = await SeatedAsync();
        await room.DoneAsync(student, new RequestDevice(_other));
        await room.DoneAsync(student, new RequestDevice(_third));
        (await SeenAsync(room, student)).ShouldBe((null, "device-unknown", "device-waiting"));
        await room.DoneAsync(room.Teacher, new ApproveDevice(student.Id));
        (await SeenAsync(room, student)).ShouldBe(("device-unknown", "device-unknown", null));
    }

    [Fact]
    public async Task An_approved_device_is_let_in_and_the_old_one_no_more()
    {
        var (room, student) = await SeatedAsync();
        await room.DoneAsync(student, new RequestDevice(_other));
        await room.DoneAsync(room.Teacher, new ApproveDevice(student.Id));
        (await SeenAsync(room, student)).ShouldBe(("device-unknown", null, "device-unknown"));
        await room.RefusedAsync("no-device-waiting", room.Teacher, new RefuseDevice(student.Id));
        await room.ReactivateAsync();
        (await SeenAsync(room, student)).ShouldBe(("device-unknown", null, "device-unknown"));
    }

    [Fact]
    public async Task A_refused_device_is_not_let_in_and_the_seats_own_stays_in()
    {
        var (room, student) = await SeatedAsync();
        await room.DoneAsync(student, new RequestDevice(_other));
        await room.DoneAsync(room.Teacher, new RefuseDevice(student.Id));
        (await SeenAsync(room, student)).ShouldBe((null, "device-unknown", "device-unknown"));
        await room.RefusedAsync("no-device-waiting", room.Teacher, new ApproveDevice(student.Id));
        await room.DoneAsync(student, new RequestDevice(_other));
        (await room.RefusalOnAsync(student, _other)).ShouldBe("device-waiting", "it may ask again");
    }

    [Fact]
    public async Task A_removed_student_is_let_in_on_no_device()
    {
        var (room, student) = await SeatedAsync();
        await room.DoneAsync(student, new RequestDevice(_other));
        await room.DoneAsync(room.Teacher, new RemoveStudent(student.Id));
        (await SeenAsync(room, student)).ShouldBe(("no-seat", "no-seat", "no-seat"));
        await room.RefusedAsync("no-such-student", room.Teacher, new ApproveDevice(student.Id));
    }

    [Fact]
    public async Task A_devices_commands_are_the_seats_but_another_students_device_opens_nothing()
    {
        var (room, student) = await SeatedAsync();
        var neighbour = await room.JoinAsync("Диас");
        (await room.RefusalOnAsync(student, room.DeviceOf(neighbour))).ShouldBe("device-unknown");
        (await RefusalAsync(room, Audience.Student(student.Id), neighbour, room.DeviceOf(student))).ShouldBe("wrong-role");
    }

    [Fact]
    public async Task Everybody_comes_in_as_what_they_are()
    {
        var (room, student) = await SeatedAsync();
        var device = room.DeviceOf(student);
        var board = new Actor(Role.Board, Guid.Empty);
        var mentor = new Actor(Role.Mentor, Guid.CreateVersion7(), "Жанна");
        (await RefusalAsync(room, Audience.Teacher, room.Teacher, Guid.Empty)).ShouldBeNull();
        (await RefusalAsync(room, Audience.Teacher, room.Teacher with { Id = Guid.CreateVersion7() }, Guid.Empty)).ShouldBe("foreign-classroom");
        (await RefusalAsync(room, Audience.Teacher, student with { Id = room.Teacher.Id }, device)).ShouldBe("foreign-classroom");
        (await RefusalAsync(room, Audience.Board, board, Guid.Empty)).ShouldBeNull();
        (await RefusalAsync(room, Audience.Board, student, device)).ShouldBe("wrong-role");
        (await RefusalAsync(room, Audience.Student(student.Id), room.Teacher with { Id = student.Id }, device)).ShouldBe("wrong-role");
        foreach (var audience in new[] { Audience.Students, Audience.Mentor })
        {
            foreach (var actor in new[] { student, room.Teacher, board, mentor })
            {
                (await RefusalAsync(room, audience, actor, device)).ShouldBe("wrong-role");
            }
        }

        (await RefusalAsync(new Room(Stage), Audience.Board, board, Guid.Empty)).ShouldBe("no-such-classroom");
    }

    private static async Task<string?> RefusalAsync(Room room, Audience audience, Actor by, Guid device) =>
        (await room.EnterAsync(audience, by, device)).Refusal?.Code;

    private async Task<(Room Room, Actor Student)> SeatedAsync()
    {
        var room = await Room.OpenAsync(Stage);
        return (room, await room.JoinAsync("Аружан"));
    }

    private async Task<(string? Own, string? Other, string? Third)> SeenAsync(Room room, Actor student) =>
        (await room.RefusalOnAsync(student, room.DeviceOf(student)), await room.RefusalOnAsync(student, _other), await room.RefusalOnAsync(student, _third));
}
