using System.Collections.Concurrent;
using System.Globalization;
using Classroom.Tutor;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Grains.Tests;

/// <summary>
/// A call is held and settled in three scopes at once: the lesson, the teacher's day, and everybody's day. (That each ability settles each of
/// its calls with what it used, whatever became of the call, is shown by BudgetTests of the tutor.)
/// </summary>
public sealed class TokenScopes(StageFixture fixture) : GrainTest(fixture)
{
    private const int Much = 1_000_000;
    private readonly TutorCall _call = new("coach", Guid.CreateVersion7(), Guid.CreateVersion7(), "s1", Guid.CreateVersion7(), []);

    private string Today => DateOnly.FromDateTime(Stage.Time.GetUtcNow().UtcDateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_call_that_is_settled_has_cost_what_it_used_in_every_scope()
    {
        var (budget, before) = (Budget(Much, Much, Much), await SpentAsync());
        var first = (await budget.HoldAsync(_call, 900, default))!;
        var second = (await budget.HoldAsync(_call, 500, default))!;
        (await SinceAsync(before)).ShouldBe([1400, 1400, 1400], "what is held counts until it is settled");
        await first.SettleAsync(30);
        (await SinceAsync(before)).ShouldBe([530, 530, 530]);
        await second.SettleAsync(0);
        await second.SettleAsync(700);
        (await SinceAsync(before)).ShouldBe([30, 30, 30], "a call is settled once");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Where_one_scope_is_used_up_no_other_is_charged(int scope)
    {
        var before = await SpentAsync();
        await (await Budget(Much, Much, Much).HoldAsync(_call, 100, default))!.SettleAsync(100);
        int[] limits = [Much, Much, Much];
        limits[scope] = (int)before[scope] + 100;
        // Of everybody's day other tests hold something that may still be settled.
        (await RefusalAsync(Budget(limits[0], limits[1], limits[2]))).ShouldBeOneOf(scope == 2 ? ["budget-reached", "tutor-busy"] : ["budget-reached"]);
        (await SinceAsync(before)).ShouldBe([100, 100, 100]);
        limits[scope]++;
        (await Budget(limits[0], limits[1], limits[2]).HoldAsync(_call, 50, default)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_lesson_and_another_teacher_have_their_own()
    {
        var before = await SpentAsync();
        await (await Budget(Much, Much, Much).HoldAsync(_call with { ClassroomId = Guid.CreateVersion7() }, 100, default))!.SettleAsync(40);
        (await SinceAsync(before)).ShouldBe([0, 40, 40]);
        await (await Budget(Much, Much, Much).HoldAsync(_call with { TeacherId = Guid.CreateVersion7() }, 100, default))!.SettleAsync(2);
        (await SinceAsync(before)).ShouldBe([2, 40, 42]);
    }

    [Fact]
    public async Task What_a_silo_held_that_is_gone_is_given_back_when_there_is_no_room_and_what_others_hold_is_not()
    {
        // A silo of an earlier life: nobody knows it, and it began before those that are.
        const string Gone = "127.0.0.1:40000@1";
        var scope = Grains.GetGrain<ITokenGrain>($"lesson/{Guid.CreateVersion7()}");
        var (settled, own) = (Guid.CreateVersion7(), await Grains.GetGrain<Orleans.Runtime.IManagementGrain>(0).GetHosts(onlyActive: true));
        (await scope.Hold(Guid.CreateVersion7(), 100, 200, Gone)).ShouldBeTrue();
        (await scope.Hold(settled, 100, 200, Gone)).ShouldBeTrue();
        await scope.Settle(settled, 30);
        (await scope.Hold(Guid.CreateVersion7(), 10, 200, own.Keys.Single().ToParsableString())).ShouldBeTrue();
        (await scope.Hold(Guid.CreateVersion7(), 5, 200)).ShouldBeTrue();
        (await scope.Spent()).ShouldBe(145, "there is room: nothing is looked for");
        (await scope.Hold(Guid.CreateVersion7(), 7, 145, own.Keys.Single().ToParsableString())).ShouldBeTrue();
        (await scope.Spent()).ShouldBe(30 + 10 + 5 + 7, "what was settled, and what is held by those that are, or by nobody knows whom");
        (await scope.Hold(Guid.CreateVersion7(), 1, 52)).ShouldBeFalse();
    }

    [Fact]
    public async Task Twenty_five_that_ask_at_once_are_all_answered_where_what_they_use_has_room()
    {
        const int Holds = 2_000, Uses = 200, Children = 25;
        var (budget, before) = (Budget(Children * Uses, Much, Much), await SpentAsync());
        var (atOnce, most) = (0, new ConcurrentQueue<int>());
        var all = Task.WhenAll(Enumerable.Range(0, Children).Select(_ => Task.Run(async () =>
        {
            var hold = (await budget.HoldAsync(_call, Holds, default)).ShouldNotBeNull();
            most.Enqueue(Interlocked.Increment(ref atOnce));
            await Task.Yield();
            Interlocked.Decrement(ref atOnce);
            await hold.SettleAsync(Uses);
        })));
        await all.Soon();
        most.Max().ShouldBeInRange(1, 3, "more would be more than the limit");
        (await SinceAsync(before)).ShouldBe([Children * Uses, Children * Uses, Children * Uses]);
        (await budget.HoldAsync(_call, Holds, default)).ShouldBeNull("all is used");
    }

    [Fact]
    public async Task Who_has_no_turn_in_time_reads_that_the_tutor_is_busy_and_nothing_is_charged()
    {
        var (budget, before) = (Budget(100, Much, Much), await SpentAsync());
        var hold = (await budget.HoldAsync(_call, 500, default))!;
        (await RefusalAsync(budget)).ShouldBe("tutor-busy");
        (await SinceAsync(before)).ShouldBe([500, 500, 500]);
        await hold.SettleAsync(99);
        (await budget.HoldAsync(_call, 500, default)).ShouldNotBeNull();
    }

    private async Task<string> RefusalAsync(GrainTokenBudget budget)
    {
        var asked = Task.Run(() => budget.HoldAsync(_call, 50, default));
        await Signal.UntilAsync(() => Task.FromResult(asked.IsCompleted), () => Stage.Time.Advance(TimeSpan.FromSeconds(1)));
        try
        {
            return await asked is null ? "budget-reached" : "";
        }
        catch (TutorException e)
        {
            return e.Code;
        }
    }

    private GrainTokenBudget Budget(int lesson, int teacherDay, int day) => new(
        Grains, new TokenLimits { Lesson = lesson, TeacherDay = teacherDay, Day = day }, Stage.Time, NullLogger<GrainTokenBudget>.Instance);

    private async Task<long[]> SpentAsync()
    {
        string[] scopes = [$"lesson/{_call.ClassroomId}", $"teacher/{_call.TeacherId}/{Today}", $"day/{Today}"];
        return await Task.WhenAll(scopes.Select(s => Grains.GetGrain<ITokenGrain>(s).Spent()));
    }

    private async Task<IEnumerable<long>> SinceAsync(long[] before) => (await SpentAsync()).Zip(before, (now, then) => now - then);
}
