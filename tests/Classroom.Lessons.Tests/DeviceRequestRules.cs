namespace Classroom.Lessons.Tests;

/// <summary>A seat moves to the device that the teacher saw, and to no other.</summary>
public sealed class DeviceRequestRules : LessonTest
{
    private static readonly Guid Hers = new("00000000-0000-7000-8000-0000000000a1");
    private static readonly Guid Other = new("00000000-0000-7000-8000-0000000000a2");
    private static readonly Guid BrowserOfHers = new("00000000-0000-7000-8000-0000000000b1");
    private static readonly Guid BrowserOfOther = new("00000000-0000-7000-8000-0000000000b2");

    [Fact]
    public void Of_two_requests_both_are_listed_with_codes_of_their_own_and_the_one_that_was_seen_is_approved()
    {
        Ok(Dana, new RequestDevice(Hers, BrowserOfHers, 37));
        Ok(Dana, new RequestDevice(Other, BrowserOfOther, 37));
        var requests = RequestsOf(Dana);
        requests.Select(r => (r.DeviceId, r.Code)).ShouldBe([(Hers, "47"), (Other, "48")], "no two that are open are alike");

        Ok(Teacher, new ApproveDevice(Dana, Hers));
        Run.State.Seats[Dana].DeviceId.ShouldBe(Hers);
        Run.State.Seats[Dana].BrowserId.ShouldBe(BrowserOfHers);
        RequestsOf(Dana).ShouldBeEmpty();
        Run.State.Seats[Dana].Refused.ShouldContain(Other, "who was not the one is told so");
        Refused(Teacher, new ApproveDevice(Dana, Other)).ShouldBe("no-device-waiting");
    }

    [Fact]
    public void A_refused_request_goes_alone_and_what_was_never_asked_is_not_approved()
    {
        Ok(Dana, new RequestDevice(Hers, BrowserOfHers, 1));
        Ok(Dana, new RequestDevice(Other, BrowserOfOther, 2));
        Refused(Teacher, new ApproveDevice(Dana, Guid.Empty)).ShouldBe("no-device-waiting");
        Refused(Teacher, new ApproveDevice(Ivan, Hers)).ShouldBe("no-device-waiting");
        Ok(Teacher, new RefuseDevice(Dana, Other));
        RequestsOf(Dana).Select(r => r.DeviceId).ShouldBe([Hers]);
        Ok(Teacher, new ApproveDevice(Dana, Hers));
    }

    [Fact]
    public void A_browser_that_asks_again_takes_its_own_requests_place_and_nobody_elses()
    {
        Ok(Dana, new RequestDevice(Other, BrowserOfOther, 5));
        Ok(Dana, new RequestDevice(Guid.CreateVersion7(), BrowserOfHers, 7));
        Ok(Dana, new RequestDevice(Hers, BrowserOfHers, 9));
        RequestsOf(Dana).Select(r => r.DeviceId).ShouldBe([Other, Hers]);
        Run.Do(By(Dana, new RequestDevice(Hers, BrowserOfHers, 9))).Decision.Facts.ShouldBeEmpty("the same request twice is one");
    }

    /// <summary>One phone without cookies is a new browser each time; its address is the same.</summary>
    [Fact]
    public void A_flood_of_one_address_keeps_nobody_of_another_address_and_no_known_browser_from_being_listed()
    {
        Ok(Dana, new RequestDevice(Other, BrowserOfOther, 1, 0, 7));
        for (var i = 0; i < 50; i++)
        {
            Ok(Dana, new RequestDevice(Guid.CreateVersion7(), Guid.CreateVersion7(), i, 0, 500));
        }

        RequestsOf(Dana).Length.ShouldBe(DeviceRules.MaxRequests);
        RequestsOf(Dana).ShouldContain(r => r.DeviceId == Other, "the flood pushes out its own");
        Ok(Dana, new RequestDevice(Hers, BrowserOfHers, 9));
        for (var i = 0; i < 50; i++)
        {
            Ok(Dana, new RequestDevice(Guid.CreateVersion7(), Guid.CreateVersion7(), i, 0, 500));
        }

        RequestsOf(Dana).ShouldContain(r => r.DeviceId == Hers);
        RequestsOf(Dana).Select(r => r.Code).Distinct().Count().ShouldBe(RequestsOf(Dana).Length);
        Ok(Teacher, new ApproveDevice(Dana, Hers));
        Run.State.Seats[Dana].DeviceId.ShouldBe(Hers);
    }

