using System.Text.Json.Nodes;

namespace Classroom.Cluster.Tests;

/// <summary>Invariant: a budget is one for all silos: as many calls are made as it has room for, wherever they are asked for; and what a silo held that died is free.</summary>
public sealed class Budgets : IAsyncLifetime
{
    private const int Limit = 10_000;
    private const int Lessons = 15;
    private readonly TaskCompletionSource _answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<ExplainedLesson> _lessons = [];
    private ProtocolServer _model = null!;
    private SiloCluster _cluster = null!;

    public async Task InitializeAsync()
    {
        _model = await ProtocolServer.StartAsync();
        // Until the test says so: what is held is held by all at the same time.
        _model.Gate = _answers.Task;
        _cluster = await SiloCluster.StartAsync(
            3, a => a + ",asyncTimeout=30000", ("Tutor__Endpoint", _model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__Budget__Day", Limit.ToString(CultureInfo.InvariantCulture)),
            // Nobody waits for what others hold: who is refused is counted.
            ("Tutor__Budget__WaitWithin", "00:00:00"),
            ("Tutor__FirstTokenWithin", "00:05:00"), ("Tutor__AnswerWithin", "00:05:00"));
        for (var i = 0; i < Lessons; i++)
        {
            _lessons.Add(await ExplainedLesson.OpenAsync(_cluster.Silos[i % 3]));
        }
    }

    public async Task DisposeAsync()
    {
        _answers.TrySetResult();
        foreach (var lesson in _lessons)
        {
            await lesson.DisposeAsync();
        }

        await _cluster.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Asked_at_once_at_three_silos_exactly_as_many_calls_are_made_as_it_has_room_for()
    {
        var asked = await Task.WhenAll(_lessons.Select(l => l.AskWordsAsync("Неге жапырақ жасыл?")));
        var room = await RoomAsync();
        room.ShouldBeInRange(2, Lessons - 3, "else the test shows nothing");
        var refused = 0;
        // Those that there is no room for are told at once; the others wait for the model.
        await Until.TrueAsync(() => _model.Received + _lessons.Zip(asked).Count(l => l.First.IsOver(l.Second)) == Lessons);
        _answers.SetResult();
        foreach (var (lesson, explanation) in _lessons.Zip(asked))
        {
            var (text, variant) = await lesson.EndAsync(explanation);
            if (variant["failure"]?.GetValue<string>() is { } failure)
            {
                refused++;
                failure.ShouldBe("tutor-busy");
            }
            else
            {
                text.ShouldBe(_model.Answer);
            }
        }

        (_model.Received, refused).ShouldBe((room, Lessons - room));
        _cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_a_silo_held_that_died_is_free_again()
    {
        List<(ExplainedLesson Lesson, Guid Explanation)> holding = [(_lessons[0], await _lessons[0].AskWordsAsync("Неге жапырақ жасыл?"))];
        var room = await RoomAsync();
        room.ShouldBeLessThan(Lessons);
        for (var i = 1; i < room; i++)
        {
            holding.Add((_lessons[i], await _lessons[i].AskWordsAsync("Неге жапырақ жасыл?")));
        }

        await Until.TrueAsync(() => _model.Received == room);
        var refused = _lessons[room];
        (await refused.EndAsync(await refused.AskWordsAsync("Неге жапырақ жасыл?"))).Variant["failure"]!.GetValue<string>().ShouldBe("tutor-busy");

        // Its lessons begin their calls again at another silo: only in the room that theirs had.
        var victim = _cluster.ByKey(_model.Requests.Last().Authorization);
        var lost = _model.Requests.Count(r => _cluster.ByKey(r.Authorization) == victim);
        await victim.KillAsync();
        foreach (var lesson in _lessons.Where(l => l.Silo == victim))
        {
            await lesson.ReconnectAsync(_cluster.Of(0));
        }

        // One that begins again before the budget's silo knows of the death finds no room; its teacher presses "again".
        await Until.TrueAsync(async () =>
        {
            await AgainAsync();
            return _model.Received >= room + lost;
        });
        _answers.SetResult();
        await Until.TrueAsync(async () =>
        {
            await AgainAsync();
            return holding.TrueForAll(h => h.Lesson.IsOver(h.Explanation) && !h.Lesson.HasFailed(h.Explanation));
        });
        foreach (var (lesson, explanation) in holding)
        {
            (await lesson.EndAsync(explanation)).Text.ShouldBe(_model.Answer);
        }

        async Task AgainAsync()
        {
            foreach (var (lesson, explanation) in holding.Where(h => h.Lesson.HasFailed(h.Explanation)))
            {
                await lesson.AgainAsync(explanation);
            }
        }
    }

    /// <summary>How many calls the budget has room for: what one of them holds is in its journal.</summary>
    private async Task<int> RoomAsync()
    {
        await Until.TrueAsync(() => _model.Received > 0);
        var log = new PostgresLogOfItsOwn(_cluster.Database);
        // It was held before now, so perhaps yesterday.
        foreach (var day in new[] { DateTime.UtcNow.AddDays(-1), DateTime.UtcNow })
        {
            await foreach (var fact in log.ReadAsync("tokens/day/" + day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), 0, default))
            {
                var held = JsonNode.Parse(fact.Body)!["tokens"]!.GetValue<int>();
                return (Limit + held - 1) / held;
            }
        }

        throw new InvalidOperationException("Nothing is held.");
    }
}
