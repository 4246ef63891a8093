using System.Diagnostics;

namespace Classroom.Cluster.Tests;

/// <summary>
/// Invariant: a silo that is cut off from the others goes on as the owner of its lessons, and they own them as well; the log takes one of them,
/// so no lesson forks. It ends when it learns that it counts as dead, and is started again as a service is.
/// </summary>
public sealed class Partition(ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int Lessons = 6;
    private const int Students = 4;
    private const int Victim = 0;
    private const int AfterTheCut = 20;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(100);

    [Fact]
    public Task Cut_off_from_the_other_silos_but_not_from_its_servers_it_forks_nothing_and_is_healed() => RunAsync(fromServers: false);

    [Fact]
    public Task Cut_off_from_everything_it_forks_nothing_and_is_healed() => RunAsync(fromServers: true);

    private async Task RunAsync(bool fromServers)
    {
        await using var hosts = await Hosts.StartAsync(Silos);
        await using var cluster = await SiloCluster.StartAsync(hosts, Silos, static a => a, () => []);
        var victim = cluster.Silos[Victim];
        var audits = new List<(ClassUnderFault Lesson, Audit Audit)>();
        try
        {
            for (var i = 0; i < Lessons; i++)
            {
                var number = i;
                // Their teachers at the others, or nobody could say what became of the lesson.
                var lesson = await ClassUnderFault.OpenAsync(cluster.Silos[1 + (i % 2)], Students, learner => cluster.Of(number + learner));
                audits.Add((lesson, new Audit(() => Task.FromResult<IFactLog>(new PostgresLogOfItsOwn(cluster.Database)))));
            }

            using var over = new CancellationTokenSource();
            var acting = Task.WhenAll(audits.SelectMany(a => a.Lesson.Learners).Select(async learner =>
            {
                while (!over.IsCancellationRequested)
                {
                    await learner.ActAsync();
                    // As often as a class that is busy: what is tried is the cut and not the load.
                    await Task.Delay(Between, over.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
                }
            }));
            await MoreAsync();
            var (cut, since) = (Stopwatch.StartNew(), Stopwatch.GetTimestamp());
            await hosts.CutAsync(Victim);
            if (fromServers)
            {
                hosts.CutFromServers(Victim);
                await cluster.Redis.UntilCountsAsDeadAsync(Hosts.AddressOf(Victim));
            }
            else
            {
                await victim.EndedAsync();
            }

            var gone = cut.Elapsed;
            await MoreAsync();
            await hosts.HealAsync(Victim);
            var healed = Stopwatch.StartNew();
            await victim.EndedAsync();
            var ended = healed.Elapsed;
            await victim.StartAgainAsync();
            await MoreAsync();
            var whole = healed.Elapsed;
            await over.CancelAsync();
            await acting;

            foreach (var (lesson, audit) in audits)
            {
                await lesson.EverybodyBackAsync();
                await audit.CheckAsync(lesson);
                lesson.Ledger.Refusals.ShouldAllBe(r => r == "try-again" || r == "not-entered" || r == "not-saved");
            }

            var waited = audits.SelectMany(a => a.Lesson.Ledger.WaitedSince(since)).Order().ToList();
            Rounds.Print(output, string.Create(CultureInfo.InvariantCulture,
                $"three silos, one cut off {(fromServers ? "from everything" : "from the others")}: it {(fromServers ? "counted as dead" : "ended")} within {gone.TotalSeconds:F1} s; "
                + $"a command waited p99 {waited[(int)(waited.Count * 0.99)]:F1} s, at most {waited[^1]:F1} s; after the cut was healed it ended within "
                + $"{ended.TotalSeconds:F1} s and all was whole within {whole.TotalSeconds:F1} s; {audits.Sum(a => a.Lesson.Ledger.Acknowledged)} acknowledged, "
                + $"{Fenced()} lines in the logs, one a minute each, of owners that were none any longer, 0 forks, 0 lost, 0 doubled"));
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

        int Fenced() => cluster.Silos.Sum(s => s.Output.Split('\n').Count(l => l.EndsWith(", reloading", StringComparison.Ordinal)));

        // Every lesson has more acknowledged than just now.
        Task MoreAsync() => Task.WhenAll(audits.Select(a => a.Lesson.Ledger.AcknowledgedAsync(a.Lesson.Ledger.Acknowledged + AfterTheCut))).WaitAsync(TimeSpan.FromMinutes(2));
    }
}
