namespace Classroom.Lessons.Tests;

/// <summary>One lesson that sets what random lessons leave as it is. Every command of it is accepted.</summary>
internal static class FullLesson
{
    private static readonly Guid Student = new("00000000-0000-7000-8000-00000000000d");
    private static readonly Guid First = new("00000000-0000-7000-8000-0000000000f1");
    private static readonly Guid Second = new("00000000-0000-7000-8000-0000000000f2");
    private static readonly Guid Third = new("00000000-0000-7000-8000-0000000000f3");
    private static readonly Guid Mate = new("00000000-0000-7000-8000-0000000000f5");
    private static readonly Guid Fourth = new("00000000-0000-7000-8000-0000000000f4");
    private static readonly Provenance Paid = new("local", "m", "explain@2", 120, 5, false);
    private static readonly Provenance Repeated = Paid with { Cached = true, Cause = "budget", AgainInSeconds = 20 };
    private static readonly Actor Teacher = new(Role.Teacher, RandomLesson.TeacherId, "Айгүл");
    private static readonly Actor Helper = new(Role.Helper, new("00000000-0000-7000-8000-0000000000f6"));

    public static IEnumerable<Envelope> Commands() =>
    [
        By(Teacher, new OpenLesson(Plan(), "7Б", "Айгүл Маратқызы", "K7PM4X", First, Language.Ru, RandomLesson.Scale, 5000, Rehearsal: false, Seed: Guid.CreateVersion7(), new CombineLesson(Second, "4", RandomLesson.T("Сабақ 2"), Third))),
        Own(new TakeSeat("Дана", Language.Kk, Level.Simple, First, false)),
        By(new(Role.Student, Second), new TakeSeat("Арман", Language.Ru, Level.Simple, Second, false)),
        By(Teacher, new ForgetStudent(Second, ForgetReason.Mistake)),
        By(Teacher, new SetRoster(new("00000000-0000-7000-8000-0000000000a5"), ["Дана Серікқызы", "Арман Қуатұлы", "Айдос Ерланұлы"])),
        By(new(Role.Student, Third), new TakeSeat("Айдос", Language.Kk, Level.Simple, Third, false)),
        By(Teacher, new ForgetStudent(Third, ForgetReason.Family)),
        By(Teacher, new RenameStudent(Student, "Дана С")),
        By(new(Role.Student, Mate), new TakeSeat("Марат", Language.Kk, Level.Simple, First, false)),
        By(new(Role.Student, Fourth), new TakeSeat("Санжар", Language.Kk, Level.Simple, Fourth, false, Fourth)),
        By(Teacher, new RemoveStudent(Fourth)),
        By(Teacher, new BringBackStudent(Fourth)),
        By(Teacher, new RemoveStudent(Fourth)),
        By(Teacher, new AddRoom("204")),
        By(Teacher, new RenameRoom(RoomsRules.Hub, "101")),
        By(Teacher, new PairBoard(First, Draws: true, Room: 2)),
        By(Teacher, new InviteHelper(Helper.Id, 2)),
        By(Helper, new ComeAsHelper("Әлия")),
        By(Teacher, new MoveToRoom(Student, 2)),
        By(Teacher, new SetEntrance(true)),
        By(new(Role.Student, First), new TakeSeat("Ерлан", Language.Kk, Level.Simple, First, false, Room: 2)),
        By(new(Role.Student, Fourth), new TakeSeat("Асқар", Language.Kk, Level.Simple, First, false, Room: 2)),
        By(Teacher, new TurnAway([Fourth])),
        By(Teacher, new StartLesson()),
        By(Teacher, new GoToStep("s2")),
        By(new(Role.Board, First), new DrawStroke(Second, "s2", InkTool.Pen, InkColour.Ink, [400, 400, 31, 8, 4, 0])),
        By(new(Role.Board, First), new EraseStrokes("s2", [Second])),
        By(Teacher, new AskQuestion("q1")),
        By(Teacher, new CountHands("q1", [new("a", 2)], 2)),
        By(Teacher, new AskQuestion("q2")),
        Own(new GiveAnswer("q2", [], null, "жарық керек")),
        By(Teacher, new GroupAnswers("q2", true)),
        By(Teacher, new RequestExplanation(First, "s2", "t1", null, ExplainMode.Plain, null, null, [])),
        By(Actor.System, new FinishVariant(First, "kk-simple", "Бір. Екі. Үш.", [4, 9, 13], Repeated)),
        By(Actor.System, new FinishVariant(First, "ru-standard", "Раз.", [4], Paid)),
        By(Teacher, new RetryExplanation(First, "ru-standard", Continue: false, Discard: true)),
        By(Actor.System, new FinishVariant(First, "ru-standard", "Два.", [4], Paid)),
        By(Teacher, new CountLost(First, 3, "kk-simple", 1)),
        By(Teacher, new RequestExplanation(Second, "s2", null, null, ExplainMode.Story, First, "kk-simple", [1, 2])),
        By(new(Role.Student, Mate), new ChangePreferences(Language.En, Level.Advanced)),
        By(Actor.System, new FailVariant(Second, "kk-simple", "tutor-cut", "Бір.", [4], Paid, AgainInSeconds: 30)),
        By(Teacher, new RetryExplanation(Second, "kk-simple", true)),
        By(Teacher, new SetAiPolicy("s2", AiPolicy.Draft)),
        Own(new AskTutor(Third, "s2", "неге?")),
        By(Actor.System, new FailStudent(Third, "tutor-busy", [], 7, 30)),
        By(Teacher, new RequestPrompts("s3")),
        By(Actor.System, new ProposePrompts("s3", [RandomLesson.Prompt("p1") with { Image = Picture }], Paid)),
        By(Teacher, new RequestPrompts("s3")),
        By(Actor.System, new FailPrompts("s3", "tutor-busy", 9, 30)),
        By(Teacher, new GoToStep("s4")),
        Own(new SaveDraft("s4", "бұл үш сөз", "өзім", "ойландым", ["кітап"])) with { For = [Student, Mate] },
        Own(new AttachPhoto("s4", Third, Third, 1600, 1200)),
        By(new(Role.Student, Mate), new AttachPhoto("s4", Second, Third, 1600, 1200)),
        Own(new AttachPhoto("s4", Fourth, Fourth, 1200, 1600)),
        Own(new RemovePhoto(Fourth)),
        Own(new HandIn("s4")) with { For = [Student, Mate] },
        By(Teacher, new RequestFeedback(First, Student, "s4")),
        By(Actor.System, new FailFeedback(First, "tutor-busy", 9, 30)),
        By(Teacher, new RequestFeedback(Second, Student, "s4")),
        By(Actor.System, new DraftFeedback(Second, [new("d1", Verdict.Met, "үш", "Жалғастыр")], 0, Paid, [new("d1", "Баста", "Қос", "Тексер")])),
        By(Teacher, new SwitchAi(false)),
        By(Teacher, new OpenFeedback(Second)),
        By(Teacher, new EditFeedback(Second, [new("d1", Verdict.Partly, "", "Тағы жаз")], "Жақсы")),
        By(Teacher, new HoldDescriptor(Second, "d1", true)),
        By(Teacher, new ReleaseFeedback([Second])),
        Own(new ReplyToFeedback(Second, "рақмет")),
        Own(new ReviseWork("s4")),
        Own(new SaveDraft("s4", "бұл енді төрт сөз", "өзім", "ойландым", ["кітап"])),
        Own(new HandIn("s4")),
        By(Teacher, new ReturnWork(Student, "s4", "Мысал қос")),
    ];

    private static LessonPlan Plan() => RandomLesson.Plan with
    {
        Preparation = new(RandomLesson.T("Бұрын"), [RandomLesson.T("Мақсат")], [new(RandomLesson.T("Құмыра"), true)]),
        Steps = [.. RandomLesson.Plan.Steps.Select(s => s with
        {
            Task = s.Task is null ? null : s.Task with { AsksSources = true },
            Image = Picture, BoardImage = Picture, Hints = [RandomLesson.T("Көмек")],
            Topics = [.. s.Topics.Select(t => t with { Image = Picture })],
            Questions = [.. s.Questions.Select(q => q with { Image = Picture, WhyImage = Picture, Returns = q.Id == "q2" ? "q1" : null, Options = [.. q.Options.Select(o => o with { Image = Picture })] })],
        })],
    };

    private static ImagePlan Picture => new(new string('a', 64), 960, 540, RandomLesson.T("Сурет"), RandomLesson.T("Жапырақ"), "Ortaq · CC BY 4.0");

    private static Envelope Own(Command command) => By(new(Role.Student, Student), command);

    private static Envelope By(Actor by, Command command) => new(Guid.CreateVersion7(), by, command);
}
