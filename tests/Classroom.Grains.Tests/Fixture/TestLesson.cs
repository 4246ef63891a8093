using System.Text;
using Classroom.Lessons.Tests;

namespace Classroom.Grains.Tests;

/// <summary>One lesson of one test: its grain, its people, and what is durable of it.</summary>
public sealed class TestLesson
{
    private readonly Dictionary<Guid, Guid> _devices = [];

    /// <param name="plan">Of a kit; null: that of the random lessons, with a tutor's desk of its own.</param>
    public TestLesson(Stage stage, LessonPlan? plan = null)
    {
        Stage = stage;
        Plan = plan ?? RandomLesson.Plan with { LessonId = Id.ToString() };
    }

    /// <summary>Where it is held; another one after the first process is gone.</summary>
    public Stage Stage { get; set; }

    public Guid Id { get; } = Guid.CreateVersion7();

    public LessonPlan Plan { get; }

    public Actor Teacher { get; } = new(Role.Teacher, Guid.CreateVersion7(), "Айгүл");

    public string Code => "C" + Id.ToString("N").ToUpperInvariant();

    public string Stream => $"classroom/{Id}";

    public Desk Desk => Stage.Tutor.DeskOf(Plan.LessonId);

    public IClassroomGrain Grain => Stage.Grains.GetGrain<IClassroomGrain>(Id);

    /// <summary>A live lesson at its second step, where things are explained; with its code leased, as the opening endpoint does it.</summary>
    public static async Task<TestLesson> OpenAsync(Stage stage, Guid? centre = null)
    {
        var lesson = await LobbyAsync(stage, centre);
        await lesson.DoneAsync(lesson.Teacher, new StartLesson());
        await lesson.DoneAsync(lesson.Teacher, new GoToStep("s2"));
        return lesson;
    }

    /// <summary>A lesson that has not begun.</summary>
    public static async Task<TestLesson> LobbyAsync(Stage stage, Guid? centre = null)
    {
        var lesson = new TestLesson(stage);
        (await new CodeOfTest(stage.Grains, lesson.Code).Lease(lesson.Id)).ShouldBeTrue();
        await lesson.DoneAsync(lesson.Teacher, new OpenLesson(
            lesson.Plan, "7Б", "Айгүл Маратқызы", lesson.Code, centre, Language.Kk, RandomLesson.Scale));
        return lesson;
    }

    /// <summary>Who reads as a board does.</summary>
    public static Reader Board { get; } = new(Audience.Board, new Actor(Role.Board, Guid.Empty), Guid.Empty);

    /// <summary>Who reads as the lesson's teacher.</summary>
    public Reader Self => new(Audience.Teacher, Teacher, Guid.Empty);

    /// <param name="device">The device that a student's ticket names; null: as the server sends for somebody.</param>
    public Task<Reply> DoAsync(Actor by, Command command, Guid? commandId = null, Guid? device = null) =>
        Grain.Execute(new Envelope(commandId ?? Guid.CreateVersion7(), by, command, device), CancellationToken.None).Soon();

    /// <summary>A command that must be accepted; returns the version after it.</summary>
    public async Task<long> DoneAsync(Actor by, Command command, Guid? commandId = null)
    {
        var reply = await DoAsync(by, command, commandId);
        reply.Refusal.ShouldBeNull();
        return reply.Seq;
    }

    public async Task RefusedAsync(string code, Actor by, Command command, Guid? commandId = null) =>
        (await DoAsync(by, command, commandId)).Refusal.ShouldNotBeNull().Code.ShouldBe(code);

    public async Task<Actor> JoinAsync(string nickname, Language language = Language.Kk, Level level = Level.Standard)
    {
        var student = new Actor(Role.Student, Guid.CreateVersion7());
        _devices[student.Id] = Guid.CreateVersion7();
        await DoneAsync(student, new TakeSeat(nickname, language, level, _devices[student.Id], false, Room: RoomsRules.Hub));
        return student;
    }

    public Task<Guid> ExplainAsync() => ExplainAsync("s2", "t1");

