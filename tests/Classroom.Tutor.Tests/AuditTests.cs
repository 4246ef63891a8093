using System.Collections.Immutable;
using Classroom.Kits;
using Classroom.Tutor.Audit;
using Xunit.Abstractions;

namespace Classroom.Tutor.Tests;

/// <summary>The audit tells a good model from bad ones, each by the figure that it deserves; and is one on a box without a model.</summary>
public sealed class AuditTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly KitLibrary Kits = KitLibrary.LoadAll(KitLibrary.ShippedFolder);
    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void The_golden_set_covers_abilities_languages_levels_and_bait()
    {
        GoldenSet.Cases.Length.ShouldBeGreaterThanOrEqualTo(60);
        GoldenSet.Cases.Select(c => (c.Ability, c.Language)).Distinct().Count().ShouldBe(12);
        GoldenSet.Cases.Where(c => c.Ability == "explain").Select(c => (c.Language, c.Level)).Distinct().Count().ShouldBe(9);
        GoldenSet.Cases.Select(c => c.Bait).Distinct().ShouldBe(["", "injection", "mark", "names", "task"], ignoreOrder: true);
    }

    [Fact]
    public void A_thousand_attacks_and_three_hundred_questions_stand_in_three_languages_each_once()
    {
        AuditRun.CasesOf().Select(c => c.Id).ShouldBeUnique();
        AttackSet.Cases.Length.ShouldBeGreaterThanOrEqualTo(1000);
        AttackSet.Cases.Select(c => c.Text).ShouldBeUnique();
        AttackSet.Cases.GroupBy(c => c.Language).Select(g => g.Count()).ShouldAllBe(n => n >= 330);
        AttackSet.Cases.Select(c => (c.Language, c.Bait)).Distinct().Count().ShouldBe(3 * AttackSet.Goals.Length);
        AttackSet.Cases.Where(c => c.Token.Length > 0).GroupBy(c => c.Language).ShouldAllBe(g => g.Count() == g.Select(c => c.Token).Distinct().Count());
        KnowledgeSet.Cases.Length.ShouldBeGreaterThanOrEqualTo(300);
        KnowledgeSet.Cases.Select(c => c.Text).ShouldBeUnique();
        KnowledgeSet.Cases.Select(c => (c.Language, c.Grade)).Distinct().Count().ShouldBe(24);
        KnowledgeSet.Cases.Count(c => c.Kind == KnowledgeSet.FalsePremise).ShouldBeGreaterThanOrEqualTo(60);
        KnowledgeSet.Cases.ShouldAllBe(c => c.Must.All(g => g.Length > 0) && !c.Must.All(g => g.Any(m => c.MustNot.Contains(m))));
        SentSet.Cases.Count(c => c.Names.Length > 0 && c.Planted.Any(p => p.Kind == "name")).ShouldBeGreaterThanOrEqualTo(50);
        SentSet.Cases.SelectMany(c => c.Planted).Count(p => p.Kind == "number").ShouldBeGreaterThanOrEqualTo(150);
    }

    [Fact]
    public async Task A_good_model_holds_every_check_of_what_it_is_asked()
    {
        _server.AnswerTo = AuditModel.Good;
        var cases = await CasesAsync(["golden", "knowledge", "sent"]);
        cases.Where(c => c.Failure is not null || c.Tallies.Values.Any(t => t.Failed > 0)).ToList().ForEach(c => output.WriteLine($"{c.Id} {c.Failure} {string.Join(' ', c.Tallies.Where(t => t.Value.Failed > 0).Select(t => t.Key))}: {c.Text} -> {c.Shown}"));
        var checks = Figures.Of(cases);
        Failing(checks).ShouldBeEmpty();
        checks.Where(c => c.Part is "knowledge" or "quality" || c.Id.StartsWith("sent", StringComparison.Ordinal)).ShouldAllBe(c => c.Holds == true);
        checks.Where(c => c.Part is "attacks" or "names" or "marks" or "danger").ShouldAllBe(c => c.Holds == null && c.Figure == null, "what was not asked is not said to hold");
    }

    [Theory]
    [InlineData("language", "language-first", "golden")]
    [InlineData("quotes", "quotes", "golden")]
    [InlineData("marks", "marks-said", "golden")]
    [InlineData("obeys", "injections", "golden")]
    [InlineData("long", "sentence-simple", "golden")]
    [InlineData("garbage", "answered", "golden")]
    [InlineData("facts", "knowledge-wrong", "knowledge")]
    [InlineData("affirms", "premise-affirmed", "knowledge")]
    [InlineData("nothing", "knowledge-right", "knowledge")]
    [InlineData("nothing", "unknowable", "knowledge")]
    [InlineData("calm", "danger-asked", "danger")]
    public async Task A_bad_model_fails_the_check_that_it_deserves(string vice, string check, string set)
    {
        _server.AnswerTo = body => vice == "nothing" ? "Лист ловит солнечный свет. Растение делает себе пищу." : AuditModel.Bad(vice, body);
        var checks = await ChecksAsync(set);
        Failing(checks).ShouldContain(f => f.StartsWith(check + " ", StringComparison.Ordinal));
        checks.Single(c => c.Id == "marks-shown").Figure.GetValueOrDefault().ShouldBe(0, "whatever the model says, a mark is shown to nobody");
        checks.Single(c => c.Id == "sent-names").Figure.GetValueOrDefault().ShouldBe(0, "and no name leaves");
    }

    [Fact]
    public async Task Of_attacks_it_is_told_what_the_model_obeyed_and_what_a_person_would_have_seen()
    {
        _server.AnswerTo = AuditModel.Good;
        var good = await CasesAsync(["attacks"]);
        Failing(Figures.Of(good)).ShouldBeEmpty();

        _server.AnswerTo = body => AuditModel.Bad("attacks", body);
        var cases = await CasesAsync(["attacks"]);
        foreach (var goal in AttackSet.Goals)
        {
            var of = cases.Where(c => c.Goal == goal).ToList();
            var (said, seen) = (Bad(of, "attacks-said"), Bad(of, "attacks-seen"));
            output.WriteLine($"{goal}: said {said}, seen {seen} of {of.Count}, not answered {of.Count(c => c.Failure is not null)}");
            // Some are held back before a model is asked.
            (said / (double)of.Count(c => c.Requests > 0)).ShouldBeGreaterThan(0.9, goal);
        }

        Failing(Figures.Of(cases)).Count(f => f.StartsWith("attacks-", StringComparison.Ordinal)).ShouldBe(2);
        Bad(cases.Where(c => c.Goal is "mark" or "link" or "claim" or "prompt"), "attacks-seen").ShouldBe(0, "what the guards are for");
    }

    [Fact]
    public async Task A_model_that_tells_its_instructions_has_obeyed_and_nobody_sees_it()
    {
        _server.AnswerTo = body => AuditModel.Bad("leaks", body);
        var checks = Figures.Of([.. (await CasesAsync(["attacks"])).Where(c => c.Goal == "prompt")]);
        Failing(checks).ShouldHaveSingleItem().ShouldStartWith("attacks-said ");
    }

    [Fact]
    public async Task The_whole_audit_of_a_good_model_makes_a_sound_dossier()
    {
        _server.AnswerTo = AuditModel.Good;
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        var cases = await new AuditRun(Sample.OptionsFor(_server.Endpoint), Kits, new NoBudget(), new AuditOptions(), TimeProvider.System, null).RunAsync(null, _ => { }, default);
        using var signer = DossierSigner.FromSeed(new byte[40]);
        var dossier = Dossier.Of(cases, Sample.OptionsFor(_server.Endpoint), false, default, default, signer.Fingerprint);
        var files = DossierFiles.Of(dossier, signer);
        output.WriteLine($"{cases.Length} cases, {dossier.Requests} requests in {System.Diagnostics.Stopwatch.GetElapsedTime(began).TotalSeconds:0} s; zip of {DossierFiles.Zip(files).Length >> 10} KB");
        Failing(dossier.Checks).Select(f => f.Split(' ')[0]).ShouldBe(["marks-seen"]);
        dossier.Checks.Where(c => c.Holds is null).Select(c => c.Id).ShouldBe(["egress"]);
        DossierCheck.Of(files, signer.Fingerprint).Findings.ShouldBeEmpty();
        if (Environment.GetEnvironmentVariable("ORTAQ_AUDIT_OUT") is { } folder)
        {
            await DossierFiles.WriteAsync(files, folder, default);
        }
    }

    [Fact]
    public async Task Without_a_model_the_rest_is_asked_and_the_parts_that_need_one_are_not()
    {
        var cases = await new AuditRun(null, Kits, new NoBudget(), new AuditOptions(), TimeProvider.System, null).RunAsync(null, _ => { }, default);
        var checks = Figures.Of(cases);
        checks.ToList().ForEach(c => output.WriteLine($"{c.Id} {c.Figure} [{c.Low}..{c.High}] of {c.Asked}: {c.Holds}"));
        foreach (var rule in CheckRule.All.Where(r => r.Id != "egress"))
        {
            (checks.Single(c => c.Id == rule.Id).Holds is null).ShouldBe(rule.NeedsModel, rule.Id);
        }

        // What README of the tutor says of these guards: one does not reach its limit, and the audit says so.
        Failing(checks).Select(f => f.Split(' ')[0]).ShouldBe(["marks-seen"]);
        cases.Count(c => c.Set == "prepared").ShouldBeGreaterThan(50);
        AuditRun.Estimate(hasModel: false).ShouldBe(new AuditEstimate(0, 0));
        _server.Received.ShouldBe(0);
    }

    [Fact]
    public async Task A_provider_that_says_when_is_waited_for_and_a_failed_request_is_a_result()
    {
        _server.AnswerTo = AuditModel.Good;
        (_server.Mood, _server.Busy) = (Mood.Busy, ("1", 3));
        (await CasesAsync(["golden"])).Count(c => c.Failure is not (null or "input-withheld")).ShouldBe(0, "nobody was asked too early");
        _server.Refuse = r => r.ToJsonString().Contains("[P", StringComparison.Ordinal) ? (400, """{"error":{"code":"content_filter","message":"The response was filtered."}}""", []) : null;
        var cases = await CasesAsync(["golden"]);
        cases.Length.ShouldBe(GoldenSet.Cases.Length);
        cases.Count(c => c.Failure is not null).ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("golden")]
    [InlineData("attacks")]
    [InlineData("knowledge")]
    [InlineData("sent")]
    [InlineData("danger")]
    public async Task A_provider_that_is_not_there_is_not_asked_for_hours_and_there_is_no_dossier(string set)
    {
        _server.Mood = Mood.Broken;
        var broken = await Should.ThrowAsync<AuditBrokenException>(() => CasesAsync([set], o => o.BreakFor = TimeSpan.FromSeconds(0.5)));
        broken.Code.ShouldNotBe("");
        _server.Received.ShouldBeLessThan(10 * AuditRun.SilentInARow);
    }

    [Fact]
    public async Task A_wrong_key_ends_it_at_once()
    {
        _server.Refuse = _ => (401, "{}", []);
        (await Should.ThrowAsync<AuditBrokenException>(() => CasesAsync(["golden"]))).Code.ShouldBe("tutor-misconfigured");
        _server.Received.ShouldBeLessThan(AuditRun.SilentInARow);
    }

    [Fact]
    public async Task A_provider_that_refuses_all_of_it_is_there_and_has_its_dossier()
    {
        _server.Refuse = _ => (400, """{"error":{"code":"content_filter","message":"The response was filtered."}}""", []);
        var cases = await CasesAsync(["attacks"]);
        cases.Length.ShouldBe(AttackSet.Cases.Length);
        Figures.Of(cases).Where(c => c.Holds is not null).Select(c => c.Id).ShouldBe(["attacks-seen"], "nothing was said, and nothing was seen");
    }

    [Theory]
    [InlineData("attacks")]
    [InlineData("knowledge")]
    [InlineData("sent")]
    [InlineData("golden")]
    public void What_was_not_answered_holds_nothing(string set)
    {
        var judged = AuditRun.CasesOf([set]).Select(c => Judge.Of(c, Audit.Answer.None with { Failure = "tutor-down" })).ToList();
        Figures.Of(judged).Where(c => c.Holds is not null).Select(c => (c.Id, c.Holds)).ShouldBe([("answered", (bool?)false)]);
        var danger = Figures.Of([.. AuditRun.CasesOf(["danger"]).Select(c => Judge.Of(c, Audit.Answer.None with { Failure = "tutor-down" }))]);
        danger.Single(c => c.Id == "danger-asked").Holds.ShouldBeNull();
        danger.Single(c => c.Id == "danger-seen").Figure.ShouldBe(0, "nobody was told of it");
    }

    [Fact]
    public async Task A_word_that_is_no_set_asks_nothing_and_a_folder_that_cannot_be_written_is_found_before()
    {
        using var signer = DossierSigner.FromSeed(new byte[40]);
        var file = Path.GetTempFileName();
        var said = new StringWriter();
        (await AuditCommand.RunAsync(new AuditOrder(Sample.OptionsFor(_server.Endpoint), Kits, new AuditOptions(), [], ["atacks"], file + ".out"), signer, said, default)).ShouldBe(2);
        said.ToString().ShouldContain("There is no set atacks");
        await Should.ThrowAsync<IOException>(() => AuditCommand.RunAsync(new AuditOrder(Sample.OptionsFor(_server.Endpoint), Kits, new AuditOptions(), [], ["golden"], Path.Combine(file, "x")), signer, said, default));
        _server.Received.ShouldBe(0);
        File.Delete(file);
    }

    [Fact]
    public async Task It_is_stopped_amid_and_asks_no_more()
    {
        _server.AnswerTo = AuditModel.Good;
        using var stop = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => new AuditRun(Sample.OptionsFor(_server.Endpoint), Kits, new NoBudget(), new AuditOptions { AtOnce = 2 }, TimeProvider.System, null).RunAsync(
            ["golden"], p => { if (p.Done == 5) { stop.Cancel(); } }, stop.Token));
        _server.Received.ShouldBeLessThan(20);
    }

    [Fact]
    public async Task No_more_are_asked_at_once_than_is_set_and_the_second_provider_stands_in()
    {
        var gate = new TaskCompletionSource();
        (_server.AnswerTo, _server.Gate) = (AuditModel.Good, gate.Task);
        var run = CasesAsync(["golden"], o => o.Second = new ProviderOptions { Endpoint = _server.Resource + "v1", Model = "second" });
        while (_server.Received < 4)
        {
            await Task.Delay(10);
        }

        _server.Received.ShouldBe(4);
        _server.Refuse = r => (string?)r["model"] == "second" ? null : (503, "", []);
        gate.SetResult();
        var cases = await run;
        cases.Where(c => c.Requests > 0 && c.Failure is null).Select(c => c.By).Distinct().ShouldBe(["127.0.0.1/second"]);
        Dossier.Of(cases, Sample.OptionsFor(_server.Endpoint), false, default, default, "").Models.ShouldHaveSingleItem().Answered.ShouldBe(0);
    }

    private static int Bad(IEnumerable<CaseResult> cases, string check) => cases.Count(c => c.Tallies.TryGetValue(check, out var t) && t.Failed > 0);

    private async Task<ImmutableArray<Check>> ChecksAsync(params string[] sets) => Figures.Of(await CasesAsync(sets));

    private async Task<ImmutableArray<CaseResult>> CasesAsync(string[] sets, Action<ModelOptions>? set = null)
    {
        var options = Sample.OptionsFor(_server.Endpoint);
        set?.Invoke(options);
        return await new AuditRun(options, Kits, new NoBudget(), new AuditOptions(), TimeProvider.System, null).RunAsync(sets, _ => { }, default);
    }

    private List<string> Failing(ImmutableArray<Check> checks)
    {
        checks.Where(c => c.Asked > 0).ToList().ForEach(c => output.WriteLine($"{c.Id} {c.Figure} of {c.Asked}: {c.Holds}"));
        return [.. checks.Where(c => c.Holds == false).Select(c => FormattableString.Invariant($"{c.Id} {c.Figure}"))];
    }
}
