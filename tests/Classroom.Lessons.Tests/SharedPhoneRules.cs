namespace Classroom.Lessons.Tests;

/// <summary>Two or three children on one phone: each a seat of its own, counted, called, erased and marked alone; answers and works together or each their own.</summary>
public sealed class SharedPhoneRules : LessonTest
{
    private static readonly Guid Phone = new("b1000000-0000-7000-8000-000000000001");
    private static readonly Guid Device = new("d1000000-0000-7000-8000-000000000001");
    private static readonly Guid Aidar = new("00000000-0000-7000-8000-0000000000a1");

    [Fact]
    public void Who_joins_together_is_seated_together_and_each_is_counted()
    {
        var saule = Share("Айдар", "Сәуле");
        Run.State.Seats.Count.ShouldBe(4);
        Pace().Joined.ShouldBe(4);
        Seat(Aidar).SharedWith.ShouldBe([saule]);
        Seat(saule).SharedWith.ShouldBe([Aidar]);
        Seat(Dana).SharedWith.ShouldBeNull();
        Me(Aidar).Sharing!.Value.ShouldHaveSingleItem().Nickname.ShouldBe("Сәуле");
        Run.History[^1].Meta.By.Id.ShouldBe(saule, "the name is of the child that has it, and sealed under its key");
    }

    [Theory]
    [InlineData("Дана", "nickname-taken")]
    [InlineData("айдар", "nickname-taken")]
    [InlineData("Мұғалім", "nickname-of-role")]
    [InlineData("Айгүл Маратқызы", "nickname-of-teacher")]
    [InlineData("Құсбегі 7", "bad-word")]
    [InlineData("", "bad-nickname")]
    public void A_second_name_obeys_the_rules_of_the_first_or_nobody_comes_in(string name, string code)
    {
        var both = By(Aidar, Take("Айдар") with { Others = [new(name, false)] });
        var refused = Run.Do(both).Decision;
        refused.Refusal!.Code.ShouldBe(code);
        refused.Refusal.Args["name"].ShouldBe(name);
        Run.State.Seats.ShouldNotContainKey(Aidar);
        Ok(Aidar, Take("Айдар"));
        Refused(Aidar, new ShareSeat(name)).ShouldBe(code);
    }

    [Fact]
    public void Three_share_a_phone_and_no_fourth_whoever_asks()
    {
        Refused(Aidar, Take("Айдар") with { Others = [new("А", false), new("Б", false), new("В", false)] }).ShouldBe("phone-full");
        var saule = Share("Айдар", "Сәуле");
        Ok(saule, new ShareSeat("Тимур"));
        Refused(Aidar, new ShareSeat("Ербол")).ShouldBe("phone-full");
        Me(saule).Sharing!.Value.Length.ShouldBe(2);
        Ok(Teacher, new RemoveStudent(saule));
        Me(Aidar).Sharing!.Value.Length.ShouldBe(1);
        Ok(Aidar, new ShareSeat("Ербол"));
        Refused(Teacher, new ShareSeat("Х")).ShouldBe("wrong-role");
        Ok(Teacher, new LockLobby());
        Ok(Teacher, new RemoveStudent(Run.State.Seats.Values.Single(s => s.Nickname == "Ербол").StudentId));
        Refused(Aidar, new ShareSeat("Ербол")).ShouldBe("lobby-locked");
    }

    [Fact]
    public void Where_the_teacher_lets_in_a_second_child_waits_too_and_the_phone_says_so()
    {
        Ok(Aidar, Take("Айдар"));
        Ok(Teacher, new SetEntrance(true));
        var waits = Ok(Aidar, new ShareSeat("Сәуле")).Children.Single();
        Me(Aidar).Sharing!.Value.ShouldHaveSingleItem().Waiting.ShouldBe(true);
        Ok(Teacher, new Admit([waits]));
        Me(Aidar).Sharing!.Value.ShouldHaveSingleItem().Waiting.ShouldBeNull();
        Seat(waits).SharedWith.ShouldBe([Aidar]);
        var away = Ok(Aidar, new ShareSeat("Ербол")).Children.Single();
        Ok(Teacher, new TurnAway([away]));
        Me(Aidar).Sharing!.Value.Length.ShouldBe(1);
    }

