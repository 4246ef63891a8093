namespace Classroom.Lessons.Tests;

/// <summary>Ink over a step: who may draw, what is kept, what is taken back, and how much there may be.</summary>
public sealed class InkRulesTests : LessonTest
{
    private static readonly Guid First = new("00000000-0000-7000-8000-0000000000c1");
    private static readonly Guid Second = new("00000000-0000-7000-8000-0000000000c2");
    private static readonly Actor Board = new(Role.Board, First);
    private static readonly Actor Other = new(Role.Board, Second);

    public InkRulesTests()
    {
        Ok(Teacher, new PairBoard(First, true));
        Ok(Teacher, new PairBoard(Second, true));
        Start("s2");
    }

    [Fact]
    public void A_stroke_is_on_every_board_and_in_the_teachers_record_and_on_no_phone()
    {
        var drawn = Drawn();
        foreach (var audience in new[] { Audience.Board, Audience.Teacher })
        {
            Entities("stroke", audience).Single().ShouldSatisfyAllConditions(
                e => e.Id.ShouldBe(drawn.ToString()), e => ((StrokeEntity)e.Value!).StepId.ShouldBe("s2"), e => ((StrokeEntity)e.Value!).Points.ShouldBe([400, 400, 31, 4, 0, 2]));
        }

        foreach (var audience in new[] { Audience.Students, Audience.Student(Dana), Audience.Mentor })
        {
            View.Of(Run.State, audience).Select(e => e.Kind).Intersect(["stroke", "ink", "pens"]).ShouldBeEmpty();
        }

        var (_, changes) = Run.Do(By(Board, Stroke()));
        changes!.Students.ShouldBeEmpty();
        changes.Personal.ShouldBeEmpty();
        changes.Board.Select(c => c.Kind).ShouldBe(["stroke"], "what has not changed is not said again");
    }

    [Fact]
    public void Only_a_board_that_the_teacher_lets_draw_draws()
    {
        var paired = new Actor(Role.Board, Guid.CreateVersion7());
        Refused(paired, Stroke()).ShouldBe("board-read-only", "a ticket that the lesson does not know");
        Ok(Teacher, new PairBoard(paired.Id));
        foreach (var command in new Command[] { Stroke(), new EraseStrokes("s2", [Drawn()]), new ClearInk("s2"), new UndoInk("s2") })
        {
            Refused(paired, command).ShouldBe("board-read-only");
            Refused(new Actor(Role.Student, Dana), command).ShouldBe("wrong-role");
            Refused(new Actor(Role.Mentor, Guid.CreateVersion7()), command).ShouldBe("wrong-role");
        }

        Refused(paired, new LetBoardDraw(paired.Id, true)).ShouldBe("wrong-role");
        Refused(Teacher, new LetBoardDraw(Guid.CreateVersion7(), true)).ShouldBe("no-such-board");
        Ok(Teacher, new LetBoardDraw(paired.Id, true));
        Run.Do(By(Teacher, new LetBoardDraw(paired.Id, true))).Decision.ShouldBe(Decision.Nothing);
        Ok(paired, Stroke());
        ((PensEntity)Entities("pens", Audience.Board).Single().Value!).Boards.ShouldBe([First, Second, paired.Id], ignoreOrder: true);

        Ok(Teacher, new LetBoardDraw(paired.Id, false));
        Refused(paired, Stroke()).ShouldBe("board-read-only");
        Ok(Teacher, new UnpairBoard(First));
        Refused(Board, Stroke()).ShouldBe("board-read-only");
        Entities("stroke").Count.ShouldBe(2, "what was drawn stays");
    }

    [Fact]
    public void Undo_takes_back_ones_own_last_act_and_nobody_elses()
    {
        var (mine, theirs) = (Drawn(), Drawn(Other));
        Ok(Board, new UndoInk("s2"));
        Strokes().ShouldBe([theirs]);
        Run.Do(By(Board, new UndoInk("s2"))).Decision.ShouldBe(Decision.Nothing, "nothing of one's own is left");
        Undoers().ShouldBe([Second]);

        var again = Drawn();
        Ok(Other, new ClearInk("s2"));
        Strokes().ShouldBeEmpty();
        Run.Do(By(Board, new UndoInk("s2"))).Decision.ShouldBe(Decision.Nothing, "what somebody else cleared is not mine to take back");
        Ok(Other, new UndoInk("s2"));
        Strokes().ShouldBe([theirs, again], "in their order");

        Ok(Board, new EraseStrokes("s2", [theirs, mine, Guid.CreateVersion7()]));
        Strokes().ShouldBe([again], "the eraser takes whose stroke it touches");
        Ok(Board, new UndoInk("s2"));
        Strokes().ShouldBe([theirs, again]);
        Ok(Board, new UndoInk("s2"));
        Strokes().ShouldBe([theirs]);
    }

