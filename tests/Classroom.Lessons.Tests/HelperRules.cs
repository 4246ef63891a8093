using System.Text;

namespace Classroom.Lessons.Tests;

/// <summary>The helper of a room: what the link is good for, what she may do there, and what she sees. Dana sits in room 2, Ivan in the hub.</summary>
public sealed class HelperRules : LessonTest
{
    private static readonly Actor Aliya = new(Role.Helper, new("00000000-0000-7000-8000-0000000000d1"));
    private static readonly Actor Other = new(Role.Helper, new("00000000-0000-7000-8000-0000000000d2"));

    public HelperRules()
    {
        Ok(Teacher, new AddRoom("204"));
        Ok(Teacher, new MoveToRoom(Dana, 2));
        Ok(Teacher, new InviteHelper(Aliya.Id, 2));
        Ok(Teacher, new InviteHelper(Other.Id));
    }

    [Fact]
    public void A_room_has_one_helper_and_a_new_link_takes_the_place_of_the_old_one()
    {
        Refused(Teacher, new InviteHelper(Guid.CreateVersion7(), 7)).ShouldBe("no-such-room");
        Refused(Teacher, new InviteHelper(Guid.Empty)).ShouldBe("bad-value");
        Run.Do(new(Guid.CreateVersion7(), Teacher, new InviteHelper(Aliya.Id, 1))).Decision.Facts.ShouldBeEmpty("a link is of the room that it was made for");
        Helpers().ShouldBe([(Aliya.Id, 2, null), (Other.Id, null, null)], ignoreOrder: true);
        Come();
        Helpers().ShouldContain((Aliya.Id, 2, "Әлия"));
        Entities("helper", Audience.Board).Concat(Entities("helper", Audience.Students)).Concat(Entities("helper", Audience.Helper(Aliya.Id))).ShouldBeEmpty("who helps where is the teacher's");

        var next = Guid.CreateVersion7();
        var (_, said) = Run.Do(new(Guid.CreateVersion7(), Teacher, new InviteHelper(next, 2)));
        said!.Dismissed.ShouldBe([Aliya.Id]);
        said.Teacher.ShouldContain(c => c.Kind == "helper" && c.Id == Aliya.Id.ToString() && c.Value == null);
        Refused(Aliya, new ClaimHand(Dana)).ShouldBe("helper-dismissed");
        View.Of(Run.State, Audience.Helper(Aliya.Id)).ShouldBeEmpty();
        Helpers().ShouldBe([(next, 2, null), (Other.Id, null, null)], ignoreOrder: true);
        Ok(Teacher, new DismissHelper(next)).Facts.ShouldHaveSingleItem();
        Run.Do(new(Guid.CreateVersion7(), Teacher, new DismissHelper(next))).Decision.Facts.ShouldBeEmpty();
    }

    [Fact]
    public void She_says_her_name_once_before_she_does_anything()
    {
        Ok(Dana, new RaiseHand("көмек"));
        Refused(Aliya, new ClaimHand(Dana)).ShouldBe("helper-nameless");
        Refused(Aliya, new ComeAsHelper(" ")).ShouldBe("empty");
        Refused(Aliya, new ComeAsHelper(null!)).ShouldBe("empty");
        Refused(Aliya, new ComeAsHelper(new string('ә', HelpersRules.MaxName + 1))).ShouldBe("too-long");
        Refused(Aliya, new ComeAsHelper("Әлия\u202e")).ShouldBe("bad-sign");
        Refused(Aliya, new ComeAsHelper("Айгүл  Маратқызы")).ShouldBe("nickname-of-teacher", "a child would take her for the teacher");
        foreach (var role in new[] { "Мұғалім", "учитель", "Директор", "Сынып жетекші", "ұстаз" })
        {
            Refused(Aliya, new ComeAsHelper(role)).ShouldBe("nickname-of-role", role);
        }

        Ok(Aliya, new ComeAsHelper("  Әлия   апай ")).Facts.ShouldBe([new HelperCame("Әлия апай")]);
        Run.Do(new(Guid.CreateVersion7(), Aliya, new ComeAsHelper("Әлия апай"))).Decision.ShouldSatisfyAllConditions(d => d.Facts.ShouldBeEmpty(), d => d.Refusal.ShouldBeNull());
        Run.Do(new(Guid.CreateVersion7(), Aliya, new ComeAsHelper("Басқа"))).Decision.Refusal!.ShouldSatisfyAllConditions(
            r => r.Code.ShouldBe("helper-named"), r => r.Args["by"].ShouldBe("Әлия апай"));
    }

