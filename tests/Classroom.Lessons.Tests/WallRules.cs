namespace Classroom.Lessons.Tests;

/// <summary>Children's words reach the wall by the teacher's hand: ideas one by one, words of a cloud that nobody doubts or that the teacher shows.</summary>
public sealed class WallRules : LessonTest
{
    // What ends with 7 is doubted in these tests.
    private const string Rude = "жаман сөз 7";
    private readonly Guid _idea = Guid.CreateVersion7();
    private readonly Guid _rude = Guid.CreateVersion7();

    [Fact]
    public void An_idea_that_comes_after_the_sharing_waits_for_the_teacher()
    {
        Talk();
        Ok(Dana, new Contribute(_idea, "s3", "Ағаш"));
        Ok(Teacher, new ShareContributions("s3"));
        OnBoard().ShouldBe(["Ағаш"]);
        var late = Guid.CreateVersion7();
        Ok(Ivan, new Contribute(late, "s3", "Терек"));
        OnBoard().ShouldBe(["Ағаш"]);
        Refused(Dana, new Upvote(late, true)).ShouldBe("no-such-idea");
        Ok(Teacher, new ShareContributions("s3", [late]));
        OnBoard().ShouldBe(["Ағаш", "Терек"], ignoreOrder: true);
        Ok(Dana, new Upvote(late, true));
        Run.Do(new(Guid.CreateVersion7(), Teacher, new ShareContributions("s3", [late]))).Decision.Facts.ShouldBeEmpty("it is shown already");
    }

    [Fact]
    public void A_doubted_idea_is_its_authors_and_the_teachers_until_it_is_shown_by_name()
    {
        Talk(teams: 1);
        Ok(Dana, new Contribute(_idea, "s3", "Ағаш"));
        Ok(Dana, new Contribute(_rude, "s3", Rude));
        Ideas(Audience.Student(Ivan)).ShouldBe(["Ағаш"]);
        Ideas(Audience.Student(Dana)).ShouldBe(["Ағаш", Rude], ignoreOrder: true);
        Entities("contribution").Select(e => ((ContributionEntity)e.Value!).Doubted).ShouldBe([null, true], ignoreOrder: true);
        Refused(Ivan, new Upvote(_rude, true)).ShouldBe("no-such-idea");
        Ok(Teacher, new ShareContributions("s3"));
        OnBoard().ShouldBe(["Ағаш"], "all means all that nobody doubts");
        Ideas(Audience.Student(Ivan)).ShouldBe(["Ағаш"]);
        Ok(Teacher, new ShareContributions("s3", [_rude]));
        OnBoard().ShouldBe(["Ағаш", Rude], ignoreOrder: true);
    }

    [Fact]
    public void Only_ideas_of_this_step_are_shared_by_name()
    {
        Talk();
        Ok(Dana, new Contribute(_idea, "s3", "Ағаш"));
        Refused(Teacher, new ShareContributions("s3", [Guid.CreateVersion7()])).ShouldBe("no-such-idea");
        Refused(Teacher, new ShareContributions("s2", [_idea])).ShouldBe("no-prompt");
        Run.Do(new(Guid.CreateVersion7(), Teacher, new ShareContributions("s3", []))).Decision.Facts.ShouldBeEmpty();
        OnBoard().ShouldBeEmpty();
        Refused(Dana, new ShareContributions("s3", [_idea])).ShouldBe("wrong-role");
    }