    [Fact]
    public void An_answer_together_is_one_of_each_child_and_counts_for_each()
    {
        var saule = Share("Айдар", "Сәуле");
        Ask("q1");
        var said = Run.Do(new(Guid.CreateVersion7(), Student(Aidar), Answer("q1", "a"), Device, [Aidar, saule])).Decision;
        said.Children.ShouldBe([Aidar, saule]);
        Run.State.Questions["q1"].Answers.Values.ShouldAllBe(a => a.Together);
        Tally("q1").Rounds!.Value[0].Counts.Single().Count.ShouldBe(2);
        Tally("q1").Answered.ShouldBe(2);
        Entities("answer", Audience.Student(Aidar)).Count.ShouldBe(2, "the phone shows what each of its children said");
        Entities("answer", Audience.Student(Dana)).ShouldBeEmpty();
        Run.Do(new(Guid.CreateVersion7(), Student(saule), Answer("q1", "b"), Device)).Decision.Refusal.ShouldBeNull();
        Tally("q1").Rounds!.Value[0].Counts.Select(c => c.Count).ShouldBe([1, 1], "who thinks otherwise says so");
        Run.State.Questions["q1"].Answers[new(1, saule)].Together.ShouldBeFalse();
    }

    [Fact]
    public void The_teacher_may_ask_each_child_alone()
    {
        var saule = Share("Айдар", "Сәуле");
        Ask("q1");
        Ok(Teacher, new AskEachChild(true));
        Pace().EachChild.ShouldBe(true);
        For(Answer("q1", "a"), Aidar, saule).Refusal!.Code.ShouldBe("each-their-own");
        For(Answer("q1", "a"), Aidar).Refusal.ShouldBeNull();
        For(Answer("q1", "b"), saule).Refusal.ShouldBeNull();
        Tally("q1").Answered.ShouldBe(2);
        Run.Do(new(Guid.CreateVersion7(), Teacher, new AskEachChild(true))).Decision.Facts.ShouldBeEmpty();
        Ok(Teacher, new AskEachChild(false));
        For(Answer("q1", "a"), Aidar, saule).Refusal.ShouldBeNull();
        Refused(Aidar, new AskEachChild(true)).ShouldBe("wrong-role");
    }

    [Fact]
    public void Nobody_acts_for_a_child_of_another_phone()
    {
        var saule = Share("Айдар", "Сәуле");
        Ask("q1");
        For(Answer("q1", "a"), Dana).Refusal!.Code.ShouldBe("not-on-phone");
        For(Answer("q1", "a"), Guid.Empty).Refusal!.Code.ShouldBe("not-on-phone");
        For(Answer("q1", "a"), Aidar, saule, Dana).Refusal.ShouldBeNull("a stranger beside them is nobody");
        Run.State.Questions["q1"].Answers.Keys.Select(k => k.StudentId).ShouldBe([Aidar, saule], ignoreOrder: true);
        For(new RaiseHand("көмек"), Aidar, saule).Refusal!.Code.ShouldBe("bad-value", "what cannot be done together");
        Run.Do(new(Guid.CreateVersion7(), Student(saule), Answer("q1", "b"), Guid.CreateVersion7())).Decision.Refusal!.Code.ShouldBe("device-unknown");
        Ok(saule, new RequestDevice(Phone));
        Ok(Teacher, new ApproveDevice(saule, Phone));
        For(Answer("q1", "b"), saule).Refusal!.Code.ShouldBe("not-on-phone", "who has a phone of its own now");
        Entities("answer", Audience.Student(Aidar)).Count.ShouldBe(1);
        Seat(Aidar).SharedWith.ShouldBeNull();
    }