    [Fact]
    public void She_goes_to_a_hand_of_her_room_by_the_name_she_gave_and_to_no_other()
    {
        Come();
        Ok(Dana, new RaiseHand("көмек"));
        Ok(Ivan, new RaiseHand(""));
        Refused(Aliya, new ClaimHand(Ivan)).ShouldBe("other-room");
        Refused(Aliya, new AnswerHand(Ivan)).ShouldBe("other-room");
        Refused(Aliya, new ClaimHand(Guid.CreateVersion7())).ShouldBe("no-hand");
        Ok(Aliya with { Name = "Директор" }, new ClaimHand(Dana));
        ((HandEntity)Entities("hand").Single(h => h.Id == Dana.ToString()).Value!).ShouldSatisfyAllConditions(h => h.ClaimedName.ShouldBe("Әлия"), h => h.ClaimedBy.ShouldBe(Aliya.Id));
        ((HandEntity)Entities("hand", Audience.Student(Dana)).Single().Value!).ClaimedName.ShouldBe("Әлия", "whatever her ticket calls itself");
        Child(Dana)!.Hand!.ShouldSatisfyAllConditions(h => h.By.ShouldBe("Әлия"), h => h.Mine.ShouldBe(true), h => h.Topic.ShouldBe("көмек"));
        Run.Do(new(Guid.CreateVersion7(), new Actor(Role.Mentor, Guid.CreateVersion7(), "Жанна"), new ClaimHand(Dana))).Decision.Refusal!.Args["by"].ShouldBe("Әлия");
        Ok(Aliya, new AnswerHand(Dana));
        Entities("hand").Select(h => h.Id).ShouldBe([Ivan.ToString()]);

        Ok(Dana, new RaiseHand(""));
        Ok(Teacher, new ClaimHand(Dana));
        Refused(Aliya, new ClaimHand(Dana)).ShouldBe("hand-claimed");
        Child(Dana)!.Hand!.ShouldSatisfyAllConditions(h => h.By.ShouldBe("Айгүл"), h => h.Mine.ShouldBeNull());
    }

    [Theory]
    [InlineData("moved")]
    [InlineData("dismissed")]
    [InlineData("replaced")]
    [InlineData("closed")]
    public void A_hand_waits_again_when_she_who_went_to_it_is_not_there_any_more(string how)
    {
        Come();
        Ok(Dana, new RaiseHand(""));
        Ok(Aliya, new ClaimHand(Dana));
        Command command = how switch
        {
            "moved" => new MoveToRoom(Dana, 1),
            "dismissed" => new DismissHelper(Aliya.Id),
            "replaced" => new InviteHelper(Guid.CreateVersion7(), 2),
            _ => new CloseRoom(2),
        };
        var (_, said) = Run.Do(new(Guid.CreateVersion7(), Teacher, command));
        said!.Teacher.ShouldContain(c => c.Kind == "hand");
        said.Personal[Dana].ShouldContain(c => c.Kind == "hand");
        ((HandEntity)Entities("hand").Single().Value!).ShouldSatisfyAllConditions(h => h.ClaimedName.ShouldBeNull(), h => h.ClaimedAt.ShouldBeNull());
        // With the last satellite the hub's helper goes too: hers would be the whole class.
        said.Dismissed.ShouldBe(how switch { "moved" => [], "closed" => [Aliya.Id, Other.Id], _ => [Aliya.Id] }, ignoreOrder: true);
        Helpers().Any(h => h.Id == Aliya.Id).ShouldBe(how == "moved");
        Child(Dana).ShouldBeNull();
    }

    [Fact]
    public void A_claim_of_the_teacher_stays_wherever_the_child_goes()
    {
        Ok(Dana, new RaiseHand(""));
        Ok(Teacher, new ClaimHand(Dana));
        Ok(Teacher, new MoveToRoom(Dana, 1));
        ((HandEntity)Entities("hand").Single().Value!).ClaimedName.ShouldBe("Айгүл");
    }