    public Task<Guid> ExplainAsync(StepPlan step) => ExplainAsync(step.Id, step.Topics[0].Id);

    private async Task<Guid> ExplainAsync(string step, string topic)
    {
        var id = Guid.CreateVersion7();
        await DoneAsync(Teacher, new RequestExplanation(id, step, topic, null, ExplainMode.Plain, null, null, []));
        return id;
    }

    /// <summary>A work of a new student is handed in, and feedback on it asked of the tutor.</summary>
    public async Task<Guid> HandInAsync()
    {
        var student = await JoinAsync("Нұрсұлтан");
        await DoneAsync(Teacher, new GoToStep("s4"));
        await DoneAsync(student, new SaveDraft("s4", "жапырақ күнге бұрылады екен", "өзім жаздым", "ойландым", ["кітап"]));
        await DoneAsync(student, new HandIn("s4"));
        var feedback = Guid.CreateVersion7();
        await DoneAsync(Teacher, new RequestFeedback(feedback, student.Id, "s4"));
        return feedback;
    }

    public Task<SyncResponse> SyncAsync(Audience audience, long seq = 0) => SyncAsync(
        audience,
        audience.Kind switch { AudienceKind.Teacher => Teacher, AudienceKind.Board => new(Role.Board, Guid.Empty), _ => new(Role.Student, audience.StudentId) },
        _devices.GetValueOrDefault(audience.StudentId), seq);

    public Task<SyncResponse> SyncAsync(Audience audience, Actor by, Guid device, long seq = 0) =>
        Grain.Sync(new SyncRequest(audience, by, device, seq)).Soon();

    /// <summary>Why a student is not let in on a device; null when it is.</summary>
    public async Task<string?> RefusalOnAsync(Actor student, Guid device)
    {
        var welcome = await SyncAsync(Audience.Student(student.Id), student, device);
        // Who is refused is given nothing to see.
        (welcome.Snapshot is null && welcome.Missed.IsEmpty).ShouldBe(welcome.Refusal is not null);
        return welcome.Refusal?.Code;
    }

    /// <summary>The device on which the student joined.</summary>
    public Guid DeviceOf(Actor student) => _devices[student.Id];

    /// <summary>What somebody who comes in now sees.</summary>
    public async Task<FoldedView> SeeAsync(Audience audience)
    {
        var welcome = await SyncAsync(audience);
        welcome.Refusal.ShouldBeNull();
        return FoldedView.Of(welcome);
    }

    public Task<List<StoredFact>> StoredAsync() => Stage.Log.FactsAsync(Stream);

    public async Task<List<Fact>> FactsAsync() => [.. (await StoredAsync()).Select(Decode)];

    public async Task<LessonState> FoldAsync() => History.Fold(await StoredAsync());

    public Task UntilFactAsync<T>(Func<T, bool>? which = null) where T : Fact =>
        Signal.UntilAsync(async () => (await FactsAsync()).OfType<T>().Any(which ?? (static _ => true)));

    /// <summary>How often the grain of this lesson was activated.</summary>
    public int Activations => Stage.Log.Loads(Stream);

    public Task ReactivateAsync() => Stage.ReactivateAsync(Stream, () => Grain.SeatOf(""));

    /// <summary>What another activation of this grain, elsewhere, would do: it decides on the durable facts and appends.</summary>
    public async Task<long> DoElsewhereAsync(Actor by, Command command, Guid? commandId = null)
    {
        var state = await FoldAsync();
        var envelope = new Envelope(commandId ?? Guid.CreateVersion7(), by, command);
        var facts = Lesson.Stamp(state, envelope, Lesson.Decide(state, envelope, Stage.Time.GetUtcNow()), Stage.Time.GetUtcNow());
        facts.ShouldNotBeEmpty();
        await History.AppendAsync(Stage.Log.Real, Stream, state, facts);
        return facts[^1].Meta.Seq;
    }

    private static Fact Decode(StoredFact stored) => FactCatalogue.Decode(stored.Name, Encoding.UTF8.GetBytes(stored.Body));
}
