namespace Classroom.Lessons.Tests;

/// <summary>What a child has typed and not sent is the child's alone, on whichever phone it is; and which place it has among those who wait.</summary>
public sealed class TypedRulesTests : LessonTest
{
    [Fact]
    public void A_half_sentence_is_its_childs_and_nobody_elses()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q2"));
        Ok(Dana, new KeepTyped(TypedField.Answer, "q2", "Жарық керек, себ"));

        Entities("typed", Audience.Student(Dana)).ShouldHaveSingleItem().Value.ShouldBe(new TypedEntity(Dana, TypedField.Answer, "q2", 1, "Жарық керек, себ"));
        Entities("typed", Audience.Student(Ivan)).ShouldBeEmpty();
        Entities("typed").ShouldBeEmpty("not the teacher's");
        Entities("typed", Audience.Board).ShouldBeEmpty();
        Entities("answer").ShouldBeEmpty("it is no answer");
    }

    [Fact]
    public void It_is_replaced_and_taken_away_and_the_same_again_is_nothing()
    {
        Start("s3");
        Ok(Dana, new KeepTyped(TypedField.Idea, "s3", "Аға"));
        Ok(Dana, new KeepTyped(TypedField.Idea, "s3", "Ағаш"));
        Run.Do(By(Dana, new KeepTyped(TypedField.Idea, "s3", "Ағаш"))).Decision.ShouldBe(Decision.Nothing);
        Ok(Dana, new KeepTyped(TypedField.Idea, "s3", ""));
        Run.Do(By(Dana, new KeepTyped(TypedField.Idea, "s3", ""))).Decision.ShouldBe(Decision.Nothing);

        Entities("typed", Audience.Student(Dana)).ShouldBeEmpty();
    }

    [Fact]
    public void In_a_closed_question_it_is_kept_for_the_case_of_its_opening_and_where_results_are_shown_it_is_refused_and_the_next_round_is_another()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q2"));
        Ok(Dana, new KeepTyped(TypedField.Answer, "q2", "жарты"));
        Ok(Teacher, new CloseQuestion("q2"));
        Ok(Dana, new KeepTyped(TypedField.Answer, "q2", "жартысы"));
        Mine().Text.ShouldBe("жартысы");
        Ok(Teacher, new RevealResults("q2", 0));
        Refused(Dana, new KeepTyped(TypedField.Answer, "q2", "жартысын")).ShouldBe("question-closed");
        Mine().Text.ShouldBe("жартысы");
        Ok(Teacher, new AskAgain("q2"));
        Ok(Dana, new KeepTyped(TypedField.Answer, "q2", "жарты"));

        Mine().Round.ShouldBe(2);
    }

    [Fact]
    public void What_is_sent_is_half_written_no_more_for_each_child_for_whom_it_was_sent()
    {
        var (phone, mate, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        Ok(other, new TakeSeat("Асан", Language.Kk, Level.Simple, phone, false));
        Ok(mate, new TakeSeat("Үсен", Language.Kk, Level.Simple, phone, false));
        Start("s3");
        Ok(Teacher, new AskQuestion("q2"));
        foreach (var child in new[] { other, mate })
        {
            Run.Do(By(other, new KeepTyped(TypedField.Answer, "q2", "жар")) with { For = [child] }).Decision.Refusal.ShouldBeNull();
        }

        Ok(Dana, new KeepTyped(TypedField.Answer, "q2", "жа"));
        Ok(Dana, new KeepTyped(TypedField.Idea, "s3", "ой"));
        Run.Do(By(other, new GiveAnswer("q2", [], null, "жарық")) with { For = [other, mate] }).Decision.Refusal.ShouldBeNull();
        Run.State.Typed.Keys.Select(k => k.StudentId).ShouldBe([Dana, Dana]);
        Ok(Dana, new GiveAnswer("q2", [], null, "жарық"));
        Mine().Field.ShouldBe(TypedField.Idea);
    }

    [Fact]
    public void Signs_that_nobody_sees_are_not_kept()
    {
        Start("s1");
        Ok(Dana, new KeepTyped(TypedField.Idea, "s1", "жар\u200Bты"));
        Mine().Text.ShouldBe("жарты");
    }

    [Fact]
    public void What_cannot_be_kept_is_refused_by_a_code()
    {
        Start("s1");
        Refused(Dana, new KeepTyped((TypedField)9, "q1", "a")).ShouldBe("bad-value");
        Refused(Dana, new KeepTyped(TypedField.Answer, "q99", "a")).ShouldBe("no-such-question");
        Refused(Dana, new KeepTyped(TypedField.Answer, null!, "a")).ShouldBe("no-such-question");
        Refused(Dana, new KeepTyped(TypedField.Idea, "s99", "a")).ShouldBe("no-such-step");
        Refused(Dana, new KeepTyped(TypedField.Idea, "s3", "a")).ShouldBe("step-not-reached");
        Refused(Dana, new KeepTyped(TypedField.Idea, "s1", new string('a', TypedRules.MaxText + 1))).ShouldBe("too-long");
    }

    [Fact]
    public void Who_is_forgotten_has_typed_nothing()
    {
        Start("s1");
        Ok(Dana, new KeepTyped(TypedField.Idea, "s1", "жарты"));
        Ok(Teacher, new ForgetStudent(Dana, ForgetReason.Family));

        Run.State.Typed.ShouldBeEmpty();
    }

    [Fact]
    public void A_child_knows_its_place_among_those_to_whom_nobody_goes_yet()
    {
        Ok(Dana, new RaiseHand(""));
        Ok(Ivan, new RaiseHand("есеп"));
        (PlaceOf(Dana), PlaceOf(Ivan)).ShouldBe((1, 2));
        Entities("hand").ShouldAllBe(h => ((HandEntity)h.Value!).Place == null);

        Ok(Teacher, new ClaimHand(Dana));
        (PlaceOf(Dana), PlaceOf(Ivan)).ShouldBe((null, 1));
        Ok(Dana, new LowerHand());
        Ok(Dana, new RaiseHand(""));
        (PlaceOf(Dana), PlaceOf(Ivan)).ShouldBe((2, 1), "who asks again stands at the end");
    }

    [Fact]
    public void A_place_that_moved_is_news_to_its_child_and_none_to_the_teacher()
    {
        Ok(Dana, new RaiseHand(""));
        Ok(Ivan, new RaiseHand(""));
        var before = Run.State;
        var claimed = new RecordedFact(new FactMeta(before.Seq + 1, Guid.CreateVersion7(), Teacher, RandomLesson.Start), Ok(Teacher, new ClaimHand(Dana)).Facts.Single());
        var changes = View.Changes(before, Run.State, [claimed]);
        changes.Teacher.Where(c => c.Kind == "hand").Select(c => c.Id).ShouldBe([Dana.ToString()]);
        changes.Personal[Ivan].Single(c => c.Kind == "hand").Value.ShouldBeOfType<HandEntity>().Place.ShouldBe(1);
    }

    private TypedEntity Mine() => Entities("typed", Audience.Student(Dana)).ShouldHaveSingleItem().Value.ShouldBeOfType<TypedEntity>();

    private int? PlaceOf(Guid student) => Entities("hand", Audience.Student(student)).ShouldHaveSingleItem().Value.ShouldBeOfType<HandEntity>().Place;
}
