using Classroom.Lessons.Tests;

namespace Classroom.Grains.Tests;

/// <summary>
/// One phone has its words stored at one pace, by however many seats, connections and silos they come: the lesson's own grain sees all of them.
/// The clock stands still unless it is moved.
/// </summary>
public sealed class StoringPaces(StageFixture fixture) : GrainTest(fixture)
{
    private const int Long = WorkRules.MaxText;

    [Fact]
    public async Task A_phone_with_three_seats_has_as_much_stored_at_once_as_a_phone_with_one_and_a_neighbour_has_its_own()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.DoneAsync(lesson.Teacher, new GoToStep("s4"));
        var phone = Guid.CreateVersion7();
        var seats = new List<Actor>();
        foreach (var name in new[] { "Аружан", "Диас", "Мәди" })
        {
            seats.Add(new Actor(Role.Student, Guid.CreateVersion7()));
            await lesson.DoneAsync(seats[^1], new TakeSeat(name, Language.Kk, Level.Standard, Guid.CreateVersion7(), false, phone, 3));
        }

        var neighbour = await lesson.JoinAsync("Көрші");
        var stored = await WriteAsync(lesson, seats);
        stored.ShouldBe(Quota.AtOnce / (Long + Quota.Row), "the three together");
        await lesson.RefusedAsync("too-fast", seats[1], new SaveDraft("s4", Text(99), "", "", []));
        await lesson.DoneAsync(neighbour, new SaveDraft("s4", Text(0), "", "", []));

        // What was refused goes later, as the client sends it again.
        Stage.Time.Advance(TimeSpan.FromSeconds((double)(Long + Quota.Row) / Quota.ASecond));
        await lesson.DoneAsync(seats[1], new SaveDraft("s4", Text(99), "", "", []));
        await lesson.RefusedAsync("too-fast", seats[2], new SaveDraft("s4", Text(98), "", "", []));
        (await lesson.FoldAsync()).Works[new(seats[1].Id, "s4")].Text.ShouldBe(Text(99), "nothing of it is lost");
    }

    [Fact]
    public async Task What_is_the_same_already_or_was_stored_before_costs_nothing()
    {
        var lesson = await TestLesson.OpenAsync(Stage);
        await lesson.DoneAsync(lesson.Teacher, new GoToStep("s4"));
        var student = await lesson.JoinAsync("Аружан");
        var first = Guid.NewGuid();
        await lesson.DoneAsync(student, new SaveDraft("s4", Text(0), "", "", []), first);
        for (var i = 0; i < 2 * Quota.AtOnce / Long; i++)
        {
            (await lesson.DoAsync(student, new SaveDraft("s4", Text(0), "", "", []))).Refusal.ShouldBeNull();
            (await lesson.DoAsync(student, new SaveDraft("s4", Text(0), "", "", []), first)).Refusal.ShouldBeNull();
        }

        await lesson.DoneAsync(student, new SaveDraft("s4", Text(1), "", "", []));
    }

    private static async Task<int> WriteAsync(TestLesson lesson, List<Actor> seats)
    {
        var stored = 0;
        for (var i = 0; i < 60; i++)
        {
            var reply = await lesson.DoAsync(seats[i % seats.Count], new SaveDraft("s4", Text(i), "", "", []));
            reply.Refusal?.Code.ShouldBe("too-fast");
            stored += reply.Refusal is null ? 1 : 0;
        }

        return stored;
    }

    private static string Text(int n) => new string('ә', Long - 3) + n.ToString("000", System.Globalization.CultureInfo.InvariantCulture);
}
