using System.Text;
using Classroom.Lessons;

namespace Classroom.Lessons.Tests;

/// <summary>A small lesson, and commands drawn by chance for it: sensible, senseless, repeated and out of order.</summary>
internal sealed partial class RandomLesson(int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Guid> _students = [];
    private readonly List<Guid> _explanations = [];
    private readonly List<Guid> _ideas = [];
    private readonly List<Guid> _photos = [];
    private readonly List<Guid> _feedbacks = [];
    private readonly List<Guid> _exchanges = [];
    private readonly List<Envelope> _past = [];

    public static readonly Guid RosterId = new("00000000-0000-7000-8000-0000000000a5");
    public static readonly Guid TeacherId = new("00000000-0000-7000-8000-00000000007e");
    public static readonly DateTimeOffset Start = new(2026, 9, 1, 8, 0, 0, TimeSpan.FromHours(5));

    public static readonly MarkScale Scale = new("kz-2-11", new DateOnly(2020, 9, 1), [new(0, 2), new(40, 3), new(65, 4), new(85, 5)]);

    public static readonly LessonPlan Plan = new("kit", "1", "hash", "lesson", T("Сабақ"), T("Биология"), 7, 7, 40,
    [
        new("s1", StepKind.Ask, 5, true, T("Сұрақ"), T("Тақта"), T("Оқушы"), T("Мұғалім"), [],
        [
            new("q1", QuestionKind.Single, T("?"), [new("a", T("a"), true, T("why")), new("b", T("b"), false, null)], 0, 0, null, null, T("why")),
            new("q2", QuestionKind.Open, T("?"), [], 0, 0, null, null, null),
            new("q3", QuestionKind.Scale, T("?"), [], 1, 5, T("-"), T("+"), null),
            new("q4", QuestionKind.WordCloud, T("?"), [], 0, 0, null, null, null),
        ], false, null),
        new("s2", StepKind.Explain, 10, true, T("Түсіндіру"), T("Тақта"), T("Оқушы"), T("Мұғалім"), [new("t1", T("Тақырып"))],
            [new("q5", QuestionKind.Single, T("?"), [new("a", T("a"), true, T("why")), new("b", T("b"), false, null)], 0, 0, null, null, T("why"), Returns: "q1")], false, null),
        new("s3", StepKind.Discuss, 10, true, T("Талқылау"), T("Тақта"), T("Оқушы"), T("Мұғалім"), [], [], true, null),
        new("s4", StepKind.Make, 15, true, T("Жұмыс"), T("Тақта"), T("Оқушы"), T("Мұғалім"), [], [], false,
            new TaskPlan(T("Жоба"), T("Жаса"), AiPolicy.Ask, 3, true, false, [new("c1", T("c"), [new("d1", T("d1")), new("d2", T("d2"))])])),
    ]);

    public static readonly Provenance Source = new("prepared", "kit", "explain@1", 0, 10, false);

    public static readonly Provenance Model = new("local", "m", "feedback@1", 120, 10, false);

    public static Trilingual T(string text) => Trilingual.Same(text);

    public static Envelope Opening(Guid commandId) => new(commandId, new Actor(Role.Teacher, TeacherId, "Айгүл"),
        new OpenLesson(Plan, "7Б", "Айгүл Маратқызы", "K7PM4X", null, Language.Kk, Scale));

    public IEnumerable<Envelope> Commands(int count)
    {
        yield return Keep(Opening(Id()));
        for (var i = 0; i < count; i++)
        {
            yield return _random.Next(12) == 0 ? Any(_past) : Keep(HelperOr(Phone(Next(i), i), i));
        }
    }

    private Envelope Keep(Envelope e)
    {
        _past.Add(e);
        return e;
    }

    private Envelope Next(int i)
    {
        var teacher = new Actor(Role.Teacher, _random.Next(30) == 0 ? Id() : TeacherId, "Айгүл");
        var student = new Actor(Role.Student, Student());
        if (i < 6)
        {
            return i == 5 ? new(Id(), teacher, new StartLesson()) : Join();
        }

        return _random.Next(60) switch
        {
            0 => Join(),
            1 => new(Id(), teacher, Paced(new GoToStep(Step()), i)),
            2 => new(Id(), teacher, _random.Next(6) == 0 ? new EndLesson() : new GoToStep("s2")),
            3 => new(Id(), teacher, new ReopenLesson("NEWC0D")),
            4 => new(Id(), teacher, Door(_random.Next(2) == 0, i)),
            5 => Looks(new(Id(), teacher, Board(new SetBoardVariant(Pick<Language>(), Pick<Level>()), i)), i),
            6 => Ink(new(Id(), student, new ChangePreferences(Pick<Language>(), Pick<Level>())), i),
            7 => new(Id(), student, _random.Next(3) == 0 ? new AskForMoreTime() : new SetTempo(_random.Next(0, 6))),
            8 => i % 3 == 0 ? new(Id(), Actor.System, new ExpireTempo()) : new(Id(), teacher, OpenDraftOr(new ExpireTempo(), i)),
            9 => new(Id(), student, i % 4 == 0 ? new AttachPhoto("s4", New(_photos), _photos[^1], 1600, 1200) : i % 4 == 1 ? new RemovePhoto(Any(_photos)) : new RaiseHand("көмек")),
            10 => Ink(new(Id(), student, new LowerHand()), i),
            11 => new(Id(), new Actor(Role.Mentor, Id(), "Жанна"), new ClaimHand(Student())),
            12 => new(Id(), teacher, OpenDraftOr(HandOrRoster(Student(), i), i)),
            13 => new(Id(), teacher, Remove(_random.Next(6) == 0 ? Student() : Id(), i)),
            14 => new(Id(), teacher, new RenameStudent(Student(), "Тұлпар " + _random.Next(9))),
            15 => new(Id(), student, new RequestDevice(Id(), Browser(i % 11), i, 0, i % 4 == 0 ? null : i % 3, i % 4 == 1)),
            16 => new(Id(), teacher, Decide(_random.Next(2) == 0, Student(), i)),
            17 or 18 => new(Id(), teacher, new RequestExplanation(New(_explanations), "s2", "t1", null, ExplainMode.Plain, null, null, [])),
            19 or 20 => new(Id(), Actor.System, new FinishVariant(Any(_explanations), AnyVariant(), "Бір. Екі. Үш.", [4, 9, 13], Source)),
            21 => new(Id(), Actor.System, new FailVariant(Any(_explanations), AnyVariant(), "tutor-cut", "Бір.", [4], Source)),
            22 => new(Id(), teacher, OpenDraftOr(new StopExplanation(Any(_explanations)), i)),
            23 or 24 => new(Id(), student, new PressConfusion(Any(_explanations), AnyVariant(), _random.Next(-1, 4))),
            25 => Take(student),
            26 or 27 => new(Id(), teacher, Asked(new AskQuestion(Question()), i)),
            28 => new(Id(), teacher, _random.Next(2) == 0 ? new CloseQuestion(Question()) : new AskAgain(Question())),
            29 => new(Id(), teacher, i % 4 == 1 ? new ShowCounts(Question(), i % 3 == 0 ? i / 2 : null) : new RevealResults(Question(), i % 3 == 0 ? i / 2 : null)),
            30 or 31 or 32 => new(Id(), student, AnswerTo(Question())),
            33 => new(Id(), teacher, PickOrHide(i, new PickAnswer("q2", Student(), _random.Next(2) == 0))),
            34 => new(Id(), teacher, new RequestPrompts("s3")),
            35 => new(Id(), Actor.System, new ProposePrompts("s3", [Prompt("p1"), Prompt("p2")], Source)),
            36 => new(Id(), teacher, new PickPrompt("s3", _random.Next(2) == 0 ? "p1" : "p2", _random.Next(3) == 0 ? T("Басқа") : null)),
            37 => new(Id(), teacher, _random.Next(3) == 0 ? new MoveToTeam(Student(), _random.Next(0, 4)) : new FormTeams(_random.Next(0, 4), true)),
            38 or 39 => new(Id(), student, new Contribute(New(_ideas), "s3", "Ой " + i)),
            40 => new(Id(), student, new Upvote(Any(_ideas), _random.Next(3) > 0)),
            41 => new(Id(), teacher, _random.Next(2) == 0 ? new ShareContributions("s3") : new HideContribution(Any(_ideas), _random.Next(2) == 0)),
            42 => new(Id(), student, new SaveDraft("s4", "жапырақ күнге бұрылады " + i, "өзім", "ойландым", ["кітап"])),
            43 => new(Id(), student, _random.Next(2) == 0 ? new HandIn("s4") : new ReviseWork("s4")),
            44 or 46 or 47 or 48 => new(Id(), teacher, RoomsOr(Looked(Review(), i), i)),
            49 => new(Id(), student, new HandIn("s4")),
            50 => new(Id(), teacher, new GoToStep("s4")),
            51 => new(Id(), teacher, new RequestExplanation(New(_explanations), "s2", "t1", null, ExplainMode.Plain, null, null, [], Preview: true)),
            52 => new(Id(), teacher, new ReleaseExplanation(Any(_explanations))),
            53 => new(Id(), teacher, new RetryExplanation(Any(_explanations), _random.Next(2) == 0 ? null : AnyVariant(), _random.Next(2) == 0)),
            54 => new(Id(), HasDraft(student), new AskTutor(New(_exchanges), _random.Next(3) == 0 ? "s2" : "s4", "Неге " + i)),
            55 or 56 => new(Id(), Actor.System, _random.Next(3) > 0
                ? new AnswerStudent(Any(_exchanges), "Өзің қалай ойлайсың?", _random.Next(2) == 0 ? ["wants-answer"] : [], Source)
                : new FailStudent(Any(_exchanges), "tutor-busy", [], 7)),
            57 => new(Id(), teacher, RoomsOr(new OpenTranscript(Student(), "Қауіп белгісі бар"), i)),
            58 => new(Id(), Actor.System, i % 3 == 0
                ? new RecordIncident(Id(), "work", "noticed", "distress", "s4", Student())
                : new RecordIncident(Id(), "coach", "input-withheld", "abuse", "s4", Student())),
            _ => _random.Next(2) == 0
                ? new(Id(), Actor.System, new DraftFeedback(Any(_feedbacks), [new("d1", Verdict.Met, "жапырақ", "Мысал қос"), new("d2", Verdict.Partly, "жоқ сөз", "")], 0, i % 3 == 0 ? Source : Model,
                    i % 3 == 0 ? [new("d1", "Баста", "Қос", "Тексер")] : null))
                : Reply(student, i),
        };
    }

    private static Command HandOrRoster(Guid student, int i) => i % 4 > 0 ? new AnswerHand(student)
        : new SetRoster(RosterId, i % 3 == 0 ? [] : ["Дана Серікқызы " + (char)('а' + (i % 7)), "Иван Петров"]);

    /// <summary>Stands for the rules of words, which are another project's. The numbered nicknames of these tests are nobody's doubt.</summary>
    public static bool IsDoubted(string text) => text[^1] is '2' or '7'
        && !text.StartsWith("Құс ", StringComparison.Ordinal) && !text.StartsWith("Бот ", StringComparison.Ordinal);

    private Command PickOrHide(int i, PickAnswer pick) => (i % 8) switch
    {
        0 or 4 => new HideWord("q4", i % 8 == 0 ? "сөз 1" : "сөз 2", pick.Picked),
        1 => new GroupAnswers("q2", i % 32 != 1),
        3 => new MoveAnswer("q2", pick.StudentId, i % 16 == 3 || _students.Count == 0 ? null : _students[0]),
        _ => pick,
    };

    private static Command Looked(Command review, int i) => review switch
    {
        ReturnFeedback r when i % 3 == 0 => new HoldDescriptor(r.FeedbackId, "d1", i % 2 == 0),
        GiveMark g when i % 11 == 0 => new ReturnWork(g.StudentId, "s4", "Мысал қос " + i),
        _ => review,
    };

    private Command Review() => _random.Next(6) switch
    {
        0 or 1 => new RequestFeedback(New(_feedbacks), Student(), "s4"),
        2 => new EditFeedback(Any(_feedbacks), [new("d1", Verdict.Partly, "", "Тағы жаз")], "Жақсы"),
        3 => new ReleaseFeedback([Any(_feedbacks)]),
        4 => new ReturnFeedback(Any(_feedbacks)),
        _ => _random.Next(2) == 0 ? new GiveMark(Student(), "s4", _random.Next(1, 7)) : new WithdrawMark(Student(), "s4"),
    };

    private Command OpenDraftOr(Command otherwise, int i) =>
        i % 3 > 0 && _past.FindLast(e => e.Command is DraftFeedback) is { Command: DraftFeedback d } ? new OpenFeedback(d.FeedbackId) : otherwise;

    // The tutor is asked after an own draft: chance alone has one too seldom.
    private Actor HasDraft(Actor otherwise) => _past.FindLast(e => e.Command is SaveDraft)?.By ?? otherwise;

    // What was pressed is taken back, and who has feedback replies: chance alone meets these pairs too seldom.
    private Envelope Take(Actor student) =>
        _past.FindLast(e => e.Command is PressConfusion) is { Command: PressConfusion p } pressed && _random.Next(3) > 0
            ? new(Id(), pressed.By, new ReleaseConfusion(p.ExplanationId, p.Variant, p.Sentence))
            : new(Id(), student, new ReleaseConfusion(Any(_explanations), AnyVariant(), _random.Next(0, 3)));

    private Envelope Reply(Actor student, int i) =>
        _past.FindLast(e => e.Command is ReleaseFeedback) is { Command: ReleaseFeedback released } && _random.Next(4) > 0
        && _past.Find(e => e.Command is RequestFeedback f && f.FeedbackId == released.FeedbackIds[0]) is { Command: RequestFeedback r }
            ? new(Id(), new Actor(Role.Student, r.StudentId), new ReplyToFeedback(r.FeedbackId, "рақмет " + i))
            : new(Id(), student, new ReplyToFeedback(Any(_feedbacks), "рақмет " + i));

    private Envelope Join()
    {
        var id = Id();
        _students.Add(id);
        return new(Id(), new Actor(Role.Student, id),
            new TakeSeat("Құс " + _students.Count, Pick<Language>(), Pick<Level>(), Id(), _random.Next(2) == 0, Browser(_students.Count / 2), Room: Room()));
    }

    // Every fourth who comes shares a phone with who came before, and sometimes acts for both; by i, as everything that draws no chance of its own.
    private Envelope Phone(Envelope e, int i) => e switch
    {
        { Command: TakeSeat take } when _students.Count % 4 == 2 && _past.FindLast(p => p.Command is TakeSeat) is { Command: TakeSeat before } =>
            e with { Command = take with { DeviceId = before.DeviceId, Others = i % 3 == 0 ? [new("Қос " + i, i % 2 == 0)] : null } },
        { Command: GiveAnswer { QuestionId: var half } } when i % 5 == 2 => e with { Command = new KeepTyped(TypedField.Answer, half, i % 10 == 2 ? "" : "жарты " + i) },
        { Command: Contribute { StepId: var at } } when i % 5 == 2 => e with { Command = new KeepTyped(TypedField.Idea, at, "жарты ой " + i) },
        { Command: LowerHand } when i % 16 == 7 => e with { Command = new ShareSeat("Серік " + i) },
        { Command: CloseQuestion } when i % 6 == 5 => e with { Command = new AskEachChild(i % 4 < 2) },
        { Command: CloseQuestion { QuestionId: var closed } } when i % 6 == 2 && (i % 4 == 0 ? "q1" : closed) is var q => e with { Command = new CountHands(q, [new(q switch { "q1" or "q5" => "a", "q3" => "4", _ => "сөз 1" }, i % 5)], i % 4 == 0 ? 2 : null) },
        // Of a question that comes back in another.
        { Command: GiveAnswer { QuestionId: "q3" } } when i % 2 == 1 => e with { By = new(Role.Teacher, TeacherId, "Айгүл"), Command = new CountHands("q1", [new("b", i % 7)]) },
        { Command: StopExplanation s } when i % 3 == 2 => e with { Command = i % 2 == 0 ? new CountLost(s.ExplanationId, i % 4, Room: i % 4 == 2 ? null : 2) : new CountLost(s.ExplanationId, i % 4, "kk-standard", 1, i % 4 == 1 ? null : 2) },
        { Command: FailVariant f } when i % 3 == 1 => e with { By = new Actor(Role.Teacher, TeacherId, "Айгүл"), Command = new CountLost(f.ExplanationId, 1 + (i % 4), Room: 2) },
        { Command: AskAgain } when i % 5 == 1 => e with { Command = new SetClassSize(i % 4 == 0 ? null : 20 + (i % 9)) },
        { By.Role: Role.Student } when i % 5 == 3 => e with { For = [.. _students.SkipWhile(s => s != e.By.Id).Take(2)] },
        _ => e,
    };

    // Chosen by i: chance is drawn as before, and every other line says what it said.
    private Command Door(bool shut, int i) => (i % 4) switch
    {
        0 => new SetEntrance(shut),
        1 => new Admit([.. _students.TakeLast(3)]),
        2 when i % 3 == 0 => new TurnAway([.. _students.TakeLast(1)]),
        _ => shut ? new LockLobby() : new UnlockLobby(),
    };

    private static Command Board(SetBoardVariant otherwise, int i) => (i % 5) switch
    {
        0 => new PairBoard(Browser(i % 3), i % 2 == 0 ? true : null, i % 3 == 0 ? 2 : null),
        3 when i % 2 == 0 => new LetBoardDraw(Browser(i % 3), i % 4 == 0),
        1 => new UnpairBoard(Browser(i % 3)),
        4 when i % 2 == 0 => new CombineLesson(Browser(7 + (i / 10 % 2)), i % 20 == 4 ? "4" : "4 «А»", T("Сабақ 2"), i % 30 == 4 ? Browser(7) : null),
        _ => otherwise,
    };

    private static Command Asked(AskQuestion ask, int i) => (i % 7) switch
    {
        1 => ask with { StemFirst = true },
        2 when i % 3 == 0 => new ReopenQuestion(ask.QuestionId),
        3 => new ShowOptions(i % 2 == 0 ? ask.QuestionId : "q1"),
        5 => ask with { QuestionId = "q5" },
        6 => new TimeQuestion(ask.QuestionId, i % 9 == 0 ? 5 : 10 + (i % 600)),
        _ => ask,
    };

    private static Command Paced(GoToStep go, int i) => (i % 7) switch
    {
        2 => new AddMinute(go.StepId),
        5 => new ShowHeat(i % 2 == 0),
        _ => go,
    };

    // By the last board that was given a pen, or one that never was.
    private Envelope Ink(Envelope otherwise, int i)
    {
        var board = _past.FindLast(e => e.Command is PairBoard { Draws: true })?.Command is PairBoard paired && i % 7 != 0 ? paired.BoardId : Browser(9);
        var drawn = _past.FindLast(e => e.Command is DrawStroke)?.Command as DrawStroke;
        Command? command = (i % 8) switch
        {
            0 or 2 or 4 => new DrawStroke(new(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0xc]), "s" + (1 + (i / 8 % 4)), (InkTool)(i / 2 % 2), (InkColour)(i / 2 % 4), [40 * (i % 9), 80, 31, 12, -6, 2, i % 11 == 0 ? -9000 : 4, 4, -1]),
            1 => new EraseStrokes(drawn?.StepId ?? "s1", [drawn?.StrokeId ?? TeacherId]),
            3 => new ClearInk(drawn?.StepId ?? "s1"),
            5 or 6 => new UndoInk(drawn?.StepId ?? "s9"),
            _ => null,
        };
        return command is null ? otherwise : otherwise with { By = new Actor(Role.Board, board), Command = command };
    }

    private static Envelope Looks(Envelope otherwise, int i) => i % 5 == 2 ? otherwise with { By = Actor.System, Command = new ConnectBoard(Browser(i % 3)) } : otherwise;

    private Command Remove(Guid student, int i) => (i % 7) switch
    {
        0 => new RemoveDevice(student, i % 2 == 0),
        1 => new LiftBars(),
        3 => new ForgetStudent(student, i % 2 == 0 ? ForgetReason.Family : ForgetReason.Mistake),
        2 when i % 3 != 0 => new RemoveStudents([student]),
        5 when i % 2 == 0 => new BringBackStudent(_past.FindLast(e => e.Command is RemoveStudent)?.Command is RemoveStudent gone ? gone.StudentId : student),
        _ => new RemoveStudent(student, i % 3 == 0),
    };

    // Of what was asked for, mostly; else of a device that never asked.
    private Command Decide(bool yes, Guid student, int i)
    {
        var asked = i % 4 == 0 ? null : _past.FindLast(e => e.Command is RequestDevice);
        var (seat, device) = asked is { Command: RequestDevice request } ? (asked.By.Id, request.DeviceId) : (student, TeacherId);
        return yes ? new ApproveDevice(seat, device) : new RefuseDevice(seat, device);
    }

    private static Guid Browser(int i) => new(i + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0xb]);

    private GiveAnswer AnswerTo(string question) => question switch
    {
        "q1" => new(question, [_random.Next(2) == 0 ? "a" : "b"], null, null),
        "q3" => new(question, [], _random.Next(0, 7), null),
        // As much chance as a line of words draws.
        "q5" => new(question, [_random.Next(5) == 0 || _random.Next(3) == 0 ? "a" : "b"], null, null),
        _ => new(question, [], null, _random.Next(5) == 0 ? "" : "Сөз " + _random.Next(3)),
    };

    public static PromptText Prompt(string id) => new(id, T("Қай ағаш?"), T("Жоба"), T("Қағаз"), 10, [T("Жазушы")], T("Бір телефон"));

    private string Step() => "s" + _random.Next(0, 6);

    private string Question() => "q" + _random.Next(1, 6);

    private string AnyVariant() => new Variant(Pick<Language>(), Pick<Level>()).ToString();

    // A few students act much, so that chains (draft, hand in, feedback, reply) come about.
    private Guid Student() => _students.Count == 0 ? Guid.Empty
        : _random.Next(4) > 0 ? _students[_random.Next(Math.Min(3, _students.Count))] : Any(_students);

    private T Pick<T>() where T : struct, Enum => Enum.GetValues<T>()[_random.Next(3)];

    private T Any<T>(List<T> from) => from.Count == 0 ? default!
        : _random.Next(2) == 0 ? from[_random.Next(Math.Max(0, from.Count - 3), from.Count)] : from[_random.Next(from.Count)];

    private Guid New(List<Guid> into)
    {
        into.Add(Id());
        return into[^1];
    }

    private Guid Id()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}

