using System.Text.RegularExpressions;

namespace Classroom.Faults.Tests;

/// <summary>
/// The class beside an offender: its students act and read an explanation all the while. Afterwards nobody's connection was closed, nobody
/// missed a notice or a word, and nothing that was acknowledged is lost.
/// </summary>
public sealed partial class Neighbours : IAsyncDisposable
{
    // Quicker than any child, slower than what one connection is allowed.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(80);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Guid> _explanations = [];
    private Task _acting = Task.CompletedTask;

    public ClassUnderFault Room { get; private set; } = null!;

    public int Explanations => _explanations.Count;

    private LessonHost Host => Room.Host;

    public static async Task<Neighbours> BeginAsync(SiloProcess silo, int students)
    {
        var neighbours = new Neighbours { Room = await ClassUnderFault.OpenAsync(silo, students) };
        neighbours._acting = Task.WhenAll(neighbours.Room.Learners.Select(neighbours.ActAsync));
        await neighbours.ExplainAsync();
        return neighbours;
    }

    /// <summary>The teacher asks for another explanation when those before it have ended; ends when all who read have the first words of it.</summary>
    public async Task<Guid> ExplainAsync()
    {
        await ToldAsync();
        var (id, step) = (Guid.CreateVersion7(), Host.StepOf("explain"));
        var topic = Host.Teacher.Get("step", step)!["topics"]![0]!["id"]!.GetValue<string>();
        await Host.Teacher.DoAsync("RequestExplanation", new { explanationId = id, stepId = step, topicId = topic, mode = "plain", sentences = Array.Empty<int>() });
        _explanations.Add(id);
        await Task.WhenAll(Room.Learners.Select(l => l.Wire.UntilAsync(w => w.TextOf(id, "kk-simple").Length > 0, "the first words")));
        return id;
    }

    /// <summary>Everybody stops; then it is looked at what they have.</summary>
    /// <returns>How many commands were acknowledged meanwhile.</returns>
    public async Task<int> EndAsync(bool untouched = true)
    {
        await _stop.CancelAsync();
        await _acting;
        await ToldAsync();
        await using var fresh = await WireClient.ConnectAsync(Room.Silo.Url, Room.Learners[0].Ticket);
        await fresh.SyncAsync(Host.ClassroomId);
        foreach (var id in _explanations)
        {
            await fresh.CallAsync("ReadText", id, "kk-simple", 0);
            await fresh.UntilAsync(f => f.TextOf(id, "kk-simple").Length > 100, "the whole text");
            var whole = fresh.TextOf(id, "kk-simple");
            await Task.WhenAll(Room.Learners.Select(l => l.Wire.UntilAsync(w => w.TextOf(id, "kk-simple") == whole, "every word")));
        }

        if (untouched)
        {
            Room.Learners.ShouldAllBe(l => l.Returns == 0 && l.Wire.IsOpen, "somebody's connection was cut");
            Room.Learners.Sum(l => l.Wire.Gaps).ShouldBe(0, "somebody missed a notice");
        }

        var audit = new Audit(() => Task.FromResult<Storage.IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(Room.Silo.SqliteFile).Sqlite)));
        await audit.CheckAsync(Room);
        return Room.Ledger.Acknowledged;
    }

    /// <summary>Lines in which the server reports an error of its own, or an exception that nobody expected.</summary>
    /// <param name="expected">An exception that this run brings about itself.</param>
    public static List<string> ErrorsIn(string output, string? expected = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        var lines = output.Split('\n');
        return [.. lines.Index().Where(l => ErrorLine().IsMatch(l.Item)).Select(l => string.Join('|', lines.Skip(l.Index).Take(4)))
            .Where(e => expected is null || !e.Contains(expected, StringComparison.Ordinal)).Distinct().Take(10)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Room.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ToldAsync()
    {
        foreach (var id in _explanations)
        {
            await Host.Teacher.UntilAsync(t => StatusOf(t, id) is not (null or "running"), "the end of the explanation");
            StatusOf(Host.Teacher, id).ShouldBe("finished");
        }
    }

    private static string? StatusOf(WireClient teacher, Guid id) => teacher.Get("explanation", id.ToString())?["status"]?.GetValue<string>();

    private async Task ActAsync(Learner learner)
    {
        while (!_stop.IsCancellationRequested)
        {
            await learner.ActAsync();
            await Task.Delay(Between);
        }
    }

    [GeneratedRegex(@"^(\x1b\[[0-9;]*m)*(fail|crit)(\x1b\[[0-9;]*m)*:|[Uu]nhandled exception|Unobserved")]
    private static partial Regex ErrorLine();
}
