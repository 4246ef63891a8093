using System.Diagnostics;

namespace Classroom.Cluster.Tests;

/// <summary>Invariant: what a lesson announces comes to every silo in its order, so nobody is sent a whole state that was not asked for.</summary>
public sealed class Steady(ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int Students = 3;
    private const int ActionsEach = 30;

    [Fact]
    public async Task Under_many_lessons_nobody_is_sent_a_snapshot_unasked()
    {
        var (lessons, clock) = (Rounds.Of(12, 50), Stopwatch.StartNew());
        await using var cluster = await SiloCluster.StartAsync(Silos);
        var all = new List<ClassUnderFault>();
        try
        {
            for (var i = 0; i < lessons; i++)
            {
                var number = i;
                all.Add(await ClassUnderFault.OpenAsync(cluster.Silos[i % Silos], Students, learner => cluster.Of(number + learner)));
            }

            await Task.WhenAll(all.Select(l => l.ActAsync(ActionsEach)));

            foreach (var lesson in all)
            {
                await new Audit(() => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(cluster.Database))).CheckAsync(lesson);
                lesson.Learners.Select(l => l.Wire).Append(lesson.Host.Teacher).ShouldAllBe(w => w.Gaps == 0 && w.Snapshots == 1);
            }

            cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
            Rounds.Print(output, string.Create(CultureInfo.InvariantCulture,
                $"three silos: {lessons} lessons of {Students} at all of them, {all.Sum(l => l.Ledger.Acknowledged)} acknowledged, 0 gaps, one snapshot each; {clock.Elapsed.TotalSeconds:F0} s"));
        }
        finally
        {
            foreach (var lesson in all)
            {
                await lesson.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task Without_redis_lessons_go_on_and_it_is_said_until_it_is_back()
    {
        await using var cluster = await SiloCluster.StartAsync(2);
        await using var lesson = await ClassUnderFault.OpenAsync(cluster.Silos[0], 4, cluster.Of);
        await cluster.SaysAsync("Healthy");
        await cluster.Redis.KillAsync();
        await lesson.ActAsync(ActionsEach);
        await cluster.SaysAsync("Degraded");
        await cluster.Redis.StartAgainAsync();
        await lesson.ActAsync(ActionsEach);
        await cluster.SaysAsync("Healthy");

        await new Audit(() => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(cluster.Database))).CheckAsync(lesson);
        lesson.Ledger.Refusals.Where(r => r != "too-fast").ShouldBeEmpty();
    }
}
