namespace Classroom.Lessons.Tests;

/// <summary>The rules one by one, as a teacher would say them.</summary>
public sealed class LessonRules : LessonTest
{
    [Fact]
    public void Before_the_start_nothing_can_be_asked_or_explained()
    {
        Refused(Teacher, new AskQuestion("q1")).ShouldBe("not-started");
        Refused(Teacher, new GoToStep("s2")).ShouldBe("not-started");
        Refused(Teacher, new EndLesson()).ShouldBe("not-started");
    }

    [Fact]
    public void An_explanation_is_told_in_each_pair_in_the_room_the_boards_first()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        var decision = Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        decision.Effects.OfType<StreamExplanation>().Single().Order.Variants.Select(v => v.ToString()).ShouldBe(["kk-standard", "kk-simple", "ru-standard"]);
        Refused(Teacher, new RequestExplanation(Guid.CreateVersion7(), "s2", "t1", null, ExplainMode.Plain, null, null, [])).ShouldBe("explanation-running");
    }

    [Fact]
    public void A_part_is_explained_again_from_exactly_the_sentences_that_were_chosen()
    {
        var id = Explained();
        Refused(Teacher, new RequestExplanation(Guid.CreateVersion7(), "s2", null, null, ExplainMode.Life, id, "kk-simple", [3])).ShouldBe("no-such-sentence");
        var decision = Ok(Teacher, new RequestExplanation(Guid.CreateVersion7(), "s2", null, null, ExplainMode.Simpler, id, "kk-simple", [2, 0]));
        decision.Effects.OfType<StreamExplanation>().Single().Order.Passage.ShouldBe("Бір. Үш.");
    }

    [Fact]
    public void In_preview_only_the_teacher_sees_an_explanation_until_it_is_released()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, [], Preview: true));
        Ok(Actor.System, new FinishVariant(id, "kk-simple", "Бір. Екі. Үш.", [4, 9, 13], RandomLesson.Source));
        ((ExplanationEntity)Entities("explanation", Audience.Teacher).Single().Value!).Preview.ShouldBe(true);
        Entities("explanation", Audience.Board).ShouldBeEmpty();
        Entities("explanation", Audience.Student(Dana)).ShouldBeEmpty();
        Refused(Dana, new PressConfusion(id, "kk-simple", 1)).ShouldBe("no-such-explanation");
        Ok(Teacher, new ReleaseExplanation(id)).Effects.ShouldBe([new ReleaseStream(id)]);
        ((ExplanationEntity)Entities("explanation", Audience.Student(Dana)).Single().Value!).Preview.ShouldBeNull();
        Ok(Dana, new PressConfusion(id, "kk-simple", 1));
    }

    [Fact]
    public void What_broke_off_is_told_anew_or_gone_on_with_and_only_that()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        Ok(Actor.System, new FinishVariant(id, "kk-standard", "Бір.", [4], RandomLesson.Source));
        Ok(Actor.System, new FailVariant(id, "kk-simple", "tutor-cut", "Бір. Ек", [4, 7], RandomLesson.Source));
        Ok(Actor.System, new FinishVariant(id, "ru-standard", "Раз.", [4], RandomLesson.Source));
        var tell = Ok(Teacher, new RetryExplanation(id, null, Continue: true)).Effects.OfType<StreamExplanation>().Single();
        tell.Order.Variants.Select(v => v.ToString()).ShouldBe(["kk-simple"]);
        tell.Starts.Single().Text.ShouldBe("Бір. Ек");
        tell.Starts.Single().SentenceEnds.ShouldBe([4], "the sentence that was cut is not over");
        Run.State.Explanations[id].IsRunning.ShouldBeTrue();
        Ok(Actor.System, new FailVariant(id, "kk-simple", "tutor-cut", "Бір. Екі", [4, 8], RandomLesson.Source));
        Ok(Teacher, new RetryExplanation(id, "kk-simple", Continue: false)).Effects.OfType<StreamExplanation>().Single().Starts.Single().Text.ShouldBeEmpty();
        Refused(Teacher, new RetryExplanation(id, "en-simple", false)).ShouldBe("no-such-variant");
    }

    [Fact]
    public void An_own_questions_options_have_ids_and_its_scale_is_short()
    {
        Start("s2");
        var known = RandomLesson.Plan.Steps.SelectMany(s => s.Questions).First(q => q.Kind == QuestionKind.Single) with { Id = "own" };
        Refused(Teacher, new AskOwnQuestion(known with { Options = known.Options.SetItem(0, known.Options[0] with { Id = null! }) })).ShouldBe("bad-options");
        Refused(Teacher, new AskOwnQuestion(known with { Options = known.Options.SetItem(0, known.Options[0] with { Id = "" }) })).ShouldBe("bad-options");
        var scale = known with { Kind = QuestionKind.Scale, Options = [], Min = int.MinValue, Max = int.MaxValue };
        Refused(Teacher, new AskOwnQuestion(scale)).ShouldBe("bad-scale");
        Ok(Teacher, new AskOwnQuestion(scale with { Min = 1, Max = 5 }));
    }

    [Theory]
    [InlineData("KK-SIMPLE")]
    [InlineData("kk-0")]
    [InlineData("kk-+0")]
    [InlineData("kk- simple")]
    [InlineData("kk-simple,simple")]
    public void A_variant_has_one_spelling(string spelling)
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        Refused(Dana, new PressConfusion(id, spelling, 1)).ShouldBe("no-such-variant");
        Variant.TryParse(spelling, out _).ShouldBeFalse();
        Variant.TryParse("kk-simple", out _).ShouldBeTrue();
    }

    [Fact]
    public void A_stream_that_was_lost_begins_again_in_an_epoch_of_its_own_and_once()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        var first = Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, [])).Effects.OfType<StreamExplanation>().Single().Starts[0];
        var again = Ok(Actor.System, new RestartVariants(id, [first])).Effects.OfType<StreamExplanation>().Single().Starts[0];
        again.ShouldBe(first with { Epoch = 2, SentenceEnds = again.SentenceEnds });
        var seq = Run.State.Seq;
        // Said twice, of what has ended, of what nobody has, and of nothing.
        Refused(Actor.System, new RestartVariants(id, [first])).ShouldBeNull();
        Refused(Actor.System, new RestartVariants(Guid.CreateVersion7(), [again])).ShouldBe("no-such-explanation");
        Refused(Actor.System, new RestartVariants(id, [again with { Variant = "kk-none" }])).ShouldBeNull();
        Refused(Actor.System, new RestartVariants(id, default)).ShouldBeNull();
        Run.State.Seq.ShouldBe(seq);
        Ok(Actor.System, new FinishVariant(id, again.Variant, "Бір.", [4], RandomLesson.Source, again.Epoch));
        Refused(Actor.System, new RestartVariants(id, [again])).ShouldBeNull();
        Run.State.Explanations[id].EpochOf(again.Variant).ShouldBe(2);
    }

    [Fact]
    public void A_sentence_that_is_said_anew_is_nobodys_confusion_yet()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        var starts = Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, [])).Effects.OfType<StreamExplanation>().Single().Starts;
        Ok(Dana, new PressConfusion(id, starts[0].Variant, 0));
        Ok(Dana, new PressConfusion(id, starts[1].Variant, 1));
        Ok(Actor.System, new RestartVariants(id, [starts[0]]));
        Run.State.Explanations[id].Presses.ShouldBe([new Press(Dana, starts[1].Variant, 1)]);
        // Continued, the whole sentences that came stay what they were.
        Ok(Dana, new PressConfusion(id, starts[0].Variant, 0));
        Ok(Dana, new PressConfusion(id, starts[0].Variant, 1));
        Ok(Actor.System, new FailVariant(id, starts[0].Variant, "tutor-cut", "Бір. Ек", [4, 7], RandomLesson.Source, 2));
        Ok(Teacher, new RetryExplanation(id, starts[0].Variant, Continue: true));
        Run.State.Explanations[id].Presses.Where(p => p.Variant == starts[0].Variant).ShouldBe([new Press(Dana, starts[0].Variant, 0)]);
    }

    [Fact]
    public void What_was_lost_with_its_continuation_is_continued_again()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        var first = Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, [])).Effects.OfType<StreamExplanation>().Single().Starts[0];
        Ok(Actor.System, new FailVariant(id, first.Variant, "tutor-cut", "Бір. Ек", [4, 7], RandomLesson.Source, 1));
        var continued = Ok(Teacher, new RetryExplanation(id, first.Variant, Continue: true)).Effects.OfType<StreamExplanation>().Single().Starts[0];
        var again = Ok(Actor.System, new RestartVariants(id, [continued])).Effects.OfType<StreamExplanation>().Single().Starts[0];
        (again.Text, again.Epoch).ShouldBe(("Бір. Ек", 3));
    }

    [Fact]
    public void What_was_lost_while_its_lesson_ended_is_over()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        var first = Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, [])).Effects.OfType<StreamExplanation>().Single().Starts[0];
        Ok(Teacher, new EndLesson());
        Ok(Actor.System, new RestartVariants(id, [first])).Effects.ShouldBeEmpty();
        Run.State.Explanations[id].IsRunning.ShouldBeFalse();
    }

    [Fact]
    public void A_late_report_of_what_was_stopped_does_not_end_what_was_begun_again()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        var first = Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, [])).Effects.OfType<StreamExplanation>().Single();
        var (variant, epoch) = (first.Starts[0].Variant, first.Starts[0].Epoch);
        Ok(Teacher, new StopExplanation(id));
        var again = Ok(Teacher, new RetryExplanation(id, null, Continue: false)).Effects.OfType<StreamExplanation>().Single();
        Refused(Actor.System, new FailVariant(id, variant, "tutor-stopped", "Бі", [2], RandomLesson.Source, epoch)).ShouldBeNull();
        Refused(Actor.System, new FinishVariant(id, variant, "Бір.", [4], RandomLesson.Source, epoch)).ShouldBeNull();
        Run.State.Explanations[id].Completed.ShouldBeEmpty();
        Ok(Actor.System, new FinishVariant(id, variant, "Екі.", [4], RandomLesson.Source, again.Starts[0].Epoch)).Facts.ShouldHaveSingleItem();
        Run.State.Explanations[id].Completed[variant].Text.ShouldBe("Екі.");
    }

    [Fact]
    public void A_student_asks_the_tutor_where_the_step_allows_it_one_question_at_a_time()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Refused(Dana, new AskTutor(id, "s2", "Неге?")).ShouldBe("ai-not-allowed");
        Ok(Teacher, new SetAiPolicy("s2", AiPolicy.Ask));
        Refused(Dana, new AskTutor(id, "s2", "  ")).ShouldBe("empty");
        Refused(Dana, new AskTutor(id, "s2", new string('а', 601))).ShouldBe("too-long");
        Refused(Dana, new AskTutor(id, "s4", "Неге?")).ShouldBe("no-such-step");
        Ok(Dana, new AskTutor(id, "s2", "Неге?")).Effects.ShouldBe([new AskTutorForAnswer(id)]);
        Refused(Dana, new AskTutor(Guid.CreateVersion7(), "s2", "Тағы?")).ShouldBe("answer-pending");
        Ok(Actor.System, new AnswerStudent(id, "Өзің ше?", ["wants-answer"], RandomLesson.Source));
        ((ExchangeEntity)Entities("exchange", Audience.Student(Dana)).Single().Value!).Answer.ShouldBe("Өзің ше?");
        Entities("exchange", Audience.Student(Ivan)).ShouldBeEmpty();
    }

    [Fact]
    public void A_teacher_sees_that_there_is_a_thread_and_reads_it_only_behind_a_reason_that_the_student_sees()
    {
        Start("s2");
        Ok(Teacher, new SetAiPolicy("s2", AiPolicy.Ask));
        var first = Guid.CreateVersion7();
        Refused(Teacher, new OpenTranscript(Dana, "Көмек керек пе, көрейін")).ShouldBe("no-thread");
        Ok(Dana, new AskTutor(first, "s2", "Неге?"));
        Ok(Actor.System, new AnswerStudent(first, "Өзің ше?", ["distress"], RandomLesson.Source));
        var thread = (ThreadEntity)Entities("thread", Audience.Teacher).Single().Value!;
        (thread.Count, thread.Flags!.Value.Single().Flag).ShouldBe((1, "distress"));
        Entities("exchange", Audience.Teacher).ShouldBeEmpty();
        Refused(Teacher, new OpenTranscript(Dana, "жай")).ShouldBe("reason-missing");
        Refused(Dana, new OpenTranscript(Dana, "Көмек керек пе, көрейін")).ShouldBe("wrong-role");
        Ok(Teacher, new OpenTranscript(Dana, "Көмек керек пе, көрейін"));
        Entities("exchange", Audience.Teacher).Count.ShouldBe(1);
        var seen = (ThreadEntity)Entities("thread", Audience.Student(Dana)).Single().Value!;
        (seen.Openings.Single().Reason, seen.Flags).ShouldBe(("Көмек керек пе, көрейін", null));
        Ok(Dana, new AskTutor(Guid.CreateVersion7(), "s2", "Ал мынау?"));
        Entities("exchange", Audience.Teacher).Count.ShouldBe(1, "what was asked later is closed again");
    }

    [Fact]
    public void The_meter_counts_what_was_paid_for_and_only_the_teacher_sees_it()
    {
        Start("s2");
        var id = Guid.CreateVersion7();
        Ok(Teacher, new RequestExplanation(id, "s2", "t1", null, ExplainMode.Plain, null, null, []));
        Ok(Actor.System, new FinishVariant(id, "kk-standard", "Бір.", [4], new("local", "m", "explain@2", 120, 5, false)));
        Ok(Actor.System, new FinishVariant(id, "kk-simple", "Бір.", [4], new("local", "m", "explain@2", 0, 5, true)));
        Ok(Actor.System, new FailVariant(id, "ru-standard", "tutor-cut", "Р", [1], new("local", "m", "explain@2", 30, 5, false)));
        Entities("meter", Audience.Teacher).Single().Value.ShouldBe(new MeterEntity(150, 0, 2, 1));
        Entities("meter", Audience.Student(Dana)).ShouldBeEmpty();
        Entities("meter", Audience.Board).ShouldBeEmpty();
    }

    [Fact]
    public void Confusion_counts_each_student_once_and_can_be_taken_back()
    {
        var id = Explained();
        Ok(Dana, new PressConfusion(id, "kk-simple", 1));
        Run.Do(By(Dana, new PressConfusion(id, "kk-simple", 1))).Decision.Facts.ShouldBeEmpty();
        Run.State.Explanations[id].Presses.Count.ShouldBe(1);
        Refused(Dana, new PressConfusion(id, "kk-simple", 3)).ShouldBe("no-such-sentence");
        Ok(Dana, new ReleaseConfusion(id, "kk-simple", 1));
        Run.State.Explanations[id].Presses.ShouldBeEmpty();
    }

    [Fact]
    public void Tempo_is_shown_from_three_students_and_fades_after_a_minute()
    {
        Start("s1");
        var third = Guid.CreateVersion7();
        Ok(third, new TakeSeat("Тұлпар", Language.Kk, Level.Simple, Guid.CreateVersion7(), true));
        Ok(Dana, new SetTempo(4));
        Ok(Ivan, new SetTempo(4));
        Entities("tempo").ShouldBeEmpty();
        Ok(third, new SetTempo(2));
        Entities("tempo").Single().Value.ShouldBeOfType<TempoEntity>().Counts.ShouldBe([0, 1, 0, 2]);
        Run.Now = Run.Now.AddSeconds(70);
        Ok(Actor.System, new ExpireTempo());
        Entities("tempo").ShouldBeEmpty();
    }

    [Fact]
    public void Results_stay_hidden_until_revealed_and_a_second_round_keeps_the_first()
    {
        Start("s1");
        Ok(Teacher, new AskQuestion("q1"));
        Ok(Dana, new GiveAnswer("q1", ["a"], null, null));
        ((TallyEntity)Entities("tally", Audience.Board).Single().Value!).ShouldBe(new TallyEntity(1, null));
        Ok(Teacher, new RevealResults("q1"));
        Refused(Ivan, new GiveAnswer("q1", ["b"], null, null)).ShouldBe("question-closed");
        ((TallyEntity)Entities("tally", Audience.Students).Single().Value!).Rounds!.Value[0].Counts.ShouldBe([new("a", 1)]);
        Ok(Teacher, new AskAgain("q1"));
        Entities("tally", Audience.Students).ShouldBeEmpty();
        Ok(Dana, new GiveAnswer("q1", ["b"], null, null));
        Ok(Teacher, new RevealResults("q1"));
        ((TallyEntity)Entities("tally", Audience.Board).Single().Value!).Rounds!.Value.Select(r => r.Counts[0].Key).ShouldBe(["a", "b"]);
    }

    [Theory]
    [InlineData("q1", null, null, "choose-one")]
    [InlineData("q3", 9, null, "out-of-scale")]
    [InlineData("q2", null, "  ", "empty")]
    [InlineData("q4", null, "a word that is far too long to stand in any cloud of words", "too-long")]
    public void An_answer_that_does_not_fit_its_question_is_refused(string question, int? scale, string? text, string code)
    {
        Start("s1");
        Ok(Teacher, new AskQuestion(question));
        Refused(Dana, new GiveAnswer(question, default, scale, text)).ShouldBe(code);
    }

    [Fact]
    public void A_hand_in_needs_words_own_part_and_reflection_but_not_as_many_words_as_are_asked_for()
    {
        Start("s4");
        Refused(Dana, new HandIn("s4")).ShouldBe("empty");
        Ok(Dana, new SaveDraft("s4", " \n", "өзім", "ойландым", []));
        Refused(Dana, new HandIn("s4")).ShouldBe("empty");
        Ok(Dana, new SaveDraft("s4", "екі сөз", "", "", []));
        Refused(Dana, new HandIn("s4")).ShouldBe("own-contribution-missing");
        Ok(Dana, new SaveDraft("s4", "екі сөз", "өзім", "", []));
        Refused(Dana, new HandIn("s4")).ShouldBe("reflection-missing");
        Ok(Dana, new SaveDraft("s4", "екі сөз", "өзім", "ойландым", []));
        Ok(Dana, new HandIn("s4"));
        Refused(Dana, new SaveDraft("s4", "тағы", "", "", [])).ShouldBe("already-handed-in");
    }

    [Fact]
    public void A_draft_is_the_students_own_until_it_is_handed_in()
    {
        Start("s4");
        Ok(Dana, new SaveDraft("s4", "құпия ой", "", "", []));
        var seen = (WorkEntity)Entities("work").Single().Value!;
        seen.Text.ShouldBeNull();
        seen.Words.ShouldBe(2);
    }

    [Fact]
    public void Feedback_with_an_invented_quote_loses_the_quote_and_says_so()
    {
        var id = HandedIn();
        Ok(Actor.System, new DraftFeedback(id, [new("d1", Verdict.Met, "бұл үш", "a"), new("d2", Verdict.Met, "ойдан", "b"), new("zz", Verdict.Met, "", "")], 0, RandomLesson.Source));
        var feedback = Run.State.Feedbacks[id];
        feedback.Items.Select(i => i.Quote).ShouldBe(["бұл үш", ""]);
        feedback.DroppedQuotes.ShouldBe(1);
        Refused(Teacher, new EditFeedback(id, [new("d1", Verdict.Met, "ойдан", "a")], "")).ShouldBe("quote-not-in-work");
        Entities("feedback", Audience.Student(Dana)).ShouldBeEmpty();
        Ok(Teacher, new OpenFeedback(id));
        Ok(Teacher, new ReleaseFeedback([id]));
        Entities("feedback", Audience.Student(Dana)).Count.ShouldBe(1);
        Entities("feedback", Audience.Student(Ivan)).ShouldBeEmpty();
        Ok(Teacher, new ReturnFeedback(id));
        Entities("feedback", Audience.Student(Dana)).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_but_the_lessons_teacher_gives_a_mark_and_only_one_of_the_scale()
    {
        Start("s4");
        foreach (var role in Enum.GetValues<Role>().Where(r => r != Role.Teacher))
        {
            Refused(new Actor(role, Dana), new GiveMark(Dana, "s4", 5)).ShouldBe("wrong-role");
        }

        Refused(new Actor(Role.Teacher, Guid.CreateVersion7()), new GiveMark(Dana, "s4", 5)).ShouldBe("foreign-classroom");
        Refused(Teacher, new GiveMark(Dana, "s4", 1)).ShouldBe("out-of-scale");
        Refused(Teacher, new GiveMark(Dana, "s4", 100)).ShouldBe("out-of-scale");
        HandIn();
        Ok(Teacher, new GiveMark(Dana, "s4", 5));
        Ok(Teacher, new WithdrawMark(Dana, "s4"));
        Run.State.Marks.ShouldBeEmpty();
    }

    [Fact]
    public void Two_people_never_walk_to_the_same_hand()
    {
        Ok(Dana, new RaiseHand("көмек"));
        Ok(new Actor(Role.Mentor, Guid.CreateVersion7(), "Жанна"), new ClaimHand(Dana));
        var decision = Run.Do(new(Guid.CreateVersion7(), Teacher, new ClaimHand(Dana))).Decision;
        decision.Refusal!.Code.ShouldBe("hand-claimed");
        decision.Refusal.Args["by"].ShouldBe("Жанна");
    }

    [Fact]
    public void Mixed_teams_deal_the_levels_out_evenly()
    {
        for (var i = 0; i < 10; i++)
        {
            Ok(Guid.CreateVersion7(), new TakeSeat("Құс " + i, Language.Kk, i < 5 ? Level.Simple : Level.Advanced, Guid.CreateVersion7(), true));
        }

        Ok(Teacher, new FormTeams(3, true));
        var teams = Run.State.Seats.Values.GroupBy(s => s.Team).ToList();
        teams.Count.ShouldBe(3);
        teams.ShouldAllBe(t => t.Count() == 4);
        teams.ShouldAllBe(t => t.Count(s => s.Level == Level.Simple) == 2);
    }

    [Fact]
    public void An_ended_lesson_can_be_reopened_for_a_day_with_a_new_code()
    {
        Start("s1");
        Ok(Teacher, new EndLesson()).Effects.OfType<ReleaseJoinCode>().Single().JoinCode.ShouldBe("K7PM4X");
        Refused(Dana, new RaiseHand("")).ShouldBe("lesson-ended");
        Ok(Teacher, new ReopenLesson("NEWC0DE"));
        Run.State.Phase.ShouldBe(LessonPhase.Live);
        Ok(Teacher, new EndLesson());
        Run.Now = Run.Now.AddHours(25);
        Refused(Teacher, new ReopenLesson("LATE22")).ShouldBe("too-late-to-reopen");
    }

    [Fact]
    public void The_board_shows_themed_nicknames_in_the_lobby_and_no_name_ever_after()
    {
        Entities("seat", Audience.Board).Select(n => ((SeatEntity)n.Value!).Nickname).ShouldBe(["Иван"]);
        Start("s1");
        Entities("seat", Audience.Board).ShouldBeEmpty();
    }
}
