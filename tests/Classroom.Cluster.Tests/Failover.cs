using System.Diagnostics;

namespace Classroom.Cluster.Tests;

/// <summary>
/// Invariant: a silo of three that is killed, or asked to stop, amid lessons loses nothing that was acknowledged, doubles nothing, and no
/// browser is told to give a command up. How long lessons stood still is printed.
/// </summary>
public sealed class Failover(ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int Lessons = 4;
    private const int Students = 6;
    private const int ActionsEach = 40;

    [Fact]
    public Task A_silo_that_is_killed_amid_lessons_loses_none_and_doubles_none() =>
        RunAsync("SIGKILL", Rounds.Of(3, 50), silo => silo.KillAsync());

    [Fact]
    public Task A_silo_that_is_asked_to_stop_amid_lessons_loses_none_and_doubles_none() =>
        RunAsync("SIGTERM", Rounds.Of(3, 15), silo => silo.StopAsync());

    private async Task RunAsync(string how, int rounds, Func<SiloProcess, Task> end)
    {
        var (seed, clock) = (Rounds.Seed(), Stopwatch.StartNew());
        var random = new Random(seed);
        await using var cluster = await SiloCluster.StartAsync(Silos);
        var audits = new List<(ClassUnderFault Lesson, Audit Audit)>();
        var still = new List<double>();
        try
        {
            for (var i = 0; i < Lessons; i++)
            {
                var number = i;
                var lesson = await ClassUnderFault.OpenAsync(cluster.Silos[i % Silos], Students, learner => cluster.Of(number + learner));
                audits.Add((lesson, new Audit(() => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(cluster.Database)))));
            }

            for (var round = 0; round < rounds; round++)
            {
                var before = audits.Select(a => a.Lesson.Ledger.Acknowledged).ToList();
                var acting = Task.WhenAll(audits.Select(a => a.Lesson.ActAsync(ActionsEach)));
                await await Task.WhenAny(acting, Task.WhenAll(audits.Zip(before, (a, b) => a.Lesson.Ledger.AcknowledgedAsync(b + random.Next(1, Students * ActionsEach / 4)))));
                var victim = cluster.Silos[round % Silos];
                var began = clock.Elapsed;
                var back = audits.Select(a => a.Lesson.Ledger).Select(async ledger =>
                {
                    // The longest that this lesson stood still while the silo went.
                    var longest = TimeSpan.Zero;
                    for (var last = began; !acting.IsCompleted;)
                    {
                        await Task.WhenAny(ledger.AcknowledgedAsync(ledger.Acknowledged + 1), acting);
                        longest = clock.Elapsed - last > longest ? clock.Elapsed - last : longest;
                        last = clock.Elapsed;
                    }

                    return longest;
                }).ToList();
                cluster.Stopping = victim;
                await end(victim);
                foreach (var (lesson, _) in audits.Where(a => a.Lesson.Silo == victim))
                {
                    lesson.Silo = cluster.Silos.First(s => s.IsRunning && s != victim);
                }

                await acting;
                still.AddRange((await Task.WhenAll(back)).Select(t => t.TotalSeconds));
                foreach (var ((lesson, audit), b) in audits.Zip(before))
                {
                    await lesson.EverybodyBackAsync();
                    (lesson.Ledger.Acknowledged - b).ShouldBe(Students * ActionsEach);
                    await audit.CheckAsync(lesson);
                }

                await victim.StartAgainAsync();
                cluster.Stopping = null;
            }

            var refusals = audits.SelectMany(a => a.Lesson.Ledger.Refusals).ToList();
            refusals.ShouldAllBe(r => r == "try-again" || r == "too-fast" || r == "not-entered");
            still.Sort();
            Rounds.Print(output, string.Create(CultureInfo.InvariantCulture,
                $"three silos, {how}: {rounds} times amid {Lessons} lessons of {Students}, {audits.Sum(a => a.Lesson.Ledger.Acknowledged)} acknowledged, 0 lost, 0 doubled; "
                + $"a lesson stood still p50 {still[still.Count / 2]:F1} s, p99 {still[Math.Min(still.Count - 1, (int)(still.Count * 0.99))]:F1} s; "
                + $"{refusals.Count(r => r == "try-again")} refused with try-again; seed {seed}, {clock.Elapsed.TotalSeconds:F0} s"));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidOperationException(string.Join("\n", cluster.Silos.SelectMany(s => s.Failures).Take(20)), e);
        }
        finally
        {
            foreach (var (lesson, _) in audits)
            {
                await lesson.DisposeAsync();
            }
        }
    }
}
