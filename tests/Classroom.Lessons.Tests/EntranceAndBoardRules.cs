namespace Classroom.Lessons.Tests;

/// <summary>A door at which the teacher lets in, and the boards that may look.</summary>
public sealed class EntranceAndBoardRules : LessonTest
{
    private static readonly Guid Board = new("00000000-0000-7000-8000-0000000000c1");

    [Fact]
    public void Who_waits_has_no_seat_until_the_teacher_lets_them_in()
    {
        Ok(Teacher, new SetEntrance(true));
        var (first, second, third) = (Wait("Бір"), Wait("Екі"), Wait("Үш"));
        Run.State.Seats.Count.ShouldBe(2);
        Refused(first, new RaiseHand("")).ShouldBe("no-seat");
        View.Of(Run.State, Audience.Student(first)).Where(e => e.Kind == "me").ShouldBeEmpty();
        Entities("entry").Count.ShouldBe(3);
        Entities("entry", Audience.Board).ShouldBeEmpty();
        Entities("entry", Audience.Student(Dana)).ShouldBeEmpty();

        Ok(Teacher, new Admit([first, first, Guid.CreateVersion7()]));
        Run.State.Seats[first].Nickname.ShouldBe("Бір");
        Ok(Teacher, new TurnAway([third]));
        Run.State.Entries.Keys.ShouldBe([second]);
        Refused(Teacher, new Admit([third])).ShouldBe("nobody-waiting");
        Refused(Teacher, new Admit([])).ShouldBe("nobody-waiting");
        Refused(Teacher, new TurnAway([first])).ShouldBe("nobody-waiting");

        Ok(Teacher, new SetEntrance(false));
        Run.State.Entries.Keys.ShouldBe([second], "who waited still waits to be seen");
        Ok(Guid.CreateVersion7(), Take("Төрт"));
        Run.State.Seats.Count.ShouldBe(4);
    }

    [Fact]
    public void A_name_at_the_door_is_taken_and_an_entry_is_one_however_often_it_is_sent()
    {
        Ok(Teacher, new SetEntrance(true));
        var first = Wait("Бір");
        Run.Do(By(first, Take("Бір"))).Decision.Facts.ShouldBeEmpty();
        Refused(Guid.CreateVersion7(), Take("бір")).ShouldBe("nickname-taken");
        Refused(Guid.CreateVersion7(), Take("ДАНА")).ShouldBe("nickname-taken");
        Refused(Teacher, new RenameStudent(Dana, "Бір")).ShouldBe("nickname-taken", "who is let in has a name of their own");
    }

    [Fact]
    public void A_board_that_is_unpaired_is_out_and_only_the_teacher_has_the_list()
    {
        Ok(Teacher, new PairBoard(Board));
        Run.Do(new(Guid.CreateVersion7(), Teacher, new PairBoard(Board))).Decision.Facts.ShouldBeEmpty();
        Entities("board").Single().Id.ShouldBe(Board.ToString());
        Entities("board", Audience.Board).ShouldBeEmpty();
        Refused(Teacher, new UnpairBoard(Guid.CreateVersion7())).ShouldBe("no-such-board");
        Refused(Teacher, new PairBoard(Guid.Empty)).ShouldBe("bad-value");
        var (_, changes) = Run.Do(new(Guid.CreateVersion7(), Teacher, new UnpairBoard(Board)));
        changes!.Unpaired.ShouldBe([Board]);
        Entities("board").ShouldBeEmpty();
        Run.Do(new(Guid.CreateVersion7(), Teacher, new UnpairBoard(Board))).Decision.Facts.ShouldBeEmpty();
    }

    [Fact]
    public void A_lesson_has_so_many_boards_and_its_end_is_theirs()
    {
        for (var i = 0; i < BoardsRules.MaxBoards; i++)
        {
            Ok(Teacher, new PairBoard(Guid.CreateVersion7()));
        }

        foreach (var seen in Run.State.Boards.Keys)
        {
            Ok(Actor.System, new ConnectBoard(seen));
        }

        Refused(Teacher, new PairBoard(Board)).ShouldBe("too-many-boards");
        Ok(Teacher, new StartLesson());
        Run.Do(new(Guid.CreateVersion7(), Teacher, new EndLesson())).AudienceChanges!.Ended.ShouldBeTrue();
        Run.Do(new(Guid.CreateVersion7(), Teacher, new ReopenLesson("NEWC0D"))).AudienceChanges!.Ended.ShouldBeFalse();
    }

    [Fact]
    public void A_board_that_never_looked_gives_its_place_to_the_next_and_one_that_did_keeps_it()
    {
        var boards = Enumerable.Range(0, BoardsRules.MaxBoards).Select(_ => Guid.CreateVersion7()).ToList();
        boards.ForEach(b => Ok(Teacher, new PairBoard(b)));
        Ok(Actor.System, new ConnectBoard(boards[0]));
        Run.Do(new(Guid.CreateVersion7(), Actor.System, new ConnectBoard(boards[0]))).Decision.Facts.ShouldBeEmpty("once");
        Run.Do(new(Guid.CreateVersion7(), Actor.System, new ConnectBoard(Board))).Decision.Facts.ShouldBeEmpty("of a board that was not paired nothing is kept");
        Ok(Teacher, new PairBoard(Board));
        Run.State.Boards.Count.ShouldBe(BoardsRules.MaxBoards);
        Run.State.Boards.Keys.ShouldContain(boards[0]);
        Run.State.Unpaired.ShouldBe([boards[1]], "the oldest of those that nobody saw");
    }

    private static TakeSeat Take(string nickname) => new(nickname, Language.Kk, Level.Simple, Guid.CreateVersion7(), false);

    private Guid Wait(string nickname)
    {
        var id = Guid.CreateVersion7();
        Ok(id, Take(nickname)).Facts.Single().ShouldBeOfType<EntryRequested>();
        return id;
    }
}
