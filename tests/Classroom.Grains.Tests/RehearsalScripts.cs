using Classroom.Kits;
using Classroom.Tutor;

namespace Classroom.Grains.Tests;

/// <summary>What the scripted class of a rehearsal does, played on the rules in no time.</summary>
public sealed class RehearsalScripts
{
    private static readonly KitLibrary Library = KitLibrary.LoadAll(KitLibrary.ShippedFolder);

    public static TheoryData<string> Kits() => [.. Library.Kits.Select(k => k.Id)];

    [Theory]
    [InlineData(Language.Kk, 13, 8, 3)]
    [InlineData(Language.Ru, 8, 13, 3)]
    [InlineData(Language.En, 8, 3, 13)]
    public void Twenty_four_come_in_of_three_languages_and_levels_most_of_the_boards_some_on_one_phone(Language board, params int[] each)
    {
        var lesson = new PlayedLesson(board: board).Pass(20);
        var seats = lesson.State.Seats.Values.ToList();

        seats.Count.ShouldBe(ScriptedClass.Size);
        seats.GroupBy(s => s.Language).OrderBy(g => g.Key).Select(g => g.Count()).ShouldBe(each);
        seats.Select(s => s.Level).Distinct().Count().ShouldBe(3);
        seats.GroupBy(s => s.DeviceId).Count(g => g.Count() == 2 && g.All(s => s.IsShared) && g.Select(s => s.Variant).Distinct().Count() == 1)
            .ShouldBe(3, "two share a phone, and read one text");
        seats.Where(s => s.Room is not null).Select(s => s.Nickname).ShouldBe(lesson.Script.Pupils.Where(p => p.Room == 2).Select(p => p.Nickname), ignoreOrder: true);
        seats.Count(s => s.Room == 2).ShouldBe(6, "in the satellite");
        seats.ShouldAllBe(s => s.Themed && ThemedNames.Contains(s.Nickname));
        lesson.Refused.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Language.Kk)]
    [InlineData(Language.Ru)]
    [InlineData(Language.En)]
    public void Whatever_chance_says_the_board_shows_a_sentence_over_which_several_of_its_readers_are_lost(Language board)
    {
        for (var i = 0; i < 20; i++)
        {
            var lesson = new PlayedLesson(seed: Guid.CreateVersion7(), board: board).Pass(20);
            var id = lesson.Explain();
            lesson.Pass(40);
            var on = lesson.State.Explanations[id].Presses.Where(p => p.Variant == lesson.State.BoardVariant.ToString()).ToList();
            on.GroupBy(p => p.Sentence).Max(g => g.Count()).ShouldBeGreaterThanOrEqualTo(3, $"seed {lesson.Seed}");
            lesson.Refused.ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_same_lesson_is_played_the_same_each_time_and_another_one_otherwise()
    {
        static List<string> Play(Guid id)
        {
            var lesson = new PlayedLesson(seed: id).Pass(15);
            lesson.Teach(new GoToStep(lesson.StepOf(StepKind.Ask).Id));
            lesson.Teach(new AskQuestion(lesson.StepOf(StepKind.Ask).Questions[0].Id));
            return [.. lesson.Pass(40).Done, .. lesson.State.Seats.Values.Select(s => s.Nickname)];
        }

        var (one, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());

        Play(one).ShouldBe(Play(one));
        Play(one).ShouldNotBe(Play(other));
    }

    [Fact]
    public void Many_stumble_over_one_sentence_that_is_there_and_few_once_it_is_explained_again()
    {
        var lesson = new PlayedLesson().Pass(20);
        var id = lesson.Explain();
        lesson.Pass(3);
        lesson.State.Explanations[id].Presses.ShouldBeEmpty("the first sentence has only come");
        lesson.Pass(40);

        var presses = lesson.State.Explanations[id].Presses;
        presses.GroupBy(p => p.Sentence).Max(g => g.Count()).ShouldBeGreaterThanOrEqualTo(5);
        presses.Select(p => p.StudentId).Distinct().Count().ShouldBeInRange(6, 18);
        presses.Select(p => p.Variant).Distinct().Count().ShouldBeGreaterThan(3, "in every language");
        lesson.Explain(of: id);
        lesson.Pass(60);
        lesson.State.Explanations[id].Presses.Count.ShouldBeLessThan(presses.Count / 2);
        lesson.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void Of_three_shared_phones_two_answer_together_and_one_each_their_own_and_all_six_are_counted()
    {
        var lesson = new PlayedLesson().Pass(20);
        var question = lesson.StepOf(StepKind.Ask).Questions.First(q => q.Kind == QuestionKind.Single);
        lesson.Teach(new GoToStep(lesson.StepOf(StepKind.Ask).Id));
        lesson.Teach(new AskQuestion(question.Id));
        lesson.Pass(45);

        var shared = lesson.State.Seats.Values.Where(s => s.IsShared).Select(s => s.StudentId).ToHashSet();
        var answers = lesson.State.Questions[question.Id].Answers.Where(a => shared.Contains(a.Key.StudentId)).Select(a => a.Value).ToList();
        answers.Count.ShouldBe(6);
        answers.Count(a => a.Together).ShouldBe(4);
        lesson.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void A_preview_is_seen_by_none_of_them()
    {
        var lesson = new PlayedLesson().Pass(20);
        var id = Guid.CreateVersion7();
        lesson.Teach(new RequestExplanation(id, lesson.State.StepId!, lesson.State.Step(lesson.State.StepId)!.Topics[0].Id, null, ExplainMode.Plain, null, null, [], Preview: true));
        lesson.Pass(60);

        lesson.State.Explanations[id].Presses.ShouldBeEmpty();
        lesson.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void A_hand_goes_up_and_comes_down()
    {
        var lesson = new PlayedLesson().Pass(20);
        lesson.Explain();

        lesson.Pass(35).State.Hands.Count.ShouldBe(2);
        lesson.Pass(60).State.Hands.ShouldBeEmpty();
    }

    [Fact]
    public void All_but_two_answer_the_strong_are_right_more_often_and_a_second_round_goes_better()
    {
        var (lesson, rights, wrongs) = (new PlayedLesson().Pass(20), new List<int>(), new List<string>());
        var question = lesson.StepOf(StepKind.Ask).Questions.First(q => q.Kind == QuestionKind.Single);
        lesson.Teach(new GoToStep(lesson.StepOf(StepKind.Ask).Id));
        lesson.Teach(new AskQuestion(question.Id));
        for (var round = 1; round <= 2; round++)
        {
            lesson.Pass(45);
            var answers = lesson.State.Questions[question.Id].Answers.Where(a => a.Key.Round == round).Select(a => a.Value.Options.Single()).ToList();
            answers.Count.ShouldBe(ScriptedClass.Size - 2);
            rights.Add(answers.Count(o => question.Options.Single(x => x.Id == o).Correct));
            wrongs.AddRange(answers.Where(o => !question.Options.Single(x => x.Id == o).Correct));
            lesson.Teach(new RevealResults(question.Id));
            lesson.Teach(new AskAgain(question.Id));
        }

        rights[0].ShouldBeInRange(6, 18);
        rights[1].ShouldBeGreaterThan(rights[0]);
        wrongs.Count(o => o == question.Options.First(x => !x.Correct).Id).ShouldBeGreaterThan(wrongs.Count / 2, "the author's first misconception");
        lesson.Refused.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(QuestionKind.Single)]
    [InlineData(QuestionKind.Multiple)]
    public void Over_a_choice_of_the_teachers_own_that_has_no_key_opinions_differ(QuestionKind kind)
    {
        var lesson = new PlayedLesson().Pass(20);
        string[] options = ["a", "b", "c", "d"];
        lesson.Teach(new AskOwnQuestion(Own(kind) with { Options = [.. options.Select(o => new OptionPlan(o, new(o, o, o), false, null))] })).Refusal.ShouldBeNull();

        var counts = lesson.Pass(45).State.Questions["own"].Answers.Values.SelectMany(a => a.Options).CountBy(o => o).ToDictionary();
        counts.Values.Sum().ShouldBe(ScriptedClass.Size - 2);
        counts.Keys.ShouldBe(options, ignoreOrder: true);
        counts.Values.Max().ShouldBeLessThan(13, "none is the misconception");
        lesson.Refused.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(QuestionKind.Open, 9)]
    [InlineData(QuestionKind.WordCloud, 22)]
    public void An_open_question_of_the_teachers_own_has_neutral_answers_in_each_language(QuestionKind kind, int answers)
    {
        var lesson = new PlayedLesson().Pass(20);
        lesson.Teach(new AskOwnQuestion(Own(kind))).Refusal.ShouldBeNull();

        var given = lesson.Pass(45).State.Questions["own"].Answers.ToList();
        given.Count.ShouldBe(answers);
        given.ShouldAllBe(a => !a.Value.Doubted);
        given.Select(a => lesson.State.Seats[a.Key.StudentId].Language).Distinct().Count().ShouldBe(3);
        given.Select(a => a.Value.Text).Distinct().Count().ShouldBeInRange(6, 9, "of two who speak one language only a cloud has the same");
        lesson.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void The_slow_line_comes_and_answers_late_and_while_it_is_away_not_at_all()
    {
        var lesson = new PlayedLesson().Pass(6);
        var slow = lesson.Script.Pupils.Single(p => p.IsSlow);
        lesson.State.Seats.Keys.ShouldBe(lesson.Script.Pupils.Select(p => p.Id).Where(id => id != slow.Id), ignoreOrder: true);
        lesson.Pass(44).State.Seats.Count.ShouldBe(ScriptedClass.Size);
        lesson.Teach(new AskOwnQuestion(Own(QuestionKind.Single) with { Options = [new("a", new("a", "a", "a"), false, null), new("b", new("b", "b", "b"), false, null)] }));

        // From the 55th to the 75th second it is away.
        lesson.Pass(24).State.Questions["own"].Answers.Keys.Select(a => a.StudentId).ShouldNotContain(slow.Id);
        lesson.State.Questions["own"].Answers.Count.ShouldBe(ScriptedClass.Size - 3);
        lesson.Pass(10).State.Questions["own"].Answers.Keys.Select(a => a.StudentId).ShouldContain(slow.Id);
    }

    [Fact]
    public void Only_the_slow_line_drops_out_and_it_comes_back()
    {
        var pupils = ScriptedClass.Of(new Draw(Guid.CreateVersion7()), Language.Kk);
        static int Turns(Pupil pupil)
        {
            var online = Enumerable.Range(0, 150).Select(s => pupil.IsOnline(TimeSpan.FromSeconds(s))).ToList();
            return online.Zip(online.Skip(1)).Count(pair => pair.First != pair.Second);
        }

        pupils.ToDictionary(p => p.Number, Turns).Where(p => p.Value != 0).ShouldBe([new(pupils.Single(p => p.IsSlow).Number, 3)], "away, back, away");
    }

    [Fact]
    public void Who_plays_after_a_crash_does_nothing_twice()
    {
        var lesson = new PlayedLesson().Pass(20);
        lesson.Explain();
        lesson.Pass(90);
        var before = lesson.State.Seq;
        lesson.Crash();

        lesson.Pass(90).State.Seq.ShouldBe(before);
        lesson.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void What_the_lesson_did_not_hear_is_said_again()
    {
        var script = new RehearsalScript(Guid.CreateVersion7(), null, Language.Kk);
        var act = script.Due(new Scene(), TimeSpan.FromSeconds(1))[0];
        script.Due(new Scene(), TimeSpan.FromSeconds(2)).ShouldNotContain(act);
        script.Failed(act);

        script.Due(new Scene(), TimeSpan.FromSeconds(3)).ShouldContain(a => a.CommandId == act.CommandId);
    }

    [Fact]
    public void Without_the_kit_the_class_still_comes_is_lost_and_chooses()
    {
        var lesson = new PlayedLesson(hasLines: false).Pass(20);
        lesson.State.Seats.Count.ShouldBe(ScriptedClass.Size);
        var id = lesson.Explain();
        lesson.Pass(45).State.Explanations[id].Presses.Select(p => p.StudentId).Distinct().Count().ShouldBeGreaterThan(5);
        var ask = lesson.StepOf(StepKind.Ask);
        lesson.Teach(new GoToStep(ask.Id));
        var question = ask.Questions.First(q => q.Kind == QuestionKind.Single).Id;
        lesson.Teach(new AskQuestion(question));

        lesson.Pass(45).State.Questions[question].Answers.Count.ShouldBe(ScriptedClass.Size - 2);
        lesson.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void To_a_question_that_stands_without_its_options_nobody_answers_before_they_are_shown()
    {
        var lesson = new PlayedLesson().Pass(20);
        var ask = lesson.StepOf(StepKind.Ask);
        lesson.Teach(new GoToStep(ask.Id));
        var question = ask.Questions.First(q => q.Kind == QuestionKind.Single).Id;
        lesson.Teach(new AskQuestion(question, StemFirst: true));
        lesson.Pass(45).State.Questions[question].Answers.ShouldBeEmpty();
        lesson.Teach(new ShowOptions(question));

        lesson.Pass(45).State.Questions[question].Answers.Count.ShouldBe(ScriptedClass.Size - 2);
        lesson.Refused.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Kits))]
    public void A_whole_lesson_of_every_kit_is_played_without_a_refusal_or_a_doubt(string kit)
    {
        var lesson = new PlayedLesson(kit).Pass(20);
        foreach (var step in lesson.Kit.Plan.Steps)
        {
            lesson.Teach(new GoToStep(step.Id));
            step.Topics.ToList().ForEach(topic => lesson.Pass(1).Explain(topic.Id).ShouldBe(lesson.Pass(60).Explanations.Last().Order.ExplanationId));
            foreach (var question in step.Questions)
            {
                lesson.Teach(new AskQuestion(question.Id));
                lesson.Pass(45).State.Questions[question.Id].Answers.Count.ShouldBeGreaterThan(6, question.Id);
                lesson.State.Questions[question.Id].Answers.Values.ShouldAllBe(a => !a.Doubted);
            }

            if (step.Kind == StepKind.Discuss)
            {
                Discuss(lesson, step);
            }
            else if (step.Kind == StepKind.Make)
            {
                Make(lesson, step);
            }
        }

        lesson.Refused.ShouldBeEmpty();
        lesson.State.Incidents.ShouldBeEmpty();
    }

    private static QuestionPlan Own(QuestionKind kind) => new("own", kind, new("Қалай ойлайсыздар?", "Как вы думаете?", "What do you think?"), [], 0, 0, null, null, null);

    private static void Discuss(PlayedLesson lesson, StepPlan step)
    {
        lesson.Teach(new RequestPrompts(step.Id));
        lesson.Teach(new FormTeams(4, true));
        foreach (var prompt in lesson.Kit.Steps.First(s => s.Id == step.Id).Prompts)
        {
            var before = lesson.State.Contributions.Count;
            lesson.Teach(new PickPrompt(step.Id, prompt.Id, null)).Refusal.ShouldBeNull();
            lesson.Pass(50);
            (lesson.State.Contributions.Count - before).ShouldBeInRange(5, 8, prompt.Id);
        }

        lesson.Teach(new ShareContributions(step.Id));
        lesson.Pass(40);
        lesson.State.Contributions.Values.ShouldAllBe(c => !c.Doubted);
        lesson.State.Contributions.Values.Sum(c => c.Votes.Count).ShouldBeGreaterThan(20, "ideas are echoed");
    }

    private static void Make(PlayedLesson lesson, StepPlan step)
    {
        lesson.Pass(100);
        var works = lesson.State.Works.Values.ToList();
        var handed = works.Where(w => w.Status == WorkStatus.HandedIn).ToList();
        handed.Count.ShouldBeInRange(8, 12);
        handed.Select(w => w.Text).Distinct().Count().ShouldBe(handed.Count - (handed.Count(w => !w.With.IsEmpty) / 2), "nobody has another's words but who shares a phone");
        handed.ShouldContain(w => WorkRules.Words(w.Text) < step.Task!.MinOwnWords);
        handed.Count(w => WorkRules.Words(w.Text) >= step.Task!.MinOwnWords).ShouldBeGreaterThan(4);
        works.Count.ShouldBeGreaterThan(handed.Count, "some have not finished");
        Feedback(lesson, step);
    }

    private static void Feedback(PlayedLesson lesson, StepPlan step)
    {
        foreach (var work in lesson.State.Works.Where(w => w.Value.Status == WorkStatus.HandedIn).Select(w => w.Key).ToList())
        {
            if (lesson.State.Feedbacks.Values.Any(f => f.With.Contains(work.StudentId)))
            {
                lesson.Teach(new RequestFeedback(Guid.CreateVersion7(), work.StudentId, step.Id)).Refusal!.Code.ShouldBe("feedback-exists", "what two made has one feedback, for both");
                continue;
            }

            var id = Guid.CreateVersion7();
            lesson.Teach(new RequestFeedback(id, work.StudentId, step.Id)).Refusal.ShouldBeNull();
            lesson.Teach(new EditFeedback(id, [.. step.Task!.Criteria.SelectMany(c => c.Descriptors).Select(d => new FeedbackItem(d.Id, Verdict.Partly, "", "Қосыңыз"))], ""));
            lesson.Teach(new ReleaseFeedback([id]));
        }

        lesson.Pass(30);
        lesson.State.Feedbacks.Values.Count(f => f.Reply is not null).ShouldBeGreaterThan(2);
    }
}