    [Fact]
    public void A_fourth_request_takes_the_oldest_place_and_who_had_it_is_told_so_and_may_ask_again()
    {
        var all = Enumerable.Range(0, 3).Select(i => Guid.CreateVersion7()).ToList();
        all.ForEach(id => Ok(Dana, new RequestDevice(id, Guid.CreateVersion7(), 1)));
        Ok(Dana, new RequestDevice(Guid.CreateVersion7(), Guid.CreateVersion7(), 1)).Facts[0].ShouldBe(new DeviceDisplaced(Dana, all[0]));
        Run.State.Seats[Dana].Displaced.ShouldBe([all[0]]);
        Run.State.Seats[Dana].Refused.ShouldBeEmpty("the teacher said nothing");
        RequestsOf(Dana).Length.ShouldBe(3);
        Refused(Teacher, new ApproveDevice(Dana, all[0])).ShouldBe("no-device-waiting");
        Ok(Dana, new RequestDevice(Hers, BrowserOfHers, 9));
    }

    [Fact]
    public void Who_brings_no_cookie_takes_no_place_of_one_who_does_not_even_of_the_same_address()
    {
        Ok(Dana, new RequestDevice(Hers, BrowserOfHers, 1, 0, 500));
        for (var i = 0; i < 50; i++)
        {
            Ok(i % 2 == 0 ? Dana : Ivan, new RequestDevice(Guid.CreateVersion7(), Guid.CreateVersion7(), i, 0, 500, Cookieless: true));
        }

        RequestsOf(Dana).ShouldContain(r => r.DeviceId == Hers);
        RequestsOf(Dana).Length.ShouldBe(1 + DeviceRules.MaxRequests);
        Ok(Ivan, new RequestDevice(Other, BrowserOfOther, 1, 0, 500));
        RequestsOf(Ivan).Length.ShouldBe(1 + DeviceRules.MaxRequests);
    }

    [Fact]
    public void All_kinds_of_askers_together_have_a_code_each()
    {
        var seats = Enumerable.Range(0, 100).Select(i =>
        {
            var id = Guid.CreateVersion7();
            Ok(id, new TakeSeat("Құс " + i, Language.Kk, Level.Simple, Guid.CreateVersion7(), false));
            return id;
        }).ToList();
        foreach (var seat in seats)
        {
            Ok(seat, new RequestDevice(Guid.CreateVersion7(), Guid.CreateVersion7(), 3));
            Ok(seat, new RequestDevice(Guid.CreateVersion7(), Guid.CreateVersion7(), 3, 0, 500));
            Ok(seat, new RequestDevice(Guid.CreateVersion7(), Guid.CreateVersion7(), 3, 0, 500, Cookieless: true));
        }

        var open = Run.State.Seats.Values.SelectMany(s => s.Requests).ToList();
        open.Count.ShouldBe((2 * DeviceRules.MaxOpenRequests) + DeviceRules.MaxOpenCookieless);
        open.Select(r => r.Code).Distinct().Count().ShouldBe(open.Count);
    }

    /// <summary>By its browser, when it keeps one; else by its address.</summary>
    [Theory]
    [InlineData(null, false)]
    [InlineData(500, false)]
    [InlineData(500, true)]
    public void Who_was_refused_a_seat_twice_is_not_shown_for_it_again_until_the_bars_are_lifted(int? network, bool cookieless)
    {
        for (var i = 0; i < DeviceRules.RefusalsToQuiet; i++)
        {
            Ok(Dana, Ask(Seen(i)));
            Ok(Teacher, new RefuseDevice(Dana, Seen(i)));
        }

        Refused(Dana, Ask(Guid.CreateVersion7())).ShouldBe("device-refused");
        ((EntranceEntity)Entities("entrance").Single().Value!).Barred.ShouldBe(1, "so that it can be lifted");
        Ok(Ivan, Ask(Guid.CreateVersion7()));
        Ok(Dana, new RequestDevice(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, 0, 501, cookieless));
        Ok(Dana, new RequestDevice(Guid.CreateVersion7(), BrowserOfOther, 1));
        Ok(Teacher, new LiftBars());
        ((EntranceEntity)Entities("entrance").Single().Value!).Barred.ShouldBe(0);
        Ok(Dana, Ask(Guid.CreateVersion7()));

        static Guid Seen(int i) => i == 0 ? Hers : Other;
        RequestDevice Ask(Guid device) => new(device, cookieless ? Guid.CreateVersion7() : BrowserOfHers, 1, 0, network, cookieless);
    }