    [Fact]
    public void A_lesson_of_before_shows_what_it_showed()
    {
        Talk();
        Ok(Dana, new Contribute(_idea, "s3", "Ағаш"));
        var by = new Actor(Role.Student, Ivan);
        var state = Run.State;
        foreach (var fact in new Fact[] { new ContributionsShared("s3"), new Contributed(_rude, "s3", 1, "Терек") })
        {
            state = Lesson.Apply(state, new RecordedFact(new FactMeta(state.Seq + 1, Guid.CreateVersion7(), by, Run.Now), fact));
        }

        View.Of(state, Audience.Board).Select(e => e.Value).OfType<ContributionEntity>().Select(c => c.Text).ShouldBe(["Ағаш", "Терек"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\u200b")]
    [InlineData("\u3164 \u2800")]
    [InlineData("\u0301\u0301")]
    public void What_cannot_be_seen_is_empty(string text)
    {
        Talk();
        Refused(Dana, new Contribute(_idea, "s3", text)).ShouldBe("empty");
        Cloud();
        Refused(Dana, new GiveAnswer("q4", [], null, text)).ShouldBe("empty");
    }

    [Fact]
    public void A_tower_of_marks_and_a_sign_that_turns_the_text_are_refused_by_a_code()
    {
        Talk();
        Refused(Dana, new Contribute(_idea, "s3", "а" + new string('\u0301', 590))).ShouldBe("stacked-marks");
        Refused(Dana, new Contribute(_idea, "s3", "а\u0301\u0300\u0302")).ShouldBe("stacked-marks");
        var turned = Run.Do(By(Dana, new Contribute(_idea, "s3", "ал \u202eтерсін"))).Decision.Refusal!;
        (turned.Code, turned.Args["sign"]).ShouldBe(("bad-sign", "U+202E"));
        Ok(Dana, new Contribute(_idea, "s3", "За\u0301мок, 👩\u200d🏫 және ағаш"));
    }

    [Theory]
    [InlineData("Ағаш", "ағаш", "АҒАШ!", " «ағаш» ", "ағаш.")]
    [InlineData("ёлка", "Елка", "е\u0308лка", "ЁЛКА")]
    [InlineData("Йод", "и\u0306од")]
    [InlineData("күн көзі", "Күн\u00a0көзі", "күн  көзі", "күн, көзі")]
    [InlineData("терек", "тeрeк", "TЕРЕК")]
    [InlineData("самал-самал", "самал‑самал")]
    public void Spellings_of_one_word_are_one_word(params string[] spellings)
    {
        spellings.Select(Spelling.Counted).Distinct().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("тал", "тау")]
    [InlineData("кыс", "қыс")]
    [InlineData("ел", "өл")]
    [InlineData("tree", "three")]
    [InlineData("🌳", "🌲")]
    public void Two_words_are_two(string one, string other) => Spelling.Counted(one).ShouldNotBe(Spelling.Counted(other));

    [Fact]
    public void A_doubted_word_waits_hidden_and_any_word_can_be_taken_off()
    {
        Cloud();
        Ok(Dana, new GiveAnswer("q4", [], null, "Ағаш!"));
        Ok(Ivan, new GiveAnswer("q4", [], null, Rude));
        Ok(Teacher, new RevealResults("q4"));
        Words(Audience.Board).ShouldBe(["ағаш"]);
        Words(Audience.Student(Ivan)).ShouldBe(["ағаш"]);
        Words(Audience.Teacher).ShouldBe(["ағаш", "(" + Rude + ")"], ignoreOrder: true);

        Ok(Teacher, new HideWord("q4", Rude, false));
        Words(Audience.Board).ShouldBe(["ағаш", Rude], ignoreOrder: true);
        Ok(Teacher, new HideWord("q4", "ағаш", true));
        Words(Audience.Board).ShouldBe([Rude]);
        Ok(Teacher, new HideWord("q4", "ағаш", false));
        Words(Audience.Board).ShouldBe(["ағаш", Rude], ignoreOrder: true);

        Run.Do(new(Guid.CreateVersion7(), Teacher, new HideWord("q4", "ағаш", false))).Decision.Facts.ShouldBeEmpty();
        Refused(Teacher, new HideWord("q4", "жоқ", true)).ShouldBe("no-such-word");
        Refused(Teacher, new HideWord("q4", null!, true)).ShouldBe("no-such-word");
        Refused(Teacher, new HideWord("q9", "ағаш", true)).ShouldBe("no-such-question");
        Refused(Dana, new HideWord("q4", "ағаш", true)).ShouldBe("wrong-role");
    }

    [Fact]
    public void One_doubted_spelling_hides_the_word_and_the_answers_are_all_counted()
    {
        Cloud();
        Ok(Dana, new GiveAnswer("q4", [], null, "сөз 7"));
        Ok(Ivan, new GiveAnswer("q4", [], null, "СӨЗ 7!"));
        Ok(Teacher, new RevealResults("q4"));
        Words(Audience.Board).ShouldBeEmpty();
        ((TallyEntity)View.Of(Run.State, Audience.Board).Single(e => e.Kind == "tally").Value!).Rounds!.Value.Single().Answered.ShouldBe(2);
    }

    [Fact]
    public void A_word_that_came_after_what_the_teacher_saw_waits_hidden()
    {
        Cloud();
        Ok(Dana, new GiveAnswer("q4", [], null, "Жапырақ"));
        Ok(Ivan, new GiveAnswer("q4", [], null, "Ағаш"));
        var seen = Run.State.Seq;
        Ok(Dana, new GiveAnswer("q4", [], null, "Айша ана"));
        Refused(Teacher, new RevealResults("q4", -1)).ShouldBe("bad-value");
        Ok(Teacher, new RevealResults("q4", seen));
        Words(Audience.Board).ShouldBe(["ағаш"]);
        Words(Audience.Student(Ivan)).ShouldBe(["ағаш"]);
        Words(Audience.Teacher).ShouldBe(["ағаш", "(айша ана)"], ignoreOrder: true);
        Ok(Teacher, new HideWord("q4", "айша ана", false));
        Words(Audience.Board).ShouldBe(["ағаш", "айша ана"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_late_answer_of_a_word_that_was_seen_and_a_reveal_without_a_version_hide_nothing(bool seen)
    {
        Cloud();
        Ok(Dana, new GiveAnswer("q4", [], null, "Ағаш"));
        var version = Run.State.Seq;
        Ok(Ivan, new GiveAnswer("q4", [], null, seen ? "ағаш!" : "Терек"));
        Ok(Teacher, new RevealResults("q4", seen ? version : null));
        Words(Audience.Board).ShouldBe(seen ? ["ағаш"] : ["ағаш", "терек"], ignoreOrder: true);
    }

    [Fact]
    public void A_commands_id_is_its_senders_and_nobody_elses()
    {
        var id = Guid.CreateVersion7();
        Envelope Hand(Actor by) => new(id, by, new RaiseHand("көмек"));
        Ok(Teacher, new StartLesson());
        Run.Do(Hand(new Actor(Role.Student, Dana))).Decision.Facts.ShouldNotBeEmpty();
        var again = Run.Do(Hand(new Actor(Role.Student, Dana, "another name"))).Decision;
        (again.Refusal, again.Facts.Length).ShouldBe((null, 0));
        foreach (var other in new[] { new Actor(Role.Student, Ivan), new Actor(Role.Mentor, Dana), Teacher })
        {
            Run.Do(Hand(other)).Decision.Refusal!.Code.ShouldBe("bad-id");
        }
    }

    private void Talk(int teams = 2)
    {
        Start("s3");
        Ok(Teacher, new RequestPrompts("s3"));
        Ok(Actor.System, new ProposePrompts("s3", [RandomLesson.Prompt("p1")], RandomLesson.Source));
        Ok(Teacher, new PickPrompt("s3", "p1", null));
        Ok(Teacher, new FormTeams(teams, false));
    }

    private void Cloud()
    {
        if (!Run.State.IsLive)
        {
            Ok(Teacher, new StartLesson());
        }

        Run.Do(new(Guid.CreateVersion7(), Teacher, new GoToStep("s1")));
        Ok(Teacher, new AskQuestion("q4"));
    }

    private List<string> OnBoard() => Ideas(Audience.Board);

    private List<string> Ideas(Audience audience) => [.. Entities("contribution", audience).Select(e => ((ContributionEntity)e.Value!).Text)];

    private List<string> Words(Audience audience) => [.. Entities("tally", audience).SelectMany(e => ((TallyEntity)e.Value!).Rounds ?? [])
        .SelectMany(r => r.Counts).Select(c => c.Hidden == true ? $"({c.Key})" : c.Key)];
}
