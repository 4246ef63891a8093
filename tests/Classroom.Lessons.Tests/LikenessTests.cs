namespace Classroom.Lessons.Tests;

/// <summary>Open answers that say nearly the same stand together, where the teacher wants it.</summary>
public sealed class LikenessTests : LessonTest
{
    [Theory]
    [InlineData("Жапыраққа жарық керек", "жапырақтарға жарық керек!", true)]
    [InlineData("Өсімдікке күн жарығы керек", "өсімдікке күннің жарығы керек", true)]
    [InlineData("Растению нужен свет", "растениям нужен свет.", true)]
    [InlineData("Plants need light", "A plant needs light", true)]
    [InlineData("Растению нужен свет", "Растению не нужен свет", false)]
    [InlineData("Жарық керек", "Жарық керек емес", false)]
    [InlineData("The plant needs light", "The plant doesn't need light", false)]
    [InlineData("Выделяется кислород", "Выделяется углекислый газ", false)]
    [InlineData("Жауабы 12 см", "Жауабы 13 см", false)]
    [InlineData("x = 3", "x = -3", false)]
    [InlineData("Оттегі бөлінеді", "Су буланады", false)]
    [InlineData("білмеймін", "Білмеймін.", true)]
    [InlineData("😀", "😢", false)]
    [InlineData("и", "не", false)]
    public void Answers_are_alike_by_the_stems_of_their_words_and_never_across_a_no_or_a_number(string one, string other, bool alike)
    {
        Likeness.AreAlike(one, other).ShouldBe(alike);
        Likeness.AreAlike(other, one).ShouldBe(alike);
        Likeness.AreAlike(one, one).ShouldBeTrue();
    }

    [Fact]
    public void Like_answers_stand_together_the_largest_group_first_and_only_the_teacher_sees_groups()
    {
        var third = Asked(("Судан оттегі бөлінеді", Dana), ("нужен свет", Ivan));
        Ok(third, new GiveAnswer("q2", [], null, "Нужен свет!"));
        Ok(Teacher, new GroupAnswers("q2", true));
        Groups().ShouldBe(["2 3", "1"]);
        foreach (var other in new[] { Audience.Board, Audience.Students, Audience.Student(Dana) })
        {
            Entities("answerGroups", other).ShouldBeEmpty();
        }

        Ok(Teacher, new GroupAnswers("q2", false));
        Entities("answerGroups").ShouldBeEmpty("each stands alone again");
    }

    [Fact]
    public void The_teacher_splits_and_joins_and_an_answer_that_is_given_anew_is_in_no_group()
    {
        var third = Asked(("свет", Dana), ("свет", Ivan));
        Ok(third, new GiveAnswer("q2", [], null, "вода"));
        Ok(Teacher, new GroupAnswers("q2", true));
        Groups().ShouldBe(["1 2", "3"]);
        Ok(Teacher, new MoveAnswer("q2", Ivan));
        Groups().ShouldBe(["1", "3", "2"]);
        Ok(Teacher, new MoveAnswer("q2", Ivan, third));
        Groups().ShouldBe(["1", "3 2"]);
        Run.Do(new(Guid.CreateVersion7(), Teacher, new MoveAnswer("q2", Ivan, third))).Decision.Facts.ShouldBeEmpty("it is there");
        Ok(Ivan, new GiveAnswer("q2", [], null, "воздух"));
        Groups().ShouldBe(["1", "3"]);
        Ok(Teacher, new MoveAnswer("q2", Ivan, Dana));
        Groups().ShouldBe(["1 2", "3"]);
        Ok(Teacher, new ForgetStudent(Dana, ForgetReason.Family));
        Groups().ShouldBe(["2", "3"]);
        Ok(Teacher, new CloseQuestion("q2"));
        Ok(Teacher, new AskAgain("q2"));
        Entities("answerGroups").ShouldBeEmpty("another round has other answers");
    }