/// <summary>Runs commands through the two functions, as the grain does.</summary>
internal sealed class Run
{
    public LessonState State { get; private set; } = LessonState.Empty;

    public List<RecordedFact> History { get; } = [];

    public DateTimeOffset Now { get; set; } = RandomLesson.Start;

    public (Decision Decision, AudienceChanges? AudienceChanges) Do(Envelope envelope, bool announce = true, Func<string, bool?>? isDistress = null, bool hasModel = true)
    {
        Now = Now.AddSeconds(7);
        var decision = Lesson.Decide(State, envelope, Now, RandomLesson.IsDoubted, isDistress, hasModel);
        if (decision.Facts.IsEmpty)
        {
            return (decision, null);
        }

        var before = State;
        var facts = Lesson.Stamp(State, envelope, decision, Now);
        foreach (var fact in facts)
        {
            State = Lesson.Apply(State, fact);
            History.Add(fact);
        }

        return (decision, announce ? View.Changes(before, State, facts) : null);
    }

    public static Run After(int seed, int commands)
    {
        var run = new Run();
        foreach (var envelope in new RandomLesson(seed).Commands(commands))
        {
            run.Do(envelope, announce: false);
        }

        return run;
    }

    public static string Text(IEnumerable<EntityChange> notices) =>
        Encoding.UTF8.GetString(LessonJson.Encode(notices.OrderBy(n => n.Kind, StringComparer.Ordinal).ThenBy(n => n.Id, StringComparer.Ordinal)));
}