    [Fact]
    public void She_lets_in_who_waits_at_the_door_of_her_room_and_nobody_else()
    {
        Come();
        var (hers, not) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Ok(Teacher, new SetEntrance(true));
        Ok(hers, new TakeSeat("Арман", Language.Kk, Level.Simple, Guid.CreateVersion7(), false, Room: 2));
        Ok(not, new TakeSeat("Болат", Language.Kk, Level.Simple, Guid.CreateVersion7(), false, Room: 1));
        Child(hers)!.Waiting.ShouldBe(true);
        Child(not).ShouldBeNull();
        Refused(Aliya, new Admit([not])).ShouldBe("other-room");
        Refused(Aliya, new Admit([hers, not])).ShouldBe("other-room");
        Refused(Aliya, new Admit([])).ShouldBe("nobody-waiting");
        Refused(Aliya, new TurnAway([hers])).ShouldBe("wrong-role");
        Ok(Aliya, new Admit([hers]));
        Child(hers)!.ShouldSatisfyAllConditions(c => c.Waiting.ShouldBeNull(), c => c.Nickname.ShouldBe("Арман"));
        Run.State.Seats[hers].Room.ShouldBe(2);
    }

    [Fact]
    public void She_gives_a_seat_of_her_room_to_another_phone()
    {
        Come();
        var (hers, not) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Ok(Dana, new RequestDevice(hers, null, 7));
        Ok(Ivan, new RequestDevice(not, null, 8));
        var request = Child(Dana)!.Requests!.Value.Single();
        (request.DeviceId, request.Code).ShouldBe((hers, Run.State.Seats[Dana].Requests.Single().Code));
        Refused(Aliya, new ApproveDevice(Ivan, not)).ShouldBe("other-room");
        Refused(Aliya, new RefuseDevice(Dana, hers)).ShouldBe("wrong-role");
        Ok(Aliya, new ApproveDevice(Dana, hers));
        Run.State.Seats[Dana].DeviceId.ShouldBe(hers);
    }

    [Fact]
    public void Hands_that_she_counts_are_her_rooms_whatever_she_says()
    {
        Come();
        Start("s1");
        Ok(Teacher, new AskQuestion("q1"));
        Ok(Aliya, new CountHands("q1", [new("a", 3)], 1)).Facts.OfType<HandsCounted>().Single().Room.ShouldBe(2);
        Ok(Teacher, new CountHands("q1", [new("b", 2)]));
        Helped().Question!.ShouldSatisfyAllConditions(q => q.Hands.ShouldBe([new("a", 3)]), q => q.MayCount.ShouldBeTrue(), q => q.Options.ShouldAllBe(o => o.Correct == null && o.Why == null));
        Ok(Teacher, new RevealResults("q1"));
        Helped().Question.ShouldBeNull();
        Refused(Aliya, new CountHands("q1", [new("a", 4)])).ShouldBe("results-shown");
    }

    [Fact]
    public void Nothing_else_is_hers()
    {
        Come();
        Start("s1");
        var hers = new[] { typeof(ComeAsHelper), typeof(ClaimHand), typeof(AnswerHand), typeof(Admit), typeof(ApproveDevice), typeof(CountHands) };
        foreach (var type in AnyCommand.Types.Where(t => t != typeof(OpenLesson)))
        {
            (Refused(Aliya, AnyCommand.Of(type)) == "wrong-role").ShouldBe(!hers.Contains(type), type.Name);
        }
    }

    [Fact]
    public void She_sees_who_has_not_answered_and_not_what_was_said()
    {
        Come();
        Start("s1");
        Ok(Teacher, new AskQuestion("q2"));
        Child(Dana)!.Answered.ShouldBe(false);
        Ok(Dana, new GiveAnswer("q2", [], null, "құпия сөз"));
        Ok(Ivan, new GiveAnswer("q2", [], null, "басқа сөз"));
        Child(Dana)!.Answered.ShouldBe(true);
        Helped().Question!.ShouldSatisfyAllConditions(q => q.Id.ShouldBe("q2"), q => q.Status.ShouldBe(QuestionStatus.Open));
        Ok(Teacher, new GoToStep("s4"));
        HandIn();
        var all = Encoding.UTF8.GetString(LessonJson.Encode(View.Of(Run.State, Audience.Helper(Aliya.Id))));
        foreach (var word in new[] { "құпия", "басқа", "Иван", "өзім", "ойландым", Ivan.ToString() })
        {
            all.ShouldNotContain(word);
        }

        all.ShouldContain("Дана");
        View.Of(Run.State, Audience.Helper(Aliya.Id)).Select(c => c.Kind).Distinct().ShouldBe(["helped", "child"], ignoreOrder: true);
        Ok(Teacher, new CloseQuestion("q2"));
        Child(Dana)!.Answered.ShouldBeNull("nobody is waited for");
    }

