using System.Diagnostics;

namespace Classroom.Faults.Tests;

/// <summary>
/// Invariant: a day of people who come, read, answer, drop and come back leaves no error in the log, loses nothing and doubles nothing; what it
/// does to memory is printed. ORTAQ_SOAK_MINUTES gives its length with <c>--long</c>; every build runs half a minute of the same with fewer people.
/// </summary>
[Collection(Alone.Name)]
public sealed class Soak(ITestOutputHelper output)
{
    private const int InALesson = 25;

    [Fact]
    public async Task Churning_connections_for_the_time_given_leave_no_error_and_break_no_invariant()
    {
        var minutes = double.TryParse(Environment.GetEnvironmentVariable("ORTAQ_SOAK_MINUTES"), CultureInfo.InvariantCulture, out var given) ? given : 30;
        var length = Rounds.Long ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromSeconds(15);
        var (lessons, seed, clock) = (Rounds.Of(2, 20), Rounds.Seed(), Stopwatch.StartNew());
        await using var silo = await SiloProcess.StartAsync();
        var rooms = new List<ClassUnderFault>();
        for (var i = 0; i < lessons; i++)
        {
            rooms.Add(await ClassUnderFault.OpenAsync(silo, InALesson));
        }

        using var over = new CancellationTokenSource();
        var churning = Task.WhenAll(rooms.SelectMany(r => r.Learners).Select((learner, i) => ChurnAsync(learner, new Random(seed + i), over.Token)));
        var memory = new List<(double Minute, double KiB)>();
        var every = Rounds.Long ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(5);
        using var timer = new PeriodicTimer(every);
        for (var began = clock.Elapsed; clock.Elapsed - began < length && await timer.WaitForNextTickAsync(CancellationToken.None);)
        {
            memory.Add((clock.Elapsed.TotalMinutes, RssOf(silo.ProcessId)));
            if (churning.IsCompleted)
            {
                break;
            }
        }

        await over.CancelAsync();
        await churning;
        // A disk that stands still for longer than an action may wait is answered as it must be, and said in the log; it is no fault of the server.
        Neighbours.ErrorsIn(silo.Output, nameof(Storage.StorageUnavailableException)).ShouldBeEmpty();
        var slow = silo.Output.Split('\n').Count(l => l.EndsWith(" was not stored", StringComparison.Ordinal));
        foreach (var room in rooms)
        {
            await room.EverybodyBackAsync();
            await new Audit(() => Task.FromResult<Storage.IFactLog>(new Storage.SqliteFactLog(DatabaseSettings.ForFile(silo.SqliteFile).Sqlite))).CheckAsync(room);
            await room.DisposeAsync();
        }

        var settled = memory[(memory.Count / 3)..];
        Rounds.Print(output, $"soak: {rooms.Count * InALesson} connections for {length.TotalMinutes:F1} min, {rooms.Sum(r => r.Learners.Sum(l => l.Returns))} returns, "
            + $"{rooms.Sum(r => r.Ledger.Acknowledged)} acknowledged, 0 errors, {slow} lines in its log, one a minute, of a disk that was too slow, 0 lost, 0 doubled; RSS MiB {string.Join(' ', memory.Select(m => (m.KiB / 1024).ToString("F0", CultureInfo.InvariantCulture)))}, "
            + $"slope after the first third {Slope(settled):F0} KB/min; seed {seed}");
    }

    // Comes, does a few things, reads what others do, drops without a goodbye, comes back.
    private static async Task ChurnAsync(Learner learner, Random random, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            for (var left = random.Next(1, 6); left > 0 && !over.IsCancellationRequested; left--)
            {
                await learner.ActAsync();
                await Task.Delay(random.Next(500, 4000), CancellationToken.None);
            }

            await learner.ComeBackAsync();
        }
    }

    private static double RssOf(int process) => double.Parse(
        File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture);

    private static double Slope(List<(double X, double Y)> of)
    {
        if (of.Count < 2)
        {
            return 0;
        }

        var (x, y) = (of.Average(p => p.X), of.Average(p => p.Y));
        return of.Sum(p => (p.X - x) * (p.Y - y)) / of.Sum(p => (p.X - x) * (p.X - x));
    }
}
