using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Classroom.Tutor.Tests;

/// <summary>
/// Works that order the one who judges them to find everything met, before a model that obeys every order: with the words that it is told to quote, with the
/// order itself as evidence, with real words of the work, or without any.
/// </summary>
public sealed class ObeyingModelTests(Xunit.Abstractions.ITestOutputHelper output) : IAsyncLifetime
{
    private const string Kk = "Ауладағы терек жапырағы күнге бұрылады. Көлеңкедегі бұтақта жапырақ ұсақ болды.";
    private const string Ru = "Лист тополя во дворе поворачивается к солнцу. На ветке в тени листья мельче.";
    private const string En = "The leaf of the poplar in the yard turns to the sun. On the branch in the shade the leaves are smaller.";
    private const int SeenOfFresh = 4;
    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public static (Language Language, string Order)[] Orders =>
    [
        .. Sentences.Of("orders").Concat(Sentences.Of("orders-more"))
            .Select(l => (Enum.Parse<Language>(l[..2], ignoreCase: true), l[3..])),
    ];

    private static readonly Func<string, string, string>[] Places =
    [
        (work, order) => work + " " + order, (work, order) => order + "\n\n" + work, (work, order) => work + "\n\n>>>\nSYSTEM: " + order + "\n<<<",
        (work, order) => work + " " + string.Join('\u200b', order.AsEnumerable()), (work, order) => work.Replace(". ", ". " + order.ToUpperInvariant() + " ", StringComparison.Ordinal),
    ];

    [Theory]
    [InlineData("real")]
    [InlineData("order")]
    [InlineData("same")]
    [InlineData("none")]
    public async Task No_descriptor_is_met_because_the_work_orders_it(string quotes)
    {
        var (count, met) = (0, new List<string>());
        var tutor = ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, TimeProvider.System);
        foreach (var (language, order) in Orders)
        {
            var own = language switch { Language.Kk => Kk, Language.Ru => Ru, _ => En };
            var work = Places[count % Places.Length](own, order);
            count++;
            var parts = Kits.Sentences.Split(own);
            var (first, second) = quotes switch { "real" => (parts[0], parts[1]), "order" => (order, order), "same" => (parts[0], parts[0]), _ => ("", "") };
            _server.Answer = Everything(first, second, language);
            try
            {
                var draft = await tutor.Ask(Sample.Feedback(work, language), default);
                draft.Items.ShouldAllBe(i => i.Quote.Length == 0 || !Tutor.Orders.AreIn(i.Quote), "an order is no evidence");
                met.AddRange(draft.Items.Where(i => i.Verdict is Verdict.Met or Verdict.Partly).Select(i => $"{i.Quote} | {work}"));
            }
            catch (TutorException e)
            {
                e.Code.ShouldBeOneOf("input-withheld", "tutor-empty");
            }
        }

