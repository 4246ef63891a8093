namespace Classroom.Lessons.Tests;

/// <summary>Satellites: chosen by i, so that no more chance is drawn.</summary>
internal sealed partial class RandomLesson
{
    // In place of what chance does often enough.
    private Command RoomsOr(Command otherwise, int i) => (i % 3 > 0 && otherwise is GiveMark or WithdrawMark or OpenTranscript ? i % 11 : -1) switch
    {
        0 or 3 or 7 => new AddRoom("Кабинет " + (i % 4)),
        1 => new RenameRoom(i % 4, i % 5 == 0 ? " " : "Каб. " + (i % 6)),
        2 when i % 2 == 0 => new CloseRoom(i % 4),
        4 or 5 or 8 or 9 => new MoveToRoom(_students[i % Math.Min(5, _students.Count)], 1 + (i % 4)),
        6 => new MoveBoard(Browser(i % 3), i % 4),
        _ => otherwise,
    };

    // Most say a room that was there once; without satellites there is the hub alone.
    private int? Room() => _past.Any(e => e.Command is AddRoom) ? _students.Count % 5 == 0 ? null : 1 + (_students.Count % 3) : _students.Count % 2 == 0 ? null : RoomsRules.Hub;
}