    [Fact]
    public void Who_gave_way_to_the_right_one_was_not_refused_by_the_teacher()
    {
        for (var i = 0; i < 3; i++)
        {
            Ok(Dana, new RequestDevice(Guid.CreateVersion7(), BrowserOfHers, 1));
            var right = Guid.CreateVersion7();
            Ok(Dana, new RequestDevice(right, Guid.CreateVersion7(), 1));
            Ok(Teacher, new ApproveDevice(Dana, right));
        }

        Ok(Dana, new RequestDevice(Guid.CreateVersion7(), BrowserOfHers, 1));
    }

    [Fact]
    public void A_lesson_lists_so_many_requests_and_the_newest_takes_a_place_of_who_has_most()
    {
        var seats = Enumerable.Range(0, 30).Select(i =>
        {
            var id = Guid.CreateVersion7();
            Ok(id, new TakeSeat("Құс " + i, Language.Kk, Level.Simple, Guid.CreateVersion7(), false));
            return id;
        }).ToList();
        Ok(Dana, new RequestDevice(Hers, BrowserOfHers, 1, 0, 7));
        foreach (var seat in seats.Concat(seats))
        {
            Ok(seat, new RequestDevice(Guid.CreateVersion7(), Guid.CreateVersion7(), 3, 0, 500));
        }

        var open = Run.State.Seats.Values.SelectMany(s => s.Requests).ToList();
        open.Count.ShouldBe(DeviceRules.MaxOpenRequests);
        open.ShouldContain(r => r.DeviceId == Hers);
        open.Select(r => r.Code).Distinct().Count().ShouldBe(open.Count);
        Ok(Ivan, new RequestDevice(Other, BrowserOfOther, 1));
        Run.State.Seats.Values.Sum(s => s.Requests.Length).ShouldBe(DeviceRules.MaxOpenRequests + 1, "who was let in before has other places");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(89)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    public void A_code_is_two_digits_whatever_was_drawn(int draw)
    {
        Ok(Dana, new RequestDevice(Hers, BrowserOfHers, draw));
        int.Parse(RequestsOf(Dana).Single().Code!, System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(10, 99);
    }

    [Fact]
    public void A_seats_command_from_another_device_is_refused_even_if_it_was_on_its_way()
    {
        Start("s2");
        var device = Run.State.Seats[Dana].DeviceId;
        Refusal(new RaiseHand(""), device).ShouldBeNull();
        Ok(Dana, new RequestDevice(Hers, BrowserOfHers, 1));
        Refusal(new LowerHand(), Hers).ShouldBe("device-unknown", "it only waits");
        Ok(Teacher, new ApproveDevice(Dana, Hers));
        Refusal(new LowerHand(), device).ShouldBe("device-unknown");
        Refusal(new LowerHand(), Hers).ShouldBeNull();
        Ok(Teacher, new RemoveStudent(Dana));
        Refusal(new RaiseHand(""), Hers).ShouldBe("no-seat");
    }

    [Fact]
    public void Yesterdays_facts_mean_what_they_meant_one_request_the_next_in_its_place()
    {
        Fold(Dana, new DeviceRequested(Other));
        Fold(Dana, new DeviceRequested(Hers));
        RequestsOf(Dana).Select(r => r.DeviceId).ShouldBe([Hers]);
        Fold(RandomLesson.TeacherId, new DeviceApproved(Dana));
        _folded.Seats[Dana].DeviceId.ShouldBe(Hers);
        Fold(Dana, new DeviceRequested(Other));
        Fold(RandomLesson.TeacherId, new DeviceRefused(Dana));
        _folded.Seats[Dana].Requests.ShouldBeEmpty();
        Fold(RandomLesson.TeacherId, new DeviceApproved(Dana));
        _folded.Seats[Dana].DeviceId.ShouldBe(Hers, "nobody waits");
    }

    private LessonState _folded = null!;

    private ImmutableArray<DeviceRequest> RequestsOf(Guid student) => (_folded ?? Run.State).Seats[student].Requests;

    private void Fold(Guid by, Fact fact)
    {
        _folded ??= Run.State;
        _folded = Lesson.Apply(_folded, new RecordedFact(
            new FactMeta(_folded.Seq + 1, Guid.CreateVersion7(), new Actor(by == RandomLesson.TeacherId ? Role.Teacher : Role.Student, by), Run.Now), fact));
    }

    private string? Refusal(Command command, Guid device) =>
        Run.Do(new Envelope(Guid.CreateVersion7(), new Actor(Role.Student, Dana), command, device)).Decision.Refusal?.Code;
}