    [Fact]
    public void The_same_command_again_is_the_same_whoever_is_first_and_somebody_elses_is_none()
    {
        var saule = Share("Айдар", "Сәуле");
        Ask("q1");
        var envelope = new Envelope(Guid.CreateVersion7(), Student(Aidar), Answer("q1", "a"), Device, [saule, Aidar]);
        Run.Do(envelope).Decision.Facts.Length.ShouldBe(2);
        Run.Do(envelope).Decision.ShouldBe(Decision.Nothing);
        Run.Do(envelope with { For = default, By = Student(Dana), DeviceId = null }).Decision.Refusal!.Code.ShouldBe("bad-id");
        Run.State.Seen[envelope.CommandId].ShouldBe(new SeenCommand(Run.State.Seq, Role.Student, saule));
    }

    [Fact]
    public void Lost_together_counts_children_and_a_hand_says_all_names()
    {
        Ok(Dana, new ChangePreferences(Language.Ru, Level.Standard));
        var saule = Share("Айдар", "Сәуле");
        var id = Explained();
        For(new PressConfusion(id, "kk-simple", 1), Aidar, saule).Refusal.ShouldBeNull();
        var spot = ((HeatEntity)Entities("heat").Single().Value!).Spots.Single();
        (spot.Count, spot.Readers).ShouldBe((2, 2));
        Entities("pressed", Audience.Student(Aidar)).Count.ShouldBe(1);
        Entities("pressed", Audience.Student(saule)).Count.ShouldBe(1);
        Ok(Aidar, new RaiseHand("мына жер"));
        var tile = Tiles.Of(Run.State, Guid.Empty, Run.Now);
        tile.Hands.Single().Nickname.ShouldBe("Айдар, Сәуле");
        tile.Lost.ShouldBe(0.5);
    }

    [Fact]
    public void Who_shares_a_phone_is_in_one_team_and_moves_together()
    {
        var saule = Share("Айдар", "Сәуле");
        Start("s3");
        Refused(Teacher, new FormTeams(4, true)).ShouldBe("bad-team-count", "there are three phones");
        Ok(Teacher, new FormTeams(2, true));
        Run.State.Seats[Aidar].Team.ShouldBe(Run.State.Seats[saule].Team);
        Run.State.Seats.Values.GroupBy(s => s.Team).ShouldAllBe(t => t.Count() == 2);
        var other = 3 - Run.State.Seats[Aidar].Team!.Value;
        Ok(Teacher, new MoveToTeam(saule, other)).Facts.Length.ShouldBe(2);
        Run.State.Seats[Aidar].Team.ShouldBe(other);
    }

    private Guid Share(string first, string second)
    {
        Ok(Aidar, Take(first) with { Others = [new(second, false)] });
        return Run.State.Seats.Values.Single(s => s.Nickname == second).StudentId;
    }

    private void Ask(string question)
    {
        Start("s1");
        Ok(Teacher, new AskQuestion(question));
    }

    private Decision For(Command command, params Guid[] children) =>
        Run.Do(new(Guid.CreateVersion7(), Student(Aidar), command, Device, [.. children])).Decision;

    private static TakeSeat Take(string name) => new(name, Language.Kk, Level.Simple, Device, false, Phone, 3);

    private static Actor Student(Guid id) => new(Role.Student, id);

    private static GiveAnswer Answer(string question, string option) => new(question, [option], null, null);

    private SeatEntity Seat(Guid id) => (SeatEntity)Entities("seat").Single(e => e.Id == id.ToString()).Value!;

    private MeEntity Me(Guid id) => (MeEntity)Entities("me", Audience.Student(id)).Single().Value!;

    private PaceEntity Pace() => (PaceEntity)Entities("pace").Single().Value!;

    private TallyEntity Tally(string id) => (TallyEntity)Entities("tally").Single(e => e.Id == id).Value!;
}