    [Fact]
    public void Ink_is_of_its_step_and_a_late_stroke_stays_where_it_was_drawn()
    {
        var first = Drawn();
        Ok(Teacher, new GoToStep("s3"));
        Ok(Board, Stroke(step: "s3"));
        Ok(Board, new ClearInk("s3"));
        Strokes("s3").ShouldBeEmpty();
        Strokes().ShouldContain(first);
        Ok(Board, Stroke(step: "s2"));
        Refused(Board, Stroke(step: "s4")).ShouldBe("step-not-reached");
        Refused(Board, Stroke(step: "s9")).ShouldBe("no-such-step");
        Refused(Board, Stroke() with { StepId = null! }).ShouldBe("no-such-step");
        Ok(Teacher, new EndLesson());
        Refused(Board, Stroke(step: "s2")).ShouldBe("lesson-ended");
        Ok(Teacher, new ReopenLesson("NEWC0D"));
        Ok(Board, Stroke(step: "s2"));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("bad-value", 1)]
    [InlineData("bad-value", 1, 2, 3, 4)]
    [InlineData("bad-value", -1, 0, 0)]
    [InlineData("bad-value", 7681, 0, 0)]
    [InlineData("bad-value", 0, 4321, 0)]
    [InlineData("bad-value", 0, 0, 64)]
    [InlineData("bad-value", 10, 10, 10, -11, 0, 0)]
    [InlineData("bad-value", int.MaxValue, 0, 0, int.MaxValue, 0, 0)]
    [InlineData("bad-value", 0, 0, 0, int.MinValue, 0, 0)]
    public void Points_that_are_not_on_the_board_are_refused(string code, params int[] points) =>
        Refused(Board, Stroke() with { Points = [.. points] }).ShouldBe(code);

    [Fact]
    public void Bad_strokes_are_refused_and_a_stroke_that_comes_twice_is_one()
    {
        var stroke = Stroke();
        Refused(Board, stroke with { StrokeId = Guid.Empty }).ShouldBe("bad-value");
        Refused(Board, stroke with { Tool = (InkTool)9 }).ShouldBe("bad-value");
        Refused(Board, stroke with { Colour = (InkColour)(-1) }).ShouldBe("bad-value");
        Refused(Board, stroke with { Points = default }).ShouldBe("empty");
        Refused(Board, stroke with { Points = [.. Enumerable.Repeat(0, (InkRules.MaxPoints + 1) * InkPoints.PerPoint)] }).ShouldBe("too-long");
        Refused(Board, new EraseStrokes("s2", default)).ShouldBe("empty");
        Refused(Board, new EraseStrokes("s2", [.. Enumerable.Repeat(First, InkRules.MaxStrokes + 1)])).ShouldBe("too-many");
        Run.Do(By(Board, new EraseStrokes("s2", [First]))).Decision.ShouldBe(Decision.Nothing);
        Run.Do(By(Board, new ClearInk("s2"))).Decision.ShouldBe(Decision.Nothing);
        Run.Do(By(Board, new UndoInk("s2"))).Decision.ShouldBe(Decision.Nothing);

        Ok(Board, stroke);
        Run.Do(By(Board, stroke)).Decision.ShouldBe(Decision.Nothing, "from another tab, with another command");
        Ok(Board, new ClearInk("s2"));
        Run.Do(By(Board, stroke)).Decision.ShouldBe(Decision.Nothing, "it does not come back by itself");
        Strokes().ShouldBeEmpty();
    }

    [Fact]
    public void Ten_thousand_strokes_end_at_a_clear_refusal_and_lose_nothing()
    {
        var drawn = Until("ink-full", 10_000, 3);
        drawn.ShouldBe(InkRules.MaxStrokes);
        Strokes().Count.ShouldBe(drawn);
        Ok(Board, new EraseStrokes("s2", [Strokes()[0]]));
        Ok(Board, Stroke());

        Ok(Board, new ClearInk("s2"));
        Until("ink-full", 10_000, InkRules.MaxPoints * InkPoints.PerPoint).ShouldBe(InkRules.MaxNumbers / (InkRules.MaxPoints * InkPoints.PerPoint), "long strokes are fewer");

        string? end = null;
        for (var i = 0; i < 100 && end != "ink-used-up"; i++)
        {
            Ok(Board, new ClearInk("s2"));
            for (end = null; end is null;)
            {
                end = Run.Do(By(Board, Long(InkRules.MaxPoints * InkPoints.PerPoint)), announce: false).Decision.Refusal?.Code;
            }
        }

        end.ShouldBe("ink-used-up");
        Run.State.InkStored.ShouldBeLessThanOrEqualTo(InkRules.MaxStored);
        Run.State.Ink["s2"].Acts.Length.ShouldBe(InkSheet.MaxActs);
        LessonSnapshot.Encode(Run.State).Length.ShouldBeLessThan(4_000_000);
    }

