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
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    [Fact]
    public Task A_silo_that_is_killed_amid_lessons_loses_none_and_doubles_none() =>
        RunAsync("SIGKILL", Rounds.Of(3, 50), silo => silo.KillAsync());

    [Fact]
    public Task A_silo_that_is_asked_to_stop_amid_lessons_loses_none_and_doubles_none() =>
        RunAsync("SIGTERM", Rounds.Of(3, 15), silo => silo.StopAsync());

    [Fact]
    public async Task An_upgrade_of_all_three_in_turn_amid_lessons_loses_none_and_doubles_none()
    {
        var (rounds, clock) = (Rounds.Of(1, 5), Stopwatch.StartNew());
        await using var cluster = await SiloCluster.StartAsync(Silos);
        var audits = await OpenAsync(cluster);
        try
        {
            using var upgraded = new CancellationTokenSource();
            var began = Stopwatch.GetTimestamp();
            var acting = Task.WhenAll(audits.SelectMany(a => a.Lesson.Learners).Select(async learner =>
            {
                while (!upgraded.IsCancellationRequested)
                {
                    await learner.ActAsync();
                    // As often as a class that is busy, so that what is measured is the upgrade.
                    await Task.Delay(Between, upgraded.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
                }
            }));
            foreach (var silo in Enumerable.Repeat(cluster.Silos, rounds).SelectMany(s => s))
            {
                cluster.Stopping = silo;
                await silo.StopAsync();
                silo.ExitCode.ShouldBe(0);
                MoveTeachers(audits, cluster, silo);
                await silo.StartAgainAsync();
                cluster.Stopping = null;
            }

            await upgraded.CancelAsync();
            await acting;
            foreach (var (lesson, audit) in audits)
            {
                await lesson.EverybodyBackAsync();
                await audit.CheckAsync(lesson);
                lesson.Ledger.Refusals.ShouldAllBe(r => r == "try-again" || r == "not-entered");
            }

            var waited = audits.SelectMany(a => a.Lesson.Ledger.WaitedSince(began)).Order().ToList();
            Rounds.Print(output, string.Create(CultureInfo.InvariantCulture,
                $"three silos, upgraded in turn {rounds} times amid {Lessons} lessons of {Students}: {waited.Count} acknowledged, 0 lost, 0 doubled; a command waited p50 {waited[waited.Count / 2]:F2} s, "
                + $"p99 {waited[(int)(waited.Count * 0.99)]:F2} s, at most {waited[^1]:F1} s, {waited.Count(w => w > 3)} over 3 s; {clock.Elapsed.TotalSeconds:F0} s"));
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

    private async Task RunAsync(string how, int rounds, Func<SiloProcess, Task> end)
    {
        var (seed, clock) = (Rounds.Seed(), Stopwatch.StartNew());
        var random = new Random(seed);
        // Slow enough to be cut in the middle.
        await using var cluster = await SiloCluster.StartAsync(Silos, ("Tutor__Prepared__WordDelay", "00:00:00.100"));
        var audits = await OpenAsync(cluster);
        var still = new List<double>();
        try
        {
            for (var round = 0; round < rounds; round++)
            {
                var before = audits.Select(a => a.Lesson.Ledger.Acknowledged).ToList();
                var explanations = await Task.WhenAll(audits.Select(a => a.Lesson.ExplainAsync()));
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
                MoveTeachers(audits, cluster, victim);
                await acting;
                still.AddRange((await Task.WhenAll(back)).Select(t => t.TotalSeconds));
                foreach (var ((lesson, audit), b, explanation) in audits.Zip(before, explanations))
                {
                    await lesson.EverybodyBackAsync();
                    (lesson.Ledger.Acknowledged - b).ShouldBe(Students * ActionsEach);
                    await lesson.Host.Teacher.UntilAsync(t => t.Get("explanation", explanation.ToString())?["status"]?.GetValue<string>() == "finished", "the end of the explanation");
                    await audit.CheckAsync(lesson);
                    await lesson.ExplainedAsync(explanation, audit.Facts);
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

    private static async Task<List<(ClassUnderFault Lesson, Audit Audit)>> OpenAsync(SiloCluster cluster)
    {
        var all = new List<(ClassUnderFault Lesson, Audit Audit)>();
        for (var i = 0; i < Lessons; i++)
        {
            var number = i;
            var lesson = await ClassUnderFault.OpenAsync(cluster.Silos[i % Silos], Students, learner => cluster.Of(number + learner));
            all.Add((lesson, new Audit(() => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(cluster.Database)))));
        }

        return all;
    }

    private static void MoveTeachers(List<(ClassUnderFault Lesson, Audit Audit)> all, SiloCluster cluster, SiloProcess gone)
    {
        foreach (var (lesson, _) in all.Where(a => a.Lesson.Silo == gone))
        {
            lesson.Silo = cluster.Silos.First(s => s.IsRunning && s != gone);
        }
    }
}
