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
    public void In_a_closed_question_nothing_is_kept_and_nothing_is_refused_and_the_next_round_is_another()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q2"));
        Ok(Dana, new KeepTyped(TypedField.Answer, "q2", "жарты"));
        Ok(Teacher, new CloseQuestion("q2"));
        Run.Do(By(Dana, new KeepTyped(TypedField.Answer, "q2", "жартысы"))).Decision.ShouldBe(Decision.Nothing);
        Ok(Teacher, new AskAgain("q2"));
        Ok(Dana, new KeepTyped(TypedField.Answer, "q2", "жарты"));

        Entities("typed", Audience.Student(Dana)).ShouldHaveSingleItem().Value.ShouldBeOfType<TypedEntity>().Round.ShouldBe(2);
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

    private int? PlaceOf(Guid student) => Entities("hand", Audience.Student(student)).ShouldHaveSingleItem().Value.ShouldBeOfType<HandEntity>().Place;
}