    [Fact]
    public void What_is_brought_back_finds_its_place_taken()
    {
        Until("ink-full", 10_000, 3).ShouldBe(InkRules.MaxStrokes);
        Ok(Board, new ClearInk("s2"));
        Drawn(Other);
        Refused(Board, new UndoInk("s2")).ShouldBe("ink-full");
        Ok(Other, new UndoInk("s2"));
        Ok(Board, new UndoInk("s2"));
        Strokes().Count.ShouldBe(InkRules.MaxStrokes);
    }

    [Fact]
    public void Drawing_and_taking_back_without_end_has_one()
    {
        var left = Drawn(Other);
        var acts = 1;
        while (acts < InkRules.MaxActs + 2 && Run.Do(By(Board, acts % 2 == 1 ? Stroke() : new UndoInk("s2")), announce: false).Decision.Refusal is null)
        {
            acts++;
        }

        (acts, Run.State.InkActs).ShouldBe((InkRules.MaxActs, InkRules.MaxActs));
        Refused(Board, Stroke()).ShouldBe("ink-used-up");
        Refused(Board, new UndoInk("s2")).ShouldBe("ink-used-up");
        Ok(Board, new EraseStrokes("s2", [left]));
        Ok(Board, new ClearInk("s2"));
        Strokes().ShouldBeEmpty("what stands before a class can always be taken off");
    }

    [Fact]
    public void What_is_being_drawn_is_asked_the_same_questions()
    {
        var part = new StrokePart(Guid.CreateVersion7(), "s2", InkTool.Pen, InkColour.Sky, 0, [1, 1, 1]);
        Sketched(Board, part).ShouldBeNull();
        Sketched(Board, part with { Points = default }).ShouldBeNull("it is not drawn after all");
        Sketched(Board, part with { From = 3, Points = [] }).ShouldBe("empty");
        Sketched(Board, part with { From = -1 }).ShouldBe("bad-value");
        Sketched(Board, part with { StrokeId = Guid.Empty }).ShouldBe("bad-value");
        Sketched(Board, part with { Points = [1, 1] }).ShouldBe("bad-value");
        Sketched(Board, part with { StepId = "s4" }).ShouldBe("step-not-reached");
        Sketched(new Actor(Role.Board, Guid.Empty), part).ShouldBe("board-read-only");
        Sketched(Teacher, part).ShouldBe("wrong-role");
        Sketched(new Actor(Role.Student, Dana), part).ShouldBe("wrong-role");
        Ok(Teacher, new EndLesson());
        Sketched(Board, part).ShouldBe("lesson-ended");
    }

    private string? Sketched(Actor by, StrokePart part) => InkRules.RefusalTo(Run.State, by, part)?.Code;

    private int Until(string code, int most, int numbers)
    {
        for (var i = 0; i < most; i++)
        {
            if (Run.Do(By(Board, Long(numbers)), announce: false).Decision.Refusal is { } refusal)
            {
                refusal.Code.ShouldBe(code);
                return i;
            }
        }

        return most;
    }

    private static DrawStroke Long(int numbers) => Stroke() with { Points = [.. Enumerable.Repeat(0, numbers)] };

    private Guid Drawn(Actor? by = null)
    {
        var stroke = Stroke();
        Ok(by ?? Board, stroke);
        return stroke.StrokeId;
    }

    private static DrawStroke Stroke(string step = "s2") => new(Guid.CreateVersion7(), step, InkTool.Pen, InkColour.Coral, [400, 400, 31, 4, 0, 2]);

    private static Envelope By(Actor by, Command command) => new(Guid.CreateVersion7(), by, command);

    private List<Guid> Strokes(string step = "s2") => [.. Entities("stroke", Audience.Board).Select(e => (Id: Guid.Parse(e.Id), Value: (StrokeEntity)e.Value!))
        .Where(e => e.Value.StepId == step).OrderBy(e => e.Value.Number).Select(e => e.Id)];

    private IEnumerable<Guid> Undoers() => ((InkEntity)Entities("ink", Audience.Board).Single(e => e.Id == "s2").Value!).Undo;
}
