using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Classroom.Silo.Auth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Tests;

/// <summary>Invariant: a right code, a right password and a board come in whatever others guess; who guesses pays.</summary>
public sealed class GuessingTests(GuessingFixture fixture) : IClassFixture<GuessingFixture>
{
    private const string ProofNeeded = "proof-needed";
    private readonly GuessingFixture _fixture = Renewed(fixture);

    [Fact]
    public async Task After_thirty_one_wrong_codes_of_one_phone_another_of_its_address_works_for_a_second_and_is_in()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var address = _fixture.NewAddress();
        var guesses = await _fixture.NewPhone(address).GuessAsync(200);
        guesses.Count(g => g is { Status: HttpStatusCode.NotFound, Code: "code-not-found" }).ShouldBe(30, "however many come at once");
        guesses.Count(g => g is { Status: HttpStatusCode.TooManyRequests, Code: ProofNeeded, Challenge: not null }).ShouldBe(170);

        var neighbour = _fixture.NewPhone(address);
        var asked = await neighbour.JoinAsync(code);
        asked.Code.ShouldBe(ProofNeeded);
        asked.Challenge!["max"]!.GetValue<long>().ShouldBe(ProofOfWork.Least, "nobody has paid for a guess yet: a second of a cheap phone");
        (await neighbour.JoinAsync(code, Phone.Solve(asked.Challenge))).IsIn.ShouldBeTrue();
        (await _fixture.NewPhone(_fixture.NewAddress()).JoinAsync(code)).IsIn.ShouldBeTrue("another address notices nothing");
    }

    [Fact]
    public async Task A_phone_that_was_let_in_before_comes_in_at_once_whatever_its_address_guesses_and_pays_for_its_own_guesses_alone()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var (next, _, _) = await _fixture.OpenLessonAsync();
        var address = _fixture.NewAddress();
        var (child, other) = (_fixture.NewPhone(address), _fixture.NewPhone(address));
        (await child.JoinAsync(code)).IsIn.ShouldBeTrue();
        (await other.JoinAsync(code)).IsIn.ShouldBeTrue();
        await _fixture.NewPhone(address).GuessAsync(100);
        (await child.JoinAsync(next)).IsIn.ShouldBeTrue();

        var guesses = await child.GuessAsync(30);
        guesses.Count(g => g.Code == "code-not-found").ShouldBe(Doors.Join.FreeOfADevice);
        (await child.JoinAsync(next)).Code.ShouldBe(ProofNeeded);
        (await other.JoinAsync(next)).IsIn.ShouldBeTrue("it has not guessed");
    }

    [Fact]
    public async Task A_device_id_alone_is_no_pass()
    {
        var address = _fixture.NewAddress();
        var phone = _fixture.NewPhone(address);
        (await phone.GuessAsync(1))[0].Code.ShouldBe("code-not-found", "it has an id from now on, and was not let in");
        await _fixture.NewPhone(address).GuessAsync(60);
        (await phone.GuessAsync(1))[0].Code.ShouldBe(ProofNeeded);
    }

    [Fact]
    public async Task Twenty_addresses_with_thirty_wrong_codes_each_keep_nobody_out()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        for (var i = 0; i < 20; i++)
        {
            (await _fixture.NewPhone(_fixture.NewAddress()).GuessAsync(31)).Count(g => g.Code == "code-not-found").ShouldBe(30);
        }

        (await _fixture.NewPhone(_fixture.NewAddress()).JoinAsync(code)).IsIn.ShouldBeTrue();
    }

    [Fact]
    public async Task While_the_whole_world_guesses_strangers_work_for_it_and_come_in_and_new_codes_are_longer()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var known = _fixture.NewPhone(_fixture.NewAddress());
        (await known.JoinAsync(code)).IsIn.ShouldBeTrue();
        _fixture.Permits.Spend(JoinAttempts.OverAll, JoinAttempts.WrongAMinute);
        var (longer, _, _) = await _fixture.OpenLessonAsync();
        longer.Length.ShouldBeGreaterThan(code.Length);
        (await known.JoinAsync(longer)).IsIn.ShouldBeTrue();
        var stranger = _fixture.NewPhone(_fixture.NewAddress());
        var asked = await stranger.JoinAsync(longer);
        asked.Code.ShouldBe(ProofNeeded);
        (await stranger.JoinAsync(longer, Phone.Solve(asked.Challenge!))).IsIn.ShouldBeTrue();
    }

    [Theory]
    [InlineData(0, 7)]
    [InlineData(250, 7)]
    [InlineData(20_000, 9)]
    public async Task A_new_code_is_long_enough_for_the_lessons_that_are_live_at_that_moment(int lessons, int length)
    {
        var services = _fixture.Silo.Services;
        var codes = new JoinCodes(
            services.GetRequiredService<IGrainFactory>(), new JoinAttempts(new CountedPermits()), new Live(lessons), Options.Create(new Hosting.JoinCodeOptions()));
        (await codes.LeaseAsync(Guid.NewGuid())).Length.ShouldBe(length);
        services.GetRequiredService<ILiveLessons>().Silos.ShouldBe(1, "as this one sees it");
    }

    private sealed record Live(int Lessons) : ILiveLessons
    {
        public int Silos => 1;
    }

    [Fact]
    public async Task A_proof_holds_once_for_its_code_at_its_address_and_a_wrong_one_for_nothing()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var (other, _, _) = await _fixture.OpenLessonAsync();
        var (here, there) = (_fixture.NewAddress(), _fixture.NewAddress());
        await _fixture.NewPhone(here).GuessAsync(31);
        await _fixture.NewPhone(there).GuessAsync(31);
        var phone = _fixture.NewPhone(here);
        var proof = Phone.Solve((await phone.JoinAsync(code)).Challenge!);
        (await phone.JoinAsync(other, proof)).Code.ShouldBe(ProofNeeded, "made for another code");
        (await _fixture.NewPhone(there).JoinAsync(code, proof)).Code.ShouldBe(ProofNeeded, "made at another network, of another browser");
        (await phone.LoginAsync(code, "x", proof)).Code.ShouldBe("bad-login", "passwords are another matter: nobody has guessed any here");
        (await phone.JoinAsync(code, proof)).IsIn.ShouldBeTrue("until now it was not used");
        (await _fixture.NewPhone(here).JoinAsync(code, proof)).Code.ShouldBe(ProofNeeded, "used");
        foreach (var nonsense in new object[] { new { }, new { token = (string?)null, number = 1 }, new { token = "x", number = -1 }, new { token = new string('A', 5000), number = int.MaxValue } })
        {
            (await _fixture.NewPhone(here).JoinAsync(code, nonsense)).Code.ShouldBe(ProofNeeded);
        }
    }

    [Fact]
    public async Task A_phone_whose_address_changes_while_it_works_is_let_in_with_its_proof()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var (here, there) = (_fixture.NewAddress(), _fixture.NewAddress());
        await _fixture.NewPhone(here).GuessAsync(31);
        await _fixture.NewPhone(there).GuessAsync(31);
        var phone = _fixture.NewPhone(here);
        var proof = Phone.Solve((await phone.JoinAsync(code)).Challenge!);
        phone.MoveTo(there);
        (await phone.JoinAsync(code, proof)).IsIn.ShouldBeTrue("it is the browser that was asked");

        var keepsNone = _fixture.NewPhone(here, cookies: false);
        proof = Phone.Solve((await keepsNone.JoinAsync(code)).Challenge!);
        keepsNone.MoveTo(there);
        (await keepsNone.JoinAsync(code, proof)).Code.ShouldBe(ProofNeeded);
        keepsNone.MoveTo(here[..^1] + "77");
        (await keepsNone.JoinAsync(code, proof)).IsIn.ShouldBeTrue("one that keeps no cookies is known by the network around its address");
    }

    [Fact]
    public async Task Work_gets_dearer_with_each_allowance_that_was_paid_for_and_no_dearer_than_eight_times()
    {
        new long[] { 0, 29, 30, 60, long.MaxValue }.Select(paid => ProofOfWork.RangeFor(paid, 30))
            .ShouldBe([ProofOfWork.Least, ProofOfWork.Least, 2 * ProofOfWork.Least, 4 * ProofOfWork.Least, ProofOfWork.Most]);
        var address = _fixture.NewAddress();
        var guesser = _fixture.NewPhone(address);
        var first = (await guesser.GuessAsync(31)).Single(g => g.Challenge is not null).Challenge!["max"]!.GetValue<long>();
        _fixture.Permits.Spend(Attempts.PaidOf(new PermitLimit($"join/address/{address}", 30)), 29);
        var code = "ABCDEFGHJKLM";
        var paid = await guesser.JoinAsync(code, Phone.Solve((await guesser.JoinAsync(code)).Challenge!));
        paid.Code.ShouldBe("code-not-found", "a paid guess is looked at");
        (await guesser.JoinAsync(code)).Challenge!["max"]!.GetValue<long>().ShouldBe(2 * first);
    }

    [Fact]
    public async Task A_stale_code_of_a_whole_class_is_not_found_for_each_and_costs_none_of_them_anything()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var address = _fixture.NewAddress();
        var children = Enumerable.Range(0, 45).Select(_ => _fixture.NewPhone(address)).ToList();
        (await Task.WhenAll(children.Select(c => c.JoinAsync("STALE2")))).ShouldAllBe(t => t.Status == HttpStatusCode.NotFound && t.Code == "code-not-found");
        (await Task.WhenAll(children.Select(c => c.JoinAsync(code)))).ShouldAllBe(t => t.IsIn);
        (await _fixture.NewPhone(address).GuessAsync(40)).Count(g => g.Code == "code-not-found").ShouldBeGreaterThan(20, "together they made a guess or a few");
    }

    [Fact]
    public async Task Two_thousand_pairings_of_nobody_keep_no_board_from_pairing()
    {
        var (_, classroomId, teacher) = await _fixture.OpenLessonAsync();
        var address = _fixture.NewAddress();
        var board = _fixture.NewPhone(address);
        await PairedAsync(board, classroomId, teacher, null);
        var crowd = await Task.WhenAll(Enumerable.Range(0, 2000).Select(_ => _fixture.NewPhone(address).PairAsync()));
        crowd.Count(p => p.IsIn).ShouldBe(29, "the board's own first one is the thirtieth");
        crowd.Count(p => p.Code == ProofNeeded).ShouldBe(1971);
        await PairedAsync(board, classroomId, teacher, null);
        var another = _fixture.NewPhone(address);
        await PairedAsync(another, classroomId, teacher, Phone.Solve((await another.PairAsync()).Challenge!));
        await PairedAsync(_fixture.NewPhone(_fixture.NewAddress()), classroomId, teacher, null);
    }

    [Fact]
    public async Task A_teacher_who_guesses_at_the_codes_of_boards_is_told_to_slow_down_and_another_is_not()
    {
        var (_, classroomId, teacher) = await _fixture.OpenLessonAsync();
        var guesses = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => TypeAsync(teacher, classroomId, $"9{i:D5}")));
        guesses.Count(s => s == HttpStatusCode.NotFound).ShouldBe(20);
        guesses.Count(s => s == HttpStatusCode.TooManyRequests).ShouldBe(20);
        var (_, others, colleague) = await _fixture.OpenLessonAsync();
        await PairedAsync(_fixture.NewPhone(_fixture.NewAddress()), others, colleague, null);

        static async Task<HttpStatusCode> TypeAsync(HttpClient teacher, Guid classroomId, string pairing)
        {
            using var typed = await teacher.PostAsJsonAsync($"/api/classrooms/{classroomId}/board", new { pairing });
            return typed.StatusCode;
        }
    }

    [Fact]
    public async Task Wrong_passwords_of_strangers_lock_no_teacher_out()
    {
        await _fixture.AccountsAreMadeAsync();
        var (home, away) = (_fixture.NewAddress(), _fixture.NewAddress());
        var teacher = _fixture.NewPhone(home);
        (await teacher.LoginAsync("aigul", GuessingFixture.Password)).IsIn.ShouldBeTrue();
        // From many addresses, so that each is within its own allowance.
        var guesses = new List<Tried>();
        for (var i = 0; i < 40; i++)
        {
            guesses.Add(await _fixture.NewPhone(_fixture.NewAddress()).LoginAsync("AIGUL", $"Wrong-{i}-guess"));
        }

        guesses.Count(g => g.Code == "bad-login").ShouldBe(10);
        guesses.Count(g => g.Code == ProofNeeded).ShouldBe(30);
        (await teacher.LoginAsync("aigul", GuessingFixture.Password)).IsIn.ShouldBeTrue("on a browser where she has signed in before, at once");
        var phone = _fixture.NewPhone(away);
        var asked = await phone.LoginAsync("aigul", GuessingFixture.Password);
        asked.Code.ShouldBe(ProofNeeded);
        (await phone.LoginAsync("aigul", GuessingFixture.Password, Phone.Solve(asked.Challenge!))).IsIn.ShouldBeTrue("on another one after a second");
        (await phone.LoginAsync("aigul", GuessingFixture.Password)).IsIn.ShouldBeTrue("which is known from then on");
        (await _fixture.NewPhone(away).LoginAsync("zhanar", GuessingFixture.Password)).IsIn.ShouldBeTrue("nobody guessed at the mentor's");
        // Who was let into a lesson with a code is no known device of a teacher.
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var child = _fixture.NewPhone(away);
        (await child.JoinAsync(code)).IsIn.ShouldBeTrue();
        (await child.LoginAsync("aigul", "Wrong-1-guess")).Code.ShouldBe(ProofNeeded);
    }

    /// <summary>Of a list of passwords that are typed most, this is how far somebody gets; a billion hashes a second is a rented graphics card.</summary>
    [Theory]
    [InlineData(1e6, 2_100)]
    [InlineData(1e9, 3_100)]
    [InlineData(1e12, 4_100)]
    public void A_login_is_tried_by_strangers_so_often_a_day_whatever_machines_they_have(double hashesASecond, int most) =>
        Doors.SignIn.Subject!.TriesADay(hashesASecond, Attempts.TurnsAtOnce * 3).ShouldBeInRange(most - 150, most);

    [Fact]
    public async Task The_price_of_a_login_that_is_guessed_at_has_no_ceiling_and_where_she_signed_in_before_a_teacher_pays_nothing()
    {
        await _fixture.AccountsAreMadeAsync();
        var teacher = _fixture.NewPhone(_fixture.NewAddress());
        (await teacher.LoginAsync("aigul", GuessingFixture.Password)).IsIn.ShouldBeTrue();
        var subject = SubjectOf("AIGUL");
        _fixture.Permits.Spend(subject, subject.Most);
        var guesser = _fixture.NewPhone(_fixture.NewAddress());
        var early = Phone.Solve((await guesser.LoginAsync("aigul", "Wrong-1-guess")).Challenge!);
        foreach (var (paid, price) in new[] { (0L, 1L), (3, 1), (4, 2), (12, 8), (16, 16), (40, 1 << 10), (80, 1 << 20), (144, 1L << 36), (1000, 1L << 36) })
        {
            _fixture.Permits.Spend(Attempts.PaidOf(subject), paid);
            var asked = await _fixture.NewPhone(_fixture.NewAddress()).LoginAsync("aigul", GuessingFixture.Password);
            asked.Challenge!["max"]!.GetValue<long>().ShouldBe(price * ProofOfWork.Least);
            asked.Code.ShouldBe(price > 1000 ? "guessed-at" : ProofNeeded, "what no browser can do it words instead");
        }

        (await guesser.LoginAsync("aigul", GuessingFixture.Password, early)).Code.ShouldBe("guessed-at", "a puzzle that was cheap is worth nothing when they are dear");
        (await teacher.LoginAsync("aigul", GuessingFixture.Password)).IsIn.ShouldBeTrue();
        (await _fixture.NewPhone(_fixture.NewAddress()).LoginAsync("zhanar", GuessingFixture.Password)).IsIn.ShouldBeTrue("another login is another matter");
        _fixture.Permits.Renew();
        (await _fixture.NewPhone(_fixture.NewAddress()).LoginAsync("aigul", GuessingFixture.Password)).IsIn.ShouldBeTrue("an hour later");
    }

    [Fact]
    public async Task Each_paid_try_at_a_login_counts_for_it_from_whatever_address_it_comes()
    {
        await _fixture.AccountsAreMadeAsync();
        var subject = SubjectOf("ZHANAR");
        _fixture.Permits.Spend(subject, subject.Most);
        var prices = new List<long>();
        for (var i = 0; i < 6; i++)
        {
            var guesser = _fixture.NewPhone(_fixture.NewAddress());
            var challenge = (await guesser.LoginAsync("zhanar", "Wrong-1-guess")).Challenge!;
            prices.Add(challenge["max"]!.GetValue<long>() / ProofOfWork.Least);
            (await guesser.LoginAsync("zhanar", "Wrong-1-guess", Phone.Solve(challenge))).Code.ShouldBe("bad-login");
        }

        prices.ShouldBe([1, 1, 1, 1, 2, 2]);
    }

    [Fact]
    public async Task One_password_is_hashed_whoever_signs_in()
    {
        await _fixture.AccountsAreMadeAsync();
        var phone = _fixture.NewPhone(_fixture.NewAddress());
        (await phone.LoginAsync("aigul", GuessingFixture.Password)).IsIn.ShouldBeTrue();
        foreach (var (login, password) in new[] { ("aigul", "wrong"), ("nobody", "wrong"), ("", ""), ("aigul", ""), ("no\u0000body", "x"), (new string('x', 300), "x"), ("aigul", GuessingFixture.Password) })
        {
            var before = _fixture.Hasher.Hashed;
            await phone.LoginAsync(login, password);
            (_fixture.Hasher.Hashed - before).ShouldBe(1, $"{login}:{password}");
        }
    }

    [Fact]
    public async Task A_wrong_code_that_is_checked_and_joined_with_is_one_guess_and_a_right_one_none()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var phone = _fixture.NewPhone(_fixture.NewAddress());
        for (var guess = 1; guess < JoinAttempts.WrongAMinuteByAddress; guess++)
        {
            var wrong = RandomNumberGenerator.GetString(JoinCodes.Alphabet, 12);
            (await phone.CheckAsync(code)).IsIn.ShouldBeTrue("a right one uses nothing up");
            (await phone.CheckAsync(wrong)).Code.ShouldBe("code-not-found");
            (await phone.JoinAsync(wrong)).Code.ShouldBe("code-not-found");
        }

        (await phone.CheckAsync(RandomNumberGenerator.GetString(JoinCodes.Alphabet, 12))).Code.ShouldBe("code-not-found", "the thirtieth");
        (await phone.CheckAsync(RandomNumberGenerator.GetString(JoinCodes.Alphabet, 12))).Code.ShouldBe(ProofNeeded);
    }

    [Fact]
    public async Task Where_guessers_are_a_checked_code_is_worked_for_once_and_its_pass_opens_no_other()
    {
        var (code, _, _) = await _fixture.OpenLessonAsync();
        var (other, _, _) = await _fixture.OpenLessonAsync();
        var address = _fixture.NewAddress();
        await _fixture.NewPhone(address).GuessAsync(200);
        var phone = _fixture.NewPhone(address);
        var asked = await phone.CheckAsync(code);
        asked.Code.ShouldBe(ProofNeeded);
        var pass = (string?)(await phone.CheckAsync(code, Phone.Solve(asked.Challenge!))).Body!["pass"];
        (await phone.JoinCheckedAsync(other, pass)).Code.ShouldBe(ProofNeeded, "of another lesson");
        foreach (var none in new[] { null, "", "nonsense", pass + "x", new string('x', 600) })
        {
            (await phone.JoinCheckedAsync(code, none)).Code.ShouldBe(ProofNeeded);
        }

        foreach (var typed in new[] { null, "", "K7P", "ҚАЗАҚ1", new string('A', 500) })
        {
            (await phone.CheckAsync(typed!)).Code.ShouldBe(ProofNeeded, "what is no code is a guess too");
        }

        (await phone.JoinCheckedAsync(code, pass)).IsIn.ShouldBeTrue();
    }

    [Fact]
    public async Task Pictures_of_codes_are_drawn_so_often_and_for_a_paired_board_whatever_its_address_asks()
    {
        var (_, classroomId, teacher) = await _fixture.OpenLessonAsync();
        var address = _fixture.NewAddress();
        var board = _fixture.NewPhone(address);
        await PairedAsync(board, classroomId, teacher, null);
        var flood = _fixture.NewPhone(address);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => QrAsync(flood, $"http://localhost/j/{i}")));
        statuses.Count(s => s == HttpStatusCode.OK).ShouldBe(300);
        statuses.Count(s => s == HttpStatusCode.TooManyRequests).ShouldBe(100);
        (await QrAsync(board, "http://LOCALHOST:5000/j/K7PM4X")).ShouldBe(HttpStatusCode.OK);
        foreach (var other in new[]
        {
            "", new string('x', 301), "http://localhost/" + new string('x', 300), "K7PM4X", "/j/K7PM4X", "https://evil.example/", "https://localhost@evil.example/", "http://evil@localhost/", "javascript:alert(1)",
            "ftp://localhost/", "http://localhost.evil.example/", "https://evil.example/?http://localhost/",
        })
        {
            (await QrAsync(board, other)).ShouldBe(HttpStatusCode.BadRequest, other);
        }

        static async Task<HttpStatusCode> QrAsync(Phone phone, string text)
        {
            using var answer = await phone.Http.GetAsync(new Uri("/api/qr?text=" + Uri.EscapeDataString(text), UriKind.Relative));
            return answer.StatusCode;
        }
    }

    private static async Task PairedAsync(Phone board, Guid classroomId, HttpClient teacher, object? proof)
    {
        var begun = await board.PairAsync(proof);
        begun.IsIn.ShouldBeTrue(begun.Code);
        using var typed = await teacher.PostAsJsonAsync($"/api/classrooms/{classroomId}/board", new { pairing = begun.Body!["pairing"]!.GetValue<string>() });
        typed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await board.Http.GetFromJsonAsync<JsonNode>("/api/board/pair/" + begun.Body["secret"]!.GetValue<string>()))!["classroomId"]!.GetValue<Guid>().ShouldBe(classroomId);
    }

    private static PermitLimit SubjectOf(string login)
    {
        var rule = Doors.SignIn.Subject!;
        return new($"sign-in/subject/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(login)).AsSpan(0, 16))}", rule.Free, rule.Minutes);
    }

    private static GuessingFixture Renewed(GuessingFixture fixture)
    {
        fixture.Permits.Renew();
        return fixture;
    }
}
