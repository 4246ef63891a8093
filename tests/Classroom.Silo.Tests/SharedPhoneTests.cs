using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace Classroom.Silo.Tests;

/// <summary>Phones with their cookies at the real server: how many seats one holds, how it comes back to its own, and what the teacher sees of it.</summary>
public sealed class SharedPhoneTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    [Fact]
    public async Task Seventy_joins_at_once_from_one_phone_take_three_seats_and_another_phone_comes_in()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        using var phone = new Phone(shared.Silo, lesson.Code);
        (await phone.JoinAsync("Құс 0")).Code.ShouldBeNull();
        var codes = await Task.WhenAll(Enumerable.Range(1, 70).Select(async i => (await phone.JoinAsync("Құс " + i)).Code));
        codes.Count(c => c is null).ShouldBe(2);
        codes.Where(c => c is not null).Distinct().ShouldBe(["device-full"]);
        using var other = new Phone(shared.Silo, lesson.Code);
        (await other.JoinAsync("Тырна")).Code.ShouldBeNull();
        await lesson.Teacher.UntilAsync(t => t.All("seat").Count == 4, "four seats");
        lesson.Teacher.All("seat").Select(s => s.Value["device"]!.GetValue<string>()).Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_phone_comes_back_to_its_own_seat_without_asking_and_its_other_tab_stays()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        using var phone = new Phone(shared.Silo, lesson.Code);
        var first = await phone.JoinAsync("Барыс");
        await using var tab = await first.ConnectAsync(lesson);
        foreach (var again in new[] { await phone.JoinAsync("барыс"), await phone.JoinAsync("Барыс", device: true) })
        {
            (again.Code, again.Waiting, again.Student).ShouldBe((null, false, first.Student));
            await using var back = await again.ConnectAsync(lesson);
            back.Get("me")!["nickname"]!.GetValue<string>().ShouldBe("Барыс");
        }

        (await tab.RefusalAsync("ChangePreferences", new { language = "ru", level = "simple" })).ShouldBeNull();
        using var stranger = new Phone(shared.Silo, lesson.Code);
        (await stranger.JoinAsync("Барыс")).Code.ShouldBe("nickname-taken");
    }

    [Fact]
    public async Task Two_phones_ask_for_one_seat_and_the_teacher_says_yes_to_the_number_on_the_childs_screen()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, _, id) = await lesson.JoinAsync("Дана");
        using var hers = new Phone(shared.Silo, lesson.Code);
        using var strangers = new Phone(shared.Silo, lesson.Code);
        var (asked, other) = (await hers.JoinAsync("Дана", device: true), await strangers.JoinAsync("Дана", device: true));
        (asked.Waiting, other.Waiting).ShouldBe((true, true));
        await using var waiting = await WireClient.ConnectAsync(shared.Silo.Url, asked.Ticket);
        await using var wrong = await WireClient.ConnectAsync(shared.Silo.Url, other.Ticket);
        var number = await NumberAsync(waiting, lesson);
        (await NumberAsync(wrong, lesson)).ShouldNotBe(number);
        await lesson.Teacher.UntilAsync(t => t.Get("seat", id.ToString())!["requests"]?.AsArray().Count == 2, "both requests");
        var seen = lesson.Teacher.Get("seat", id.ToString())!["requests"]!.AsArray().Single(r => r!["code"]!.GetValue<string>() == number)!;
        await lesson.Teacher.DoAsync("ApproveDevice", new { studentId = id, deviceId = seen["deviceId"]!.GetValue<Guid>() });
        await waiting.SyncAsync(lesson.ClassroomId);
        (await wrong.CallAsync("Sync", lesson.ClassroomId, 0))!["refusal"]!["code"]!.GetValue<string>().ShouldBe("device-refused");
        // From now on it is the phone's own: it comes back without asking.
        (await hers.JoinAsync("Дана", device: true)).Waiting.ShouldBeFalse();
    }

    [Fact]
    public async Task A_barred_phone_is_told_so_under_every_name_and_one_with_cleared_storage_is_a_new_one()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        using var phone = new Phone(shared.Silo, lesson.Code);
        var (one, two) = (await phone.JoinAsync("Бір"), await phone.JoinAsync("Екі"));
        await using var first = await one.ConnectAsync(lesson);
        await using var second = await two.ConnectAsync(lesson);
        await lesson.Teacher.DoAsync("RemoveStudent", new { studentId = one.Student, bar = true });
        await Task.WhenAll(first.OverAsync(), second.OverAsync());
        (first.ClosedWith, second.ClosedWith).ShouldBe(("removed", "removed"));
        (await phone.JoinAsync("Үш")).Code.ShouldBe("device-barred");
        (await phone.JoinAsync("Екі")).Code.ShouldBe("device-barred", "no seat of its is left to come back to");
        phone.Forget("ortaq-device");
        (await phone.JoinAsync("Үш")).Code.ShouldBe("device-barred", "the other cookie names it as well");
        phone.Replace("ortaq-device", await FreshAsync());
        (await phone.JoinAsync("Үш")).Code.ShouldBe("device-barred", "whatever it says to be instead");
        using var cleared = new Phone(shared.Silo, lesson.Code);
        (await cleared.JoinAsync("Бес")).Waiting.ShouldBeFalse();
        using var sameName = new Phone(shared.Silo, lesson.Code);
        (await sameName.JoinAsync("екі")).Waiting.ShouldBeTrue("the teacher looks at who has that name");
        await lesson.Teacher.DoAsync("LiftBars", new { });
        (await phone.JoinAsync("Төрт")).Code.ShouldBeNull();
        using var forgiven = new Phone(shared.Silo, lesson.Code);
        (await forgiven.JoinAsync("Бір")).Waiting.ShouldBeFalse();

        async Task<string> FreshAsync()
        {
            using var another = new Phone(shared.Silo, lesson.Code);
            (await another.JoinAsync("Бес-бес")).Code.ShouldBeNull();
            return another.Cookie("ortaq-device");
        }
    }

    [Fact]
    public async Task A_phone_that_was_refused_a_seat_twice_is_told_so_at_once_and_another_phone_is_not()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, _, id) = await lesson.JoinAsync("Дана");
        using var thief = new Phone(shared.Silo, lesson.Code);
        (await thief.JoinAsync("Дана")).Code.ShouldBe("nickname-taken");
        for (var i = 0; i < 2; i++)
        {
            (await thief.JoinAsync("Дана", device: true)).Waiting.ShouldBeTrue();
            await lesson.Teacher.UntilAsync(t => t.Get("seat", id.ToString())!["requests"]?.AsArray().Count == 1, "the request");
            var asked = lesson.Teacher.Get("seat", id.ToString())!["requests"]![0]!["deviceId"]!.GetValue<Guid>();
            await lesson.Teacher.DoAsync("RefuseDevice", new { studentId = id, deviceId = asked });
            await lesson.Teacher.UntilAsync(t => t.Get("seat", id.ToString())!["requests"] is null, "no request");
        }

        (await thief.JoinAsync("Дана", device: true)).Code.ShouldBe("device-refused");
        using var hers = new Phone(shared.Silo, lesson.Code);
        (await hers.JoinAsync("Дана")).Code.ShouldBe("nickname-taken");
        (await hers.JoinAsync("Дана", device: true)).Waiting.ShouldBeTrue();
        await lesson.Teacher.DoAsync("LiftBars", new { });
        (await thief.JoinAsync("Дана", device: true)).Waiting.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_the_teacher_lets_in_a_right_code_waits_and_is_let_in_or_told_that_it_is_not()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.Teacher.DoAsync("SetEntrance", new { asks = true });
        using var phone = new Phone(shared.Silo, lesson.Code);
        using var other = new Phone(shared.Silo, lesson.Code);
        var (in1, out1) = (await phone.JoinAsync("Бір"), await other.JoinAsync("Екі"));
        (in1.Waiting, out1.Waiting).ShouldBe((true, true));
        var pressedTwice = await phone.JoinAsync("Бір");
        (pressedTwice.Waiting, pressedTwice.Student).ShouldBe((true, in1.Student), "the reply to the first press may have been lost");
        await using var child = await WireClient.ConnectAsync(shared.Silo.Url, in1.Ticket);
        (await CodeAsync(child, lesson)).ShouldBe("entrance-waiting");
        (await child.RefusalAsync("RaiseHand", new { topic = "" })).ShouldBe("not-entered");
        await lesson.Teacher.UntilAsync(t => t.All("entry").Count == 2, "both at the door");
        await lesson.Teacher.DoAsync("Admit", new { studentIds = new[] { in1.Student } });
        await child.SyncAsync(lesson.ClassroomId);
        await lesson.Teacher.DoAsync("TurnAway", new { studentIds = new[] { out1.Student } });
        await using var turned = await WireClient.ConnectAsync(shared.Silo.Url, out1.Ticket);
        (await CodeAsync(turned, lesson)).ShouldBe("not-let-in");
        await lesson.Teacher.UntilAsync(t => t.All("entry").Count == 0, "nobody at the door");
    }

    [Fact]
    public async Task Three_hundred_phones_come_into_one_lesson_and_each_is_let_in()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        using var many = new SemaphoreSlim(20);
        var tickets = await Task.WhenAll(Enumerable.Range(0, 300).Select(async i =>
        {
            await many.WaitAsync();
            try
            {
                // A hall: beyond two classes an address pays ever more, so they come from five.
                using var phone = new Phone(shared.Silo, lesson.Code, IPAddress.Parse($"127.0.9.{1 + (i % 5)}"));
                return await phone.JoinAsync("Құс " + i);
            }
            finally
            {
                many.Release();
            }
        }));
        tickets.ShouldAllBe(t => t.Code == null);
        await lesson.Teacher.UntilAsync(t => t.Get("pace")!["joined"]!.GetValue<int>() == 300, "all of them");
        await using var last = await tickets[^1].ConnectAsync(lesson);
        using var late = new Phone(shared.Silo, lesson.Code);
        (await late.JoinAsync("Кеш")).Code.ShouldBe("classroom-full");
    }

    private static async Task<string?> CodeAsync(WireClient client, LessonHost lesson) =>
        (await client.CallAsync("Sync", lesson.ClassroomId, 0))!["refusal"]?["code"]?.GetValue<string>();

    private static async Task<string> NumberAsync(WireClient waiting, LessonHost lesson)
    {
        var refusal = (await waiting.CallAsync("Sync", lesson.ClassroomId, 0))!["refusal"]!;
        refusal["code"]!.GetValue<string>().ShouldBe("device-waiting");
        return refusal["args"]!["code"]!.GetValue<string>();
    }

    /// <summary>A browser that keeps its cookies, at one lesson.</summary>
    private sealed class Phone : IDisposable
    {
        private readonly HttpClient _http;
        private readonly string _url;
        private readonly string _code;
        private readonly CookieContainer _cookies = new();

        /// <param name="from">The address it comes from: all of 127.0.0.0/8 is this machine.</param>
        public Phone(SiloProcess silo, string code, IPAddress? from = null)
        {
            (_url, _code) = (silo.Url, code);
            var handler = new SocketsHttpHandler { CookieContainer = _cookies };
            if (from is not null)
            {
                handler.ConnectCallback = async (context, cancel) =>
                {
                    var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                    socket.Bind(new IPEndPoint(from, 0));
                    await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                    return new NetworkStream(socket, ownsSocket: true);
                };
            }

            _http = new HttpClient(handler);
            _http.DefaultRequestHeaders.Add("X-Ortaq", "1");
        }

        public async Task<Joined> JoinAsync(string nickname, bool device = false)
        {
            object? proof = null;
            while (true)
            {
                using var answer = await _http.PostAsJsonAsync(_url + "/api/join", new { code = _code, nickname, language = "kk", level = "simple", device, proof });
                var body = (await answer.Content.ReadFromJsonAsync<JsonNode>())!;
                if (body["challenge"] is { } challenge)
                {
                    proof = Tests.Phone.Solve(challenge);
                    continue;
                }

                return answer.IsSuccessStatusCode
                    ? new Joined(_url, null, body["ticket"]!.GetValue<string>(), body["studentId"]!.GetValue<Guid>(), body["waiting"]!.GetValue<bool>())
                    : new Joined(_url, body["code"]!.GetValue<string>(), "", Guid.Empty, false);
            }
        }

        public string Cookie(string name) => _cookies.GetCookies(new Uri(_url))[name]!.Value;

        public void Forget(string name) => _cookies.GetCookies(new Uri(_url))[name]!.Expired = true;

        public void Replace(string name, string value) => _cookies.Add(new Uri(_url), new Cookie(name, value, "/"));

        public void Dispose() => _http.Dispose();
    }

    private sealed record Joined(string Url, string? Code, string Ticket, Guid Student, bool Waiting)
    {
        public async Task<WireClient> ConnectAsync(LessonHost lesson)
        {
            var client = await WireClient.ConnectAsync(Url, Ticket);
            await client.SyncAsync(lesson.ClassroomId);
            return client;
        }
    }
}