    [Fact]
    public void What_is_no_open_question_or_has_no_answers_has_no_groups()
    {
        Start("s2");
        Ok(Teacher, new AskQuestion("q1"));
        Ok(Teacher, new AskQuestion("q2"));
        Refused(Teacher, new GroupAnswers("q1", true)).ShouldBe("not-an-open-question");
        Refused(Teacher, new GroupAnswers("q9", true)).ShouldBe("no-such-question");
        Refused(Teacher, new GroupAnswers(null!, true)).ShouldBe("no-such-question");
        Refused(Teacher, new GroupAnswers("q2", true)).ShouldBe("no-such-answer");
        Ok(Dana, new GiveAnswer("q2", [], null, "свет"));
        Refused(Teacher, new MoveAnswer("q2", Ivan, Dana)).ShouldBe("no-such-answer");
        Refused(Teacher, new MoveAnswer("q2", Dana, Dana)).ShouldBe("no-such-answer");
        Refused(Dana, new GroupAnswers("q2", true)).ShouldBe("wrong-role");
    }

    [Fact]
    public void A_question_that_was_closed_too_early_takes_answers_again_and_one_whose_counts_were_shown_does_not()
    {
        Asked(("свет", Dana), ("вода", Ivan));
        Run.Do(new(Guid.CreateVersion7(), Teacher, new ReopenQuestion("q2"))).Decision.Facts.ShouldBeEmpty("it is open");
        Ok(Teacher, new CloseQuestion("q2"));
        Refused(Ivan, new GiveAnswer("q2", [], null, "воздух")).ShouldBe("question-closed");
        Ok(Teacher, new ReopenQuestion("q2"));
        Ok(Ivan, new GiveAnswer("q2", [], null, "воздух"));
        (Run.State.Questions["q2"].Round, Run.State.Questions["q2"].Answers.Count).ShouldBe((1, 2));
        Ok(Teacher, new RevealResults("q2"));
        Refused(Teacher, new ReopenQuestion("q2")).ShouldBe("results-shown");
        Refused(Teacher, new ReopenQuestion("q9")).ShouldBe("no-such-question");
    }

    [Theory]
    [InlineData(QuestionKind.Single, 2, "bad-options")]
    [InlineData(QuestionKind.Single, 1, null)]
    [InlineData(QuestionKind.Single, 0, null)]
    [InlineData(QuestionKind.Multiple, 2, null)]
    public void An_own_question_has_a_key_that_fits_its_kind(QuestionKind kind, int correct, string? refusal)
    {
        Start("s2");
        Refused(Teacher, Own(kind, correct)).ShouldBe(refusal);
    }

    [Fact]
    public void What_stands_beside_an_own_question_is_whole_and_not_too_long()
    {
        Start("s2");
        var own = Own(QuestionKind.Single, 1);
        Refused(Teacher, own with { Question = own.Question with { Why = RandomLesson.T(" ") } }).ShouldBe("empty");
        Refused(Teacher, own with { Question = own.Question with { Why = new("Өйткені", "", "") } }).ShouldBe("empty");
        Refused(Teacher, own with { Question = own.Question with { Why = RandomLesson.T(new string('а', 501)) } }).ShouldBe("too-long");
        Refused(Teacher, own with { Question = own.Question with { MaxLabel = RandomLesson.T(new string('а', 501)) } }).ShouldBe("too-long");
        Ok(Teacher, own with { Question = own.Question with { Why = new("Өйткені", "Потому что", "Because") } });
    }

    private static AskOwnQuestion Own(QuestionKind kind, int correct) => new(new QuestionPlan(
        "own", kind, RandomLesson.T("Қайсысы?"), [.. new[] { "a", "b", "c" }.Select((id, i) => new OptionPlan(id, RandomLesson.T(id), i < correct, null))], 0, 0, null, null, null));

    private Guid Asked(params (string Text, Guid By)[] answers)
    {
        var third = Guid.CreateVersion7();
        Ok(third, new TakeSeat("Асан", Language.Kk, Level.Simple, Guid.CreateVersion7(), false));
        Start("s2");
        Ok(Teacher, new AskQuestion("q2"));
        foreach (var (text, by) in answers)
        {
            Ok(by, new GiveAnswer("q2", [], null, text));
        }

        return third;
    }

    // Dana is 1, Ivan 2, who came third 3.
    private List<string> Groups() => [.. ((AnswerGroupsEntity)Entities("answerGroups").Single().Value!).Groups
        .Select(g => string.Join(' ', g.Students.Select(id => id == Dana ? 1 : id == Ivan ? 2 : 3)))];
}
