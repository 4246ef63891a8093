using System.Collections.Immutable;
using System.Text;
using Classroom.Lessons;
using Classroom.Tests;

namespace Classroom.Storage.Tests;

/// <summary>A database that an earlier program wrote is opened, verified and read by this one.</summary>
public abstract class YesterdayContract : IAsyncLifetime
{
    private TestDatabase _database = null!;

    protected abstract string Digest { get; }

    protected abstract Task<TestDatabase> MakeAsync();

    public async Task InitializeAsync()
    {
        _database = await MakeAsync();
        await Migrator.MigrateAsync(_database.Settings, default);
    }

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task It_is_whole_and_its_digest_is_that_days()
    {
        var found = await Verifier.RunAsync(_database.Settings, null, default);
        found.Findings.ShouldBeEmpty();
        (found.Streams, found.Facts, found.Digest).ShouldBe((Yesterday.Streams, Yesterday.Facts, Digest));
    }

    [Fact]
    public async Task Its_ended_lesson_is_read_fact_by_fact()
    {
        var (state, names) = (await ReadAsync()).Single(l => l.State.Phase == LessonPhase.Ended);
        names.Count.ShouldBe(63, "kinds of facts");
        state.Opened!.TeacherName.ShouldBe("Айгүл Маратқызы");
        var seats = state.Seats.Values.ToDictionary(s => s.Nickname, s => s.StudentId, StringComparer.Ordinal);
        seats.Keys.ShouldBe(["Айгерім", "Иван", "Дана А.", "Tom"], ignoreOrder: true);
        var question = state.Questions["warm-up.where-mass"];
        question.Status.ShouldBe(QuestionStatus.Revealed);
        question.Answers[new(1, seats["Иван"])].Options.ShouldBe(["soil"]);
        question.Answers[new(2, seats["Иван"])].Options.ShouldBe(["air-and-water"]);
        state.Questions["look-back.still-wonder"].Answers[new(1, seats["Иван"])].ShouldSatisfyAllConditions(
            a => a.Text.ShouldBe("Лист делает сахар"), a => a.Picked.ShouldBeTrue());
        state.Marks[new(seats["Айгерім"], "yard-tree")].Value.ShouldBe(5);
        state.Marks[new(seats["Дана А."], "yard-tree")].Value.ShouldBe(4);
        var work = state.Works[new(seats["Айгерім"], "yard-tree")];
        (work.Version, work.Reflection).ShouldBe((2, "Толықтырдым"));
        work.Submission.ShouldBe(work.PreviousSubmission + " Қосымша мысал жаздым.");
        state.Feedbacks.Values.Single(f => f.Work.StudentId == seats["Айгерім"]).ShouldSatisfyAllConditions(
            f => f.Note.ShouldBe("Жақсы бақылау"), f => f.Reply.ShouldBe("Рақмет, толықтырамын"));
        state.Discussions["team-talk"].Picked!.Question.Ru.ShouldBe("Сколько кислорода в день даёт тополь во дворе?");
        state.Contributions.Values.Single(c => c.Text == "Тополь у школы").Votes.ShouldBe([seats["Айгерім"]]);
        state.Openings.Single().Reason.ShouldBe("Көмек керек сияқты");
        state.Incidents.Values.ShouldContain(i => i.Category == "distress");
        state.Explanations.Count.ShouldBe(5);
        state.Explanations.Values.Single(e => e.Presses.Count > 0).Presses.ShouldBe([new Press(seats["Айгерім"], "kk-simple", 1)]);
    }

    [Fact]
    public async Task Its_lessons_are_noted_as_stored_before_sealing() =>
        (await _database.TextsAsync("select stream from unsealed_lessons order by stream"))
            .ShouldBe(await _database.TextsAsync("select distinct stream from facts where stream like 'classroom/%' order by stream"));

    [Fact]
    public async Task Its_live_lesson_is_read_and_a_hand_is_up()
    {
        var (state, _) = (await ReadAsync()).Single(l => l.State.Phase == LessonPhase.Live);
        state.Seats.Values.Select(s => s.Nickname).ShouldBe(["Нұрлан", "Вера"], ignoreOrder: true);
        state.Hands.Values.Single().Topic.ShouldBe("Не вижу доску");
        state.Questions["warm-up.where-mass"].Answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Every_audience_sees_its_lessons()
    {
        foreach (var (state, _) in await ReadAsync())
        {
            var teacher = View.Of(state, Audience.Teacher).Length;
            teacher.ShouldBeGreaterThan(10);
            foreach (var audience in state.Seats.Keys.Select(Audience.Student).Concat([Audience.Board, Audience.Students]))
            {
                View.Of(state, audience).Length.ShouldBeInRange(3, teacher);
            }
        }
    }

    private async Task<ImmutableArray<(LessonState State, ImmutableHashSet<string> Names)>> ReadAsync()
    {
        await using var log = (IAsyncDisposable)_database.OpenLog(new ChangedHeads());
        var lessons = ImmutableArray.CreateBuilder<(LessonState, ImmutableHashSet<string>)>();
        foreach (var stream in await _database.TextsAsync("select distinct stream from facts where stream like 'classroom/%'"))
        {
            var (state, names) = (LessonState.Empty, ImmutableHashSet.CreateBuilder<string>());
            await foreach (var stored in ((IFactLog)log).ReadAsync(stream, 0, default))
            {
                names.Add(stored.Name);
                state = Lesson.Apply(state, new RecordedFact(
                    new FactMeta(stored.Version, stored.CommandId, FactCatalogue.DecodeActor(Encoding.UTF8.GetBytes(stored.Actor)), stored.At),
                    FactCatalogue.Decode(stored.Name, Encoding.UTF8.GetBytes(stored.Body))));
            }

            lessons.Add((state, names.ToImmutable()));
        }

        return lessons.ToImmutable();
    }
}

public sealed class SqliteYesterdayTests : YesterdayContract
{
    protected override string Digest => Yesterday.DigestOfSqlite;

    protected override async Task<TestDatabase> MakeAsync()
    {
        var database = await TestDatabase.SqliteAsync();
        Yesterday.UnpackTo(database.File);
        return database;
    }
}

public sealed class PostgresYesterdayTests : YesterdayContract
{
    protected override string Digest => Yesterday.DigestOfPostgres;

    protected override async Task<TestDatabase> MakeAsync()
    {
        var database = await TestDatabase.PostgresAsync();
        await database.RunAsync(Yesterday.Script());
        return database;
    }
}