    [Fact]
    public void She_sees_how_many_are_lost_and_where_once_that_does_not_say_who()
    {
        Come();
        var id = Explained();
        Ok(Dana, new PressConfusion(id, "kk-simple", 1));
        Ok(Ivan, new PressConfusion(id, "kk-simple", 2));
        Helped().ShouldSatisfyAllConditions(h => h.Lost.ShouldBeNull(), h => h.LostAt.ShouldBeNull());
        foreach (var name in new[] { "Арман", "Болат" })
        {
            Ok(Guid.CreateVersion7(), new TakeSeat(name, Language.Kk, Level.Simple, Guid.CreateVersion7(), false, Room: 2));
        }

        // The hub has one phone alone: the difference to a count of all would say who, so that nothing is said in any room.
        Helped().Lost.ShouldBeNull();
        foreach (var name in new[] { "Ерлан", "Жанар" })
        {
            Ok(Guid.CreateVersion7(), new TakeSeat(name, Language.Kk, Level.Simple, Guid.CreateVersion7(), false, Room: 1));
        }

        Helped().ShouldSatisfyAllConditions(h => h.Lost.ShouldBe(1), h => h.LostAt!.Value.ShouldBe([new("kk-simple", 1, 1)]));
    }

    [Fact]
    public void She_knows_the_step_the_code_and_the_boards_of_her_room()
    {
        Come();
        var (near, far) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Ok(Teacher, new PairBoard(near, Room: 2));
        Ok(Teacher, new PairBoard(far));
        Start("s2");
        Ok(Teacher, new AddMinute("s2"));
        Helped().ShouldSatisfyAllConditions(
            h => (h.Room, h.RoomName, h.IsOneOfSeveral, h.Name).ShouldBe((2, "204", true, "Әлия")), h => h.JoinCode.ShouldBe("K7PM4X"), h => h.Boards.ShouldBe([near]),
            h => (h.Step, h.Steps, h.StepMinutes).ShouldBe((2, 4, 11)), h => h.StepTitle.ShouldBe(RandomLesson.T("Түсіндіру")), h => h.Phase.ShouldBe(LessonPhase.Live));
        Ok(Teacher, new EndLesson());
        Refused(Aliya, new ClaimHand(Dana)).ShouldBe("lesson-ended");
        Ok(Teacher, new DismissHelper(Aliya.Id)).Facts.ShouldHaveSingleItem("a link may be taken back after the end, too");
    }

    [Fact]
    public void What_does_not_change_in_her_room_is_no_news_to_her()
    {
        Come();
        var (_, said) = Run.Do(new(Guid.CreateVersion7(), new Actor(Role.Student, Ivan), new RaiseHand("көмек")));
        said!.Helpers.Keys.ShouldBe([Other.Id], "Ivan sits in the hub");
        (_, said) = Run.Do(new(Guid.CreateVersion7(), new Actor(Role.Student, Dana), new ChangePreferences(Language.Ru, Level.Advanced)));
        said!.Helpers.ShouldBeEmpty();
    }

    private void Come() => Ok(Aliya, new ComeAsHelper("Әлия"));

    private List<(Guid Id, int? Room, string? Name)> Helpers() => [.. Entities("helper").Select(e => (Guid.Parse(e.Id), ((HelperEntity)e.Value!).Room, ((HelperEntity)e.Value!).Name))];

    private ChildEntity? Child(Guid id) => (ChildEntity?)Entities("child", Audience.Helper(Aliya.Id)).SingleOrDefault(e => e.Id == id.ToString())?.Value;

    private HelpedEntity Helped() => (HelpedEntity)Entities("helped", Audience.Helper(Aliya.Id)).Single().Value!;
}
