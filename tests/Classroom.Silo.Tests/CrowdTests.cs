using System.Text.Json.Nodes;
using Classroom.Silo.Auth;
using Microsoft.Extensions.DependencyInjection;

namespace Classroom.Silo.Tests;

/// <summary>A program that keeps no cookies and knows a right code: it is a new browser each time, at one address. What it costs others, and what it gets of it.</summary>
public sealed class CrowdTests(GuessingFixture fixture) : IClassFixture<GuessingFixture>
{
    private const string ProofNeeded = "proof-needed";
    private readonly GuessingFixture _fixture = Renewed(fixture);

    [Fact]
    public async Task A_program_without_cookies_works_for_each_seat_after_a_classs_worth_and_the_class_comes_in_all_the_same()
    {
        var (yesterday, _, _) = await _fixture.OpenLessonAsync();
        var (code, id, _) = await _fixture.OpenLessonAsync();
        var (school, home) = (_fixture.NewAddress(), _fixture.NewAddress());
        var known = Enumerable.Range(0, 30).Select(_ => _fixture.NewPhone(school)).ToList();
        (await Task.WhenAll(known.Select(k => k.JoinAsync(yesterday)))).ShouldAllBe(t => t.IsIn);
        var seated = _fixture.NewPhone(school);
        (await seated.JoinAsync(code, nickname: "Барыс")).IsIn.ShouldBeTrue();

        var crowd = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => _fixture.NewPhone(school, cookies: false).JoinAsync(code)));
        crowd.Count(t => t.IsIn).ShouldBe(Doors.Enter.FreeOfAnAddress - 1);
        crowd.Where(t => !t.IsIn).ShouldAllBe(t => t.Code == ProofNeeded);
        (await SeatsAsync(id)).ShouldBe(60);

        (await Task.WhenAll(known.Select(k => k.JoinAsync(code)))).ShouldAllBe(t => t.IsIn, "who was here before does not work for others");
        (await seated.JoinAsync(code, nickname: "Барыс")).IsIn.ShouldBeTrue("its own seat");
        (await SeatsAsync(id)).ShouldBe(90);
        (await _fixture.NewPhone(home).JoinAsync(code)).IsIn.ShouldBeTrue("another address");
        (await _fixture.NewPhone(school).JoinAsync(yesterday)).IsIn.ShouldBeTrue("another lesson");
        var child = _fixture.NewPhone(school);
        (await child.WorkedAsync(proof => child.JoinAsync(code, proof))).IsIn.ShouldBeTrue("a new phone of the school after a second");
    }

    [Fact]
    public async Task Where_both_a_wrong_code_and_a_right_one_are_dear_a_new_phone_works_twice_and_is_in()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var address = _fixture.NewAddress();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => _fixture.NewPhone(address, cookies: false).JoinAsync(code)));
        await _fixture.NewPhone(address).GuessAsync(40);
        var child = _fixture.NewPhone(address);
        var first = await child.JoinAsync(code);
        var second = await child.JoinAsync(code, Phone.Solve(first.Challenge!));
        second.Code.ShouldBe(ProofNeeded, "that was for the code, this is for a seat");
        (await child.JoinAsync(code, Phone.Solve(second.Challenge!))).IsIn.ShouldBeTrue();
    }

    [Fact]
    public async Task What_a_right_code_gives_away_is_worth_no_more_guesses_than_its_address_has()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var address = _fixture.NewAddress();
        var minted = Enumerable.Range(0, 30).Select(_ => _fixture.NewPhone(address)).ToList();
        (await Task.WhenAll(minted.Select(p => p.JoinAsync(code)))).ShouldAllBe(t => t.IsIn);
        var guesses = (await Task.WhenAll(minted.Select(p => p.GuessAsync(Doors.Join.FreeOfADevice)))).SelectMany(g => g).ToList();
        guesses.Count(g => g.Code == "code-not-found").ShouldBe(JoinAttempts.WrongAMinuteByKnown, "of 300 that each of them alone would have");
        guesses.Count(g => g.Code == ProofNeeded).ShouldBe(300 - JoinAttempts.WrongAMinuteByKnown);
        (await _fixture.NewPhone(address).JoinAsync(code)).IsIn.ShouldBeTrue("strangers have their own");
        var boards = (await Task.WhenAll(minted.Select(async p => await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => p.PairAsync()))))).SelectMany(b => b);
        boards.Count(b => b.IsIn).ShouldBe(60);
    }

    [Fact]
    public async Task One_phone_that_asks_for_a_seat_again_and_again_keeps_its_child_from_nothing()
    {
        var (yesterday, _, _) = await _fixture.OpenLessonAsync();
        var (code, id, _) = await _fixture.OpenLessonAsync();
        var (school, home) = (_fixture.NewAddress(), _fixture.NewAddress());
        (await _fixture.NewPhone(school).JoinAsync(code, nickname: "Дана")).IsIn.ShouldBeTrue();
        var (hers, elsewhere) = (_fixture.NewPhone(school), _fixture.NewPhone(home));
        (await hers.JoinAsync(yesterday)).IsIn.ShouldBeTrue();

        var flood = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _fixture.NewPhone(school, cookies: false).JoinAsync(code, nickname: "Дана", device: true)));
        flood.Count(t => t.IsIn).ShouldBe(JoinAttempts.DevicesAMinute);
        flood.Where(t => !t.IsIn).ShouldAllBe(t => t.Code == "too-fast");
        (await hers.JoinAsync(code, nickname: "Дана", device: true)).Body!["waiting"]!.GetValue<bool>().ShouldBeTrue("she was let in yesterday");
        (await elsewhere.JoinAsync(code, nickname: "Дана", device: true)).Body!["waiting"]!.GetValue<bool>().ShouldBeTrue("and this is another address");
        _fixture.Permits.Renew();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _fixture.NewPhone(school, cookies: false).JoinAsync(code, nickname: "Дана", device: true)));
        // Three places of strangers, of which the flood may not take the one of another address; and hers.
        (await RequestsAsync(id, "Дана")).ShouldBe(4);
    }

    private async Task<int> SeatsAsync(Guid classroom) => (await ViewAsync(classroom)).Count(e => e.Kind == "seat");

    private async Task<int> RequestsAsync(Guid classroom, string nickname) =>
        (await ViewAsync(classroom)).Single(e => (string?)e.Value["nickname"] == nickname).Value["requests"]!.AsArray().Count;

    private async Task<List<(string Kind, JsonNode Value)>> ViewAsync(Guid classroom)
    {
        var grain = _fixture.Silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(classroom);
        var view = await grain.Sync(new SyncRequest(Audience.Teacher, Actor.System, Guid.Empty, 0));
        return [.. JsonNode.Parse(view.Snapshot)!.AsArray().Select(e => ((string)e!["k"]!, e["v"]!))];
    }

    private static GuessingFixture Renewed(GuessingFixture fixture)
    {
        fixture.Permits.Renew();
        return fixture;
    }
}
