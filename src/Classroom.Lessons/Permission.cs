namespace Classroom.Lessons;

/// <summary>Whether somebody may give a command now: by role, classroom, seat, device and phase, in this order.</summary>
public static class Permission
{
    /// <summary>A code, or null when the command may be decided on.</summary>
    public static string? RefusalTo(CommandType type, LessonState state, Actor by, Guid? device)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(by);
        if (!type.Allows(by.Role))
        {
            return "wrong-role";
        }

        if (type.During == Phases.NotOpen)
        {
            return state.IsOpen ? "already-open" : null;
        }

        return !state.IsOpen ? "not-open"
            : by.Role == Role.Teacher && by.Id != state.TeacherId ? "foreign-classroom"
            : by.Role == Role.Student && type.Type != typeof(TakeSeat) && !state.Seats.ContainsKey(by.Id) ? "no-seat"
            : by.Role == Role.Helper && !state.Helpers.ContainsKey(by.Id) ? "helper-dismissed"
            : by.Role == Role.Board && !state.Drawing.Contains(by.Id) ? "board-read-only"
            // What the server sends for a device that is not the seat's yet, is about that.
            : by.Role == Role.Student && type.Type != typeof(TakeSeat) && type.Type != typeof(RequestDevice) && device is { } d && d != state.Seats[by.Id].DeviceId ? "device-unknown"
            : type.During.HasFlag(PhaseOf(state)) ? null
            : type.During == Phases.Lobby ? "already-started"
            : type.During == Phases.Ended ? "not-ended"
            : state.Phase == LessonPhase.Lobby ? "not-started" : "lesson-ended";
    }

    private static Phases PhaseOf(LessonState state) => state.Phase switch
    {
        LessonPhase.Lobby => Phases.Lobby,
        LessonPhase.Live => Phases.Live,
        _ => Phases.Ended,
    };
}
