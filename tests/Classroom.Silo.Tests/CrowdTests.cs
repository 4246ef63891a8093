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
        (await _fixture.NewPhone(home).JoinAsync(code, nickname: "Иван")).IsIn.ShouldBeTrue();
        var (hers, elsewhere, fresh) = (_fixture.NewPhone(school), _fixture.NewPhone(home), _fixture.NewPhone(school));
        (await hers.JoinAsync(yesterday)).IsIn.ShouldBeTrue();

        var flood = await FloodAsync();
        flood.Count(t => t.IsIn).ShouldBe(Doors.Device.FreeOfAnAddress);
        flood.Where(t => !t.IsIn).ShouldAllBe(t => t.Code == ProofNeeded);
        (await hers.JoinAsync(code, nickname: "Дана", device: true)).Body!["waiting"]!.GetValue<bool>().ShouldBeTrue("she was let in yesterday");
        (await elsewhere.JoinAsync(code, nickname: "Дана", device: true)).Body!["waiting"]!.GetValue<bool>().ShouldBeTrue("and this is another address");
        // As a page does: the name is taken, so it is asked for; the cookie is the one of that answer.
        (await fresh.JoinAsync(code, nickname: "Дана")).Code.ShouldBe("nickname-taken");
        (await fresh.WorkedAsync(proof => fresh.JoinAsync(code, proof, "Дана", device: true))).IsIn.ShouldBeTrue("a new phone of the same address works for a second");
        var other = _fixture.NewPhone(school);
        (await other.WorkedAsync(proof => other.JoinAsync(code, proof, "Иван", device: true))).IsIn.ShouldBeTrue("for another seat too");
        _fixture.Permits.Renew();
        await FloodAsync();
        // Three places of those who bring no cookie, of which the flood may not take the one of another address; fresh's; and hers.
        var shown = await RequestsAsync(id, "Дана");
        shown.Count.ShouldBe(5);
        _fixture.Permits.Renew();
        await FloodAsync();
        (await RequestsAsync(id, "Дана")).Intersect(shown).Count().ShouldBe(3, "those of hers, of fresh and of the other address stand");

        Task<Tried[]> FloodAsync() =>
            Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _fixture.NewPhone(school, cookies: false).JoinAsync(code, nickname: "Дана", device: true)));
    }

    [Fact]
    public async Task Work_without_the_cookie_that_came_with_it_buys_no_seat()
    {
        var (code, id, _) = await _fixture.OpenLessonAsync();
        var school = _fixture.NewAddress();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => _fixture.NewPhone(school, cookies: false).JoinAsync(code)));
        var program = _fixture.NewPhone(school, cookies: false);
        (await program.WorkedAsync(proof => program.JoinAsync(code, proof))).Code.ShouldBe(ProofNeeded);
        (await SeatsAsync(id)).ShouldBe(60);
        var child = _fixture.NewPhone(school);
        (await child.WorkedAsync(proof => child.JoinAsync(code, proof))).IsIn.ShouldBeTrue();
    }

    [Fact]
    public async Task Each_seat_that_was_paid_for_makes_the_next_of_its_address_dearer_for_strangers_and_known_alike_without_an_end()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var (yesterday, _, _) = await _fixture.OpenLessonAsync();
        var school = _fixture.NewAddress();
        var known = _fixture.NewPhone(school);
        (await known.JoinAsync(yesterday)).IsIn.ShouldBeTrue();
        await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => _fixture.NewPhone(school, cookies: false).JoinAsync(code)));
        var child = _fixture.NewPhone(school);
        (await child.WorkedAsync(proof => child.JoinAsync(code, proof))).IsIn.ShouldBeTrue();
        var paid = Attempts.CrowdOf(Doors.Enter, Doors.Enter.Crowd!, System.Net.IPAddress.Parse(school), code);
        (await _fixture.Permits.TakenAsync(paid)).ShouldBe(1);
        foreach (var (so, price) in new[] { (59L, 1L), (60, 2), (240, 16), (600, 1 << 10), (1200, 1 << 20) })
        {
            _fixture.Permits.Spend(paid, so);
            var asked = await _fixture.NewPhone(school).JoinAsync(code);
            asked.Challenge!["max"]!.GetValue<long>().ShouldBe(price * ProofOfWork.Least);
            asked.Code.ShouldBe(price > 1000 ? "network-crowded" : ProofNeeded);
        }

        (await known.JoinAsync(code)).IsIn.ShouldBeTrue("who was here before has places of its own");
        (await _fixture.NewPhone(_fixture.NewAddress()).JoinAsync(code)).IsIn.ShouldBeTrue("another address");
        var more = Enumerable.Range(0, Doors.Enter.FreeOfKnown!.Value).Select(_ => _fixture.NewPhone(school)).ToList();
        (await Task.WhenAll(more.Select(p => p.JoinAsync(yesterday)))).ShouldAllBe(t => t.IsIn);
        var again = await Task.WhenAll(more.Select(p => p.JoinAsync(code)));
        again.Count(t => t.IsIn).ShouldBe(Doors.Enter.FreeOfKnown.Value - 1);
        again.Single(t => !t.IsIn).Challenge!["max"]!.GetValue<long>().ShouldBe((1 << 20) * (long)ProofOfWork.Least, "what is bought elsewhere is no way round");
    }

    /// <summary>A hall of new phones behind one address comes in; a script on one machine, with every cookie it wants, has an end.</summary>
    [Theory]
    [InlineData(1e6, 850)]
    [InlineData(1e5, 650)]
    public void A_hall_comes_in_and_one_machine_takes_only_so_many_seats_in_an_hour(double hashesASecond, int most)
    {
        var seats = Doors.Enter.Crowd!.TriesADay(hashesASecond, Attempts.TurnsAtOnce) / 24;
        seats.ShouldBeInRange(most - 25, most);
        ProofOfWork.RangeFor(SeatsRules.MaxSeats - Doors.Enter.FreeOfAnAddress - 1, Doors.Enter.Crowd.PaidADoubling, ProofOfWork.Dearest).ShouldBeLessThanOrEqualTo(ProofOfWork.Most);
        Doors.Enter.Crowd.Free.ShouldBe(Doors.Enter.FreeOfAnAddress + Doors.Enter.FreeOfKnown!.Value);
    }

    private async Task<int> SeatsAsync(Guid classroom) => (await ViewAsync(classroom)).Count(e => e.Kind == "seat");

    private async Task<List<Guid>> RequestsAsync(Guid classroom, string nickname) =>
        [.. (await ViewAsync(classroom)).Single(e => (string?)e.Value["nickname"] == nickname).Value["requests"]!.AsArray().Select(r => r!["deviceId"]!.GetValue<Guid>())];

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
