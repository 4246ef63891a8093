using StackExchange.Redis;

namespace Classroom.Cluster.Tests;

/// <summary>
/// Invariant: an explanation that one silo was given comes from Redis at every other, with its text and where it came from; and a Redis that is
/// away, hangs or holds rubbish costs a request to the model at most, never an explanation.
/// </summary>
public sealed class CachedAnswers : IAsyncLifetime
{
    private ProtocolServer _model = null!;

    public async Task InitializeAsync() => _model = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _model.DisposeAsync();

    [Fact]
    public async Task What_one_silo_was_given_every_other_replays_with_its_provenance()
    {
        await using var cluster = await StartAsync(",asyncTimeout=30000");
        await using var first = await ExplainedLesson.OpenAsync(cluster.Silos[0]);
        var (text, given) = await first.ExplainAsync();
        (text, given["provenance"]!["cached"]!.GetValue<bool>(), _model.Received).ShouldBe((_model.Answer, false, 1));
        foreach (var silo in cluster.Silos)
        {
            await using var other = await ExplainedLesson.OpenAsync(silo);
            var (again, replayed) = await other.ExplainAsync();
            (again, _model.Received).ShouldBe((text, 1));
            var (before, after) = (given["provenance"]!, replayed["provenance"]!);
            foreach (var what in (string[])["provider", "model", "template"])
            {
                after[what]!.GetValue<string>().ShouldBe(before[what]!.GetValue<string>());
            }

            (after["cached"]!.GetValue<bool>(), after["tokens"]!.GetValue<int>()).ShouldBe((true, 0));
            // At reading pace: it cannot have taken less than its words take.
            after["milliseconds"]!.GetValue<long>().ShouldBeGreaterThan(text.Split(' ').Length * 40 / 2);
        }

        await using var redis = await ConnectionMultiplexer.ConnectAsync(cluster.Redis.Address);
        var key = Answers(redis, cluster).ShouldHaveSingleItem();
        (await redis.GetDatabase().KeyTimeToLiveAsync(key)).ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromDays(120));
        cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rubbish_in_redis_is_no_answer_and_is_replaced()
    {
        await using var cluster = await StartAsync(",asyncTimeout=30000");
        await using var redis = await ConnectionMultiplexer.ConnectAsync(cluster.Redis.Address);
        await using var first = await ExplainedLesson.OpenAsync(cluster.Silos[0]);
        await first.ExplainAsync();
        var key = Answers(redis, cluster).ShouldHaveSingleItem();
        await redis.GetDatabase().HashSetAsync(key, "data", "{\"Text\":\"Ha!\"}");
        // A lesson that is placed at the first silo is given what that one has in memory, and says nothing about Redis.
        for (var i = 0; i < 10 && _model.Received < 2; i++)
        {
            await using var second = await ExplainedLesson.OpenAsync(cluster.Silos[1]);
            (await second.ExplainAsync()).Text.ShouldBe(_model.Answer);
        }

        _model.Received.ShouldBe(2);
        await using var third = await ExplainedLesson.OpenAsync(cluster.Silos[2]);
        (await third.ExplainAsync()).Text.ShouldBe(_model.Answer);
        _model.Received.ShouldBe(2, "it was replaced");

        // A key that is no hash at all: the framework's cache fails on it.
        await redis.GetDatabase().KeyDeleteAsync(key);
        await redis.GetDatabase().StringSetAsync(key, "rubbish");
        await cluster.Silos[1].KillAsync();
        await cluster.Silos[1].StartAgainAsync();
        await using var fourth = await ExplainedLesson.OpenAsync(cluster.Silos[1]);
        (await fourth.ExplainAsync()).Text.ShouldBe(_model.Answer);
        // A lesson that was placed at one of the others is given what that silo has in memory: nobody is asked.
        _model.Received.ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task Without_redis_each_silo_asks_the_model_once_and_with_it_again_they_share()
    {
        await using var cluster = await StartAsync(",asyncTimeout=30000");
        var lessons = new List<ExplainedLesson>();
        foreach (var silo in cluster.Silos)
        {
            lessons.Add(await ExplainedLesson.OpenAsync(silo));
        }

        await cluster.Redis.KillAsync();
        foreach (var lesson in lessons)
        {
            (await lesson.ExplainAsync()).Text.ShouldBe(_model.Answer);
            var asked = _model.Received;
            var (text, again) = await lesson.ExplainAsync();
            (text, again["provenance"]!["cached"]!.GetValue<bool>(), _model.Received).ShouldBe((_model.Answer, true, asked));
        }

        _model.Received.ShouldBeLessThanOrEqualTo(cluster.Silos.Count);
        await cluster.Redis.StartAgainAsync();
        await cluster.SaysAsync("Healthy");
        var before = _model.Received;
        foreach (var lesson in lessons)
        {
            (await lesson.ExplainAsync("life")).Text.ShouldBe(_model.Answer);
            _model.Received.ShouldBe(before + 1);
        }

        cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
        foreach (var lesson in lessons)
        {
            await lesson.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_redis_that_hangs_holds_no_explanation_up()
    {
        await using var cluster = await StartAsync("");
        await using var lesson = await ExplainedLesson.OpenAsync(cluster.Silos[0]);
        cluster.Redis.Hang();
        try
        {
            foreach (var mode in (string[])["plain", "simpler", "life", "story", "steps"])
            {
                var (text, variant) = await lesson.ExplainAsync(mode);
                (text, variant["status"]!.GetValue<string>()).ShouldBe((_model.Answer, "finished"));
            }

            await cluster.Silos[0].SaysAsync("Redis does not answer: each silo is on its own");
            cluster.Silos[0].Failures.ShouldBeEmpty();
        }
        finally
        {
            cluster.Redis.GoOn();
        }
    }

    private Task<SiloCluster> StartAsync(string redis) => SiloCluster.StartAsync(
        3, a => a + redis, ("Tutor__Endpoint", _model.Endpoint), ("Tutor__Model", "local-model"));

    private static List<RedisKey> Answers(ConnectionMultiplexer redis, SiloCluster cluster) =>
        [.. redis.GetServer(cluster.Redis.Address).Keys(pattern: "ortaq/answer/*")];
}
