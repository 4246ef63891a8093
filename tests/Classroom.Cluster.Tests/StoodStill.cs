using System.Diagnostics;

namespace Classroom.Cluster.Tests;

/// <summary>
/// Invariant: a silo that stands still amid lessons (its machine swaps, its disk hangs) holds up nobody who is at another: its lessons go on there while it
/// still stands, those who were at it come to another, and when it wakes it writes nothing more and ends.
/// </summary>
public sealed class StoodStill
{
    private const int Silos = 3;
    private const int Lessons = 3;
    private const int Students = 4;
    private const int After = 20;

    [Fact]
    public async Task Lessons_go_on_at_the_others_while_a_silo_stands_still_and_when_it_wakes_it_forks_nothing()
    {
        await using var cluster = await SiloCluster.StartAsync(Silos);
        var victim = cluster.Silos[0];
        var all = new List<(ClassUnderFault Lesson, Audit Audit)>();
        try
        {
            for (var i = 0; i < Lessons; i++)
            {
                var number = i;
                var lesson = await ClassUnderFault.OpenAsync(cluster.Silos[1 + (i % 2)], Students, learner => cluster.Of(number + learner));
                all.Add((lesson, new Audit(() => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(cluster.Database)))));
            }

            using var over = new CancellationTokenSource();
            var acting = Task.WhenAll(all.SelectMany(a => a.Lesson.Learners).Select(async learner =>
            {
                while (!over.IsCancellationRequested)
                {
                    await learner.ActAsync();
                    await Task.Delay(TimeSpan.FromMilliseconds(100), over.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
                }
            }));
            await MoreAsync();

            // A page finds out by itself that nobody answers, and gives the line up; then it is let in elsewhere.
            var there = all.SelectMany(a => a.Lesson.Learners.Where(l => l.Wire.IsAt(victim.Url))).ToList();
            there.ShouldNotBeEmpty();
            cluster.Stopping = victim;
            await SignalAsync(victim, "STOP");
            foreach (var learner in there)
            {
                learner.Wire.Abort();
            }

            // While it stands: nothing of this waits for its return. One that wakes before the others gave it up would go on as if nothing had been.
            await cluster.Redis.UntilCountsAsDeadAsync("127.0.0.1:" + victim.Settings["Orleans__SiloPort"]);
            await MoreAsync();
            there.ShouldAllBe(l => !l.Wire.IsAt(victim.Url));
            victim.IsRunning.ShouldBeTrue();

            await SignalAsync(victim, "CONT");
            await victim.EndedAsync();
            await victim.StartAgainAsync();
            cluster.Stopping = null;
            await MoreAsync();
            await over.CancelAsync();
            await acting;
            foreach (var (lesson, audit) in all)
            {
                await lesson.EverybodyBackAsync();
                await audit.CheckAsync(lesson);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidOperationException(string.Join("\n", cluster.Silos.SelectMany(s => s.Failures).Take(20)), e);
        }
        finally
        {
            if (victim.IsRunning)
            {
                await SignalAsync(victim, "CONT");
            }

            foreach (var (lesson, _) in all)
            {
                await lesson.DisposeAsync();
            }
        }

        // Every lesson has more acknowledged than just now.
        Task MoreAsync() => Task.WhenAll(all.Select(a => a.Lesson.Ledger.AcknowledgedAsync(a.Lesson.Ledger.Acknowledged + After))).WaitAsync(TimeSpan.FromMinutes(2));
    }

    private static async Task SignalAsync(SiloProcess silo, string signal)
    {
        using var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -{signal} {silo.ProcessId}")]);
        await kill.WaitForExitAsync();
    }
}