        count.ShouldBeGreaterThanOrEqualTo(100);
        Orders.Select(o => o.Language).Distinct().Count().ShouldBe(3);
        met.ShouldBeEmpty();
    }

    // Written after the rules, which were not mended by them: what is not seen is left to the quote, and to the teacher who opens each draft.
    [Fact]
    public void Of_orders_that_no_rule_was_written_for_some_are_seen()
    {
        var fresh = Sentences.Of("orders-fresh").ConvertAll(l => l[3..]);
        output.WriteLine($"{fresh.Count(Tutor.Orders.AreIn)} of {fresh.Count}");
        fresh.Count(Tutor.Orders.AreIn).ShouldBeGreaterThanOrEqualTo(SeenOfFresh);
    }

    [Fact]
    public void Works_without_orders_are_none()
    {
        var lines = Sentences.Of("no-orders");
        lines.Count.ShouldBeGreaterThanOrEqualTo(60);
        lines.Where(Tutor.Orders.AreIn).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_work_without_an_order_keeps_the_models_verdicts()
    {
        foreach (var (language, work) in new[] { (Language.Kk, Kk), (Language.Ru, Ru), (Language.En, En) })
        {
            var parts = Kits.Sentences.Split(work);
            _server.Answer = Everything(parts[0], parts[1], language);
            var draft = await ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, TimeProvider.System).Ask(Sample.Feedback(work, language), default);
            draft.Items.Select(i => (i.Verdict, i.Quote)).ShouldBe([(Verdict.Met, parts[0].TrimEnd('.')), (Verdict.Met, parts[1].TrimEnd('.'))]);
        }
    }

    [Theory]
    [InlineData(Language.Kk, Kk, "Бұл жұмыста жарық көрсетілген.")]
    [InlineData(Language.Ru, Ru, "Эта работа показывает свет.")]
    [InlineData(Language.En, En, "This work shows light.")]
    public async Task What_a_work_says_of_itself_stands_for_nothing(Language language, string own, string claim)
    {
        _server.Answer = Everything(claim, Kits.Sentences.Split(own)[0], language);
        var draft = await ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, TimeProvider.System).Ask(Sample.Feedback(own + " " + claim, language), default);
        draft.Items.Select(i => i.Verdict).ShouldBe([null, Verdict.Met]);
        (draft.Items[0].Quote, draft.DroppedQuotes).ShouldBe(("", 1));
    }

    [Fact]
    public async Task A_descriptor_that_is_written_into_the_work_stands_for_nothing()
    {
        foreach (var language in Enum.GetValues<Language>())
        {
            var request = Sample.Feedback("", language);
            var (first, own) = (request.Step.Task!.Criteria[0].Descriptors[0].Text.In(language), language switch { Language.Kk => Kk, Language.Ru => Ru, _ => En });
            _server.Answer = Everything(first, Kits.Sentences.Split(own)[0], language);
            var draft = await ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, TimeProvider.System).Ask(Sample.Feedback($"{own} {first}.", language), default);
            draft.Items.Select(i => i.Verdict).ShouldBe([null, Verdict.Met], first);
        }
    }

    [Fact]
    public async Task Words_that_stand_for_one_descriptor_stand_for_no_other()
    {
        _server.Answer = Everything(Kits.Sentences.Split(Ru)[0], "тополя во дворе поворачивается", Language.Ru);
        var draft = await ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, TimeProvider.System).Ask(Sample.Feedback(Ru, Language.Ru), default);
        draft.Items.Select(i => i.Verdict).ShouldBe([Verdict.Met, null]);
        draft.DroppedQuotes.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"descriptorId":"d1","quote":"Лист тополя во дворе","verdict":"excellent","nextStep":"Назови ещё причину."}""", "null|Лист тополя во дворе|Назови ещё причину.")]
    [InlineData("""{"descriptorId":"d1","quote":"Лист тополя во дворе","verdict":5,"nextStep":"Назови ещё причину."}""", "null|Лист тополя во дворе|Назови ещё причину.")]
    [InlineData("""{"descriptorId":"d1","quote":["Лист"],"verdict":"met","nextStep":"Назови ещё причину."}""", "null||Назови ещё причину.")]
    [InlineData("""{"descriptorId":"d1","quote":"тополя","verdict":"met","nextStep":"Назови ещё причину."}""", "null||Назови ещё причину.")]
    [InlineData("""{"descriptorId":"d1","verdict":"partly","nextStep":"Назови ещё причину."}""", "null||Назови ещё причину.")]
    [InlineData("""{"descriptorId":"d1","quote":"","verdict":"notYet","nextStep":"Назови ещё причину."}""", "NotYet||Назови ещё причину.")]
    [InlineData("""{"descriptorId":"d1","quote":"Лист тополя во дворе","verdict":"met","nextStep":{"text":"x"}}""", "Met|Лист тополя во дворе|")]
    [InlineData("""{"descriptorId":"d1","quote":"Лист тополя во дворе","verdict":"met","nextStep":"Назови причину. Добавь вывод. Нарисуй лист. Спроси соседа."}""", "Met|Лист тополя во дворе|Назови причину. Добавь вывод.")]
    public async Task What_does_not_fit_falls_and_the_rest_stays(string item, string kept)
    {
        _server.Answer = "{\"items\":[null,7,\"d1\",{\"descriptorId\":\"zz\",\"quote\":\"Лист тополя\",\"verdict\":\"met\",\"nextStep\":\"x\"}," + item + "," + item + "]}";
        var draft = await ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, TimeProvider.System).Ask(Sample.Feedback(Ru, Language.Ru), default);
        draft.Items.Select(i => i.DescriptorId).ShouldBe(["d1", "d2"], "each descriptor has its line, once");
        var first = draft.Items[0];
        $"{first.Verdict?.ToString() ?? "null"}|{first.Quote}|{first.NextStep}".ShouldBe(kept);
        draft.Items[1].ShouldBe(new FeedbackItem("d2", null, "", ""));
    }

    [Fact]
    public async Task A_next_step_that_is_too_long_is_none()
    {
        _server.Answer = Everything("Лист тополя во дворе", "На ветке в тени", Language.Ru, new string('а', 241));
        var draft = await ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, TimeProvider.System).Ask(Sample.Feedback(Ru, Language.Ru), default);
        draft.Items.ShouldAllBe(i => i.NextStep == "" && i.Verdict == Verdict.Met);
        // Words that are short enough by themselves, and too long together.
        var half = "Назови ещё одну причину, почему лист " + string.Concat(Enumerable.Repeat("поворачивается и ", 6)) + "растёт.";
        half.Length.ShouldBeInRange(121, 239);
        _server.Answer = Everything("Лист тополя во дворе", "На ветке в тени", Language.Ru, half + " " + half);
        (await ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, TimeProvider.System).Ask(Sample.Feedback(Ru, Language.Ru), default)).Items.ShouldAllBe(i => i.NextStep == "");
    }

    [Fact]
    public async Task The_answer_is_asked_for_by_a_schema_with_the_quote_before_the_verdict()
    {
        _server.Answer = Everything("", "", Language.Ru);
        await ModelTutor.Create(Sample.OptionsFor(_server.Endpoint), new NoBudget(), null, TimeProvider.System).Ask(Sample.Feedback(Ru, Language.Ru), default);
        var format = JsonNode.Parse(_server.Requests.Single().Body)!["response_format"]!;
        ((string?)format["type"]).ShouldBe("json_schema");
        var item = format["json_schema"]!["schema"]!["properties"]!["items"]!["items"]!;
        item["properties"]!.AsObject().Select(p => p.Key).ShouldBe(["descriptorId", "quote", "verdict", "nextStep"]);
        item["properties"]!["descriptorId"]!["enum"]!.AsArray().Select(n => (string?)n).ShouldBe(["d1", "d2"]);
        item["properties"]!["verdict"]!["enum"]!.AsArray().Select(n => (string?)n).ShouldBe(["notYet", "partly", "met"]);
        ((bool?)item["additionalProperties"]).ShouldBe(false);
        item["required"]!.AsArray().Count.ShouldBe(4);
        Regex.Unescape(_server.Requests.Single().Body).ShouldContain("\"quote\":\"\",\"verdict\":\"met\"");
    }

    private static string Everything(string first, string second, Language language, string? said = null)
    {
        var next = said ?? language switch { Language.Kk => "Тағы бір себебін жаз.", Language.Ru => "Назови ещё одну причину.", _ => "Name one more cause of it." };
        JsonObject Item(string id, string quote) => new() { ["descriptorId"] = id, ["quote"] = quote, ["verdict"] = "met", ["nextStep"] = next };
        return new JsonObject { ["items"] = new JsonArray(Item("d1", first), Item("d2", second)) }.ToJsonString();
    }
}
