using System.Collections;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Classroom.Silo.Realtime;
using Npgsql;

namespace Classroom.Cluster.Tests;

/// <summary>
/// Invariant: what a child is called, writes, guesses or carries stands in no log, whatever is sent and whatever fails: at the program's own levels, and at
/// Debug for its own code. The words are planted in every field of every command and wherever HTTP takes text; then all that the silos printed is searched.
/// </summary>
public sealed class SilentLog(ITestOutputHelper output)
{
    private const string Nickname = "Сырғақұпия";
    private const string Words = "Қарақұпия Zq7planted";
    private const string Code = "ZQ7PLANT";
    private const string NewCode = "ZQ7PLAN2";
    private const string Password = "Zq7Password99";

    [Fact]
    public async Task Neither_a_name_nor_a_word_nor_a_code_of_a_child_is_printed_whatever_fails()
    {
        await using var model = await ProtocolServer.StartAsync();
        await using var cluster = await SiloCluster.StartAsync(
            2, ("Logging__LogLevel__Classroom", "Debug"), ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"), ("Tutor__ApiKey", Password));
        await using var host = await LessonHost.OpenAsync(cluster.Silos[0]);
        var secrets = new List<string> { Nickname, "Қарақұпия", "Zq7planted", Code, NewCode, Password, host.Code };
        var (student, ticket, _) = await host.JoinAsync(Nickname);
        secrets.Add(ticket);
        await host.Teacher.DoAsync("StartLesson", new { });
        await host.Teacher.DoAsync("GoToStep", new { stepId = host.StepOf("make") });
        var text = new { kk = "Не байқадыңыз?", ru = "Что вы заметили?", en = "What did you notice?" };
        await host.Teacher.DoAsync("AskOwnQuestion", new { question = new { id = "own", kind = "open", text, options = Array.Empty<object>(), min = 0, max = 0 } });
        var step = host.StepOf("make");

        await SayAsync(null);
        await HttpAsync(cluster.Silos[0], host.Code);
        await CommandsAsync(host.Teacher, async () =>
        {
            await host.Teacher.ConnectAgainAsync(cluster.Silos[0].Url, cookie: host.TeacherCookie);
            await host.Teacher.SyncAsync(host.ClassroomId);
        });
        await CommandsAsync(student, async () =>
        {
            await student.ConnectAgainAsync(cluster.Silos[0].Url, ticket);
            await student.SyncAsync(host.ClassroomId);
        });
        foreach (var frame in new[]
        {
            $$"""{"type":1,"invocationId":"x","target":"{{Words}}","arguments":["{{Words}}"]}""",
            $$"""{"type":1,"invocationId":"y","target":"Execute","arguments":["{{Words}}","{{Words}}"]}""",
            $$"""{"type":1,"invocationId":"z","target":"Sync","arguments":[{"{{Words}}":"{{Words}}"},"{{Words}}"]}""",
            $$"""{"type":1,"invocationId":"w","target":"Execute","arguments":[{"id":"{{Words}}","name":"{{Words}}","waited":"{{Words}}","fields":"{{Words}}" """,
        })
        {
            // The last of them ends its connection.
            await using var other = await WireClient.ConnectAsync(cluster.Silos[1].Url, ticket);
            await other.SendRawAsync(frame);
            await other.RefusalAsync("RaiseHand", new { topic = Words }).ContinueWith(static _ => { }, TaskScheduler.Default);
        }

        // The database refuses, and its error holds the row.
        await SqlAsync("alter table facts add constraint refused check (version < 0) not valid");
        await SayAsync("not-saved");
        await SqlAsync("alter table facts drop constraint refused");
        await SayAsync(null);

        model.Mood = Mood.Broken;
        await host.Teacher.DoAsync("SetTutorPolicy", new { stepId = step, policy = "assisted" }).ContinueWith(static _ => { }, TaskScheduler.Default);
        await student.RefusalAsync("AskTutor", new { exchangeId = Guid.CreateVersion7(), stepId = step, question = Words });
        var explanation = Guid.CreateVersion7();
        await host.Teacher.DoAsync("GoToStep", new { stepId = host.StepOf("explain") });
        await host.Teacher.DoAsync("RequestExplanation", new { explanationId = explanation, stepId = host.StepOf("explain"), words = Words, mode = "plain" });
        await host.Teacher.UntilAsync(t => (string?)t.Get("explanation", explanation.ToString())?["status"] is "finished" or "failed", "the end of the explanation");

        // Somebody speaks from the other silo while the first dies.
        await student.ConnectAgainAsync(cluster.Silos[1].Url, ticket);
        await student.SyncAsync(host.ClassroomId);
        var speaking = Enumerable.Range(0, 20).Select(i => student.RefusalAsync("RaiseHand", new { topic = $"{Words} {i}" }).ContinueWith(static _ => { }, TaskScheduler.Default)).ToList();
        await cluster.Silos[0].KillAsync();
        await Task.WhenAll(speaking);
        while (await student.RefusalAsync("RaiseHand", new { topic = Words }) is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        // The database is away wholly: what is not in memory cannot be read.
        await SqlAsync("alter database {0} allow_connections false", "postgres");
        await SqlAsync("select pg_terminate_backend(pid) from pg_stat_activity where datname = '{0}'", "postgres");
        (await JoinAsync(cluster.Silos[1], NewCode)).ShouldBe(HttpStatusCode.ServiceUnavailable, "nobody can say whether it is right");
        (await JoinAsync(cluster.Silos[1], host.Code)).ShouldNotBe(HttpStatusCode.OK);
        await SqlAsync("alter database {0} allow_connections true", "postgres");
        while (await JoinAsync(cluster.Silos[1], NewCode) is HttpStatusCode.ServiceUnavailable)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }

        (await JoinAsync(cluster.Silos[1], NewCode)).ShouldBe(HttpStatusCode.NotFound, "it is looked for again");

        var printed = string.Concat(cluster.Silos.Select(s => s.Output));
        printed.ShouldContain("was not stored", Case.Sensitive, "the fault was one");
        foreach (var secret in secrets)
        {
            foreach (var form in new[] { secret, JsonSerializer.Serialize(secret)[1..^1], Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) })
            {
                var at = printed.IndexOf(form, StringComparison.OrdinalIgnoreCase);
                (at < 0 ? "" : printed[Math.Max(0, at - 300)..Math.Min(printed.Length, at + 100)]).ShouldBe("", $"{secret} was printed");
            }
        }

        output.WriteLine($"{printed.Length} characters were searched");

        async Task SayAsync(string? refusal)
        {
            (await student.RefusalAsync("GiveAnswer", new { questionId = "own", options = Array.Empty<string>(), text = Words + Guid.NewGuid() })).ShouldBe(refusal);
            (await student.RefusalAsync("SaveDraft", new { stepId = step, text = Words + Guid.NewGuid(), ownContribution = Words, reflection = Words, sources = new[] { Words } })).ShouldBe(refusal);
            (await student.RefusalAsync("RaiseHand", new { topic = Words + Guid.NewGuid() })).ShouldBe(refusal);
        }

        async Task SqlAsync(string sql, string? at = null)
        {
            var settings = new NpgsqlConnectionStringBuilder(cluster.Database) { Pooling = false };
            var name = settings.Database;
            settings.Database = at ?? name;
            await using var database = new NpgsqlConnection(settings.ConnectionString);
            await database.OpenAsync();
#pragma warning disable CA2100 // Constants of this test.
            await using var command = new NpgsqlCommand(sql.Replace("{0}", name, StringComparison.Ordinal), database);
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync();
        }
    }

    private static async Task<HttpStatusCode> JoinAsync(SiloProcess silo, string code)
    {
        using var http = await silo.BrowserAsync();
        using var joined = await http.PostAsJsonAsync("/api/join", new { code, nickname = $"{Nickname} 2", language = "kk", level = "simple", themed = false });
        return joined.StatusCode;
    }

    // Each command with words of its fields' types, with far too long ones, and with a word where something else belongs.
    private static async Task CommandsAsync(WireClient client, Func<Task> comeBack)
    {
        foreach (var command in Lesson.Commands.All.Where(c => c.Name is not ("EndLesson" or "RemoveStudent" or "AskOwnQuestion" or "CloseQuestion" or "SwitchAi")))
        {
            var fields = command.Type.GetConstructors()[0].GetParameters();
            foreach (var value in new Func<ParameterInfo, object?>[] { p => Of(p.ParameterType, Words), p => Of(p.ParameterType, string.Concat(Enumerable.Repeat(Words, 40))), _ => Words })
            {
                var call = fields.ToDictionary(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!), value);
                try
                {
                    do
                    {
                        // What a person may do in a second, and a little less.
                        await Task.Delay(TimeSpan.FromSeconds(1.3 / CallRate.ASecond));
                    }
                    while (await client.RefusalAsync(command.Name, call) == "too-fast");
                }
                catch (IOException)
                {
                    // Too much of it: the server hung up.
                    await comeBack();
                }
            }
        }
    }

    private static object? Of(Type type, string words) =>
        type == typeof(string) ? words
        : type == typeof(Guid) ? Guid.CreateVersion7()
        : type == typeof(bool) ? false
        : type == typeof(int) || type == typeof(int?) ? 1
        : type.IsEnum ? Enum.GetNames(type)[0]
        : typeof(IEnumerable).IsAssignableFrom(type) ? new[] { words }
        : new Dictionary<string, string> { ["kk"] = words, ["ru"] = words, ["en"] = words, ["text"] = words };

    private static async Task HttpAsync(SiloProcess silo, string code)
    {
        using var http = await silo.BrowserAsync();
        object[] bodies =
        [
            new { code = Code, nickname = Nickname, language = "kk", level = "simple", themed = false },
            new { code, nickname = Nickname + Words, language = "kk", level = "simple", themed = false },
            new { code, nickname = string.Concat(Enumerable.Repeat(Words, 200)), language = Words, level = Words, themed = false },
            new { code = Words, nickname = Words, language = Words, level = Words, themed = Words },
        ];
        foreach (var body in bodies)
        {
            using var joined = await http.PostAsJsonAsync("/api/join", body);
        }

        foreach (var (user, password) in new[] { ("teacher", Password), (Words, Password), (Words + "\0", Password) })
        {
            using var login = await http.PostAsJsonAsync("/api/login", new { userName = user, password });
        }

        foreach (var path in new[]
        {
            $"/j/{Code}", $"/j/{Words}", $"/api/join?nickname={Words}", $"/api/board/pair/{Words}", $"/api/board/pair/123456{Code}", $"/enter/{Words}", $"/hubs/classroom?access_token={Words}",
            $"/api/nicknames?language={Words}", $"/api/qr?text={Words}", $"/{Words}", $"/api/incidents?days={Words}", $"/api/classrooms/{Words}/export",
        })
        {
            using var got = await http.GetAsync(new Uri(path, UriKind.Relative));
            using var posted = await http.PostAsync(new Uri(path, UriKind.Relative), new StringContent($"{{\"nickname\":\"{Words}", Encoding.UTF8, "application/json"));
        }

        using var carried = new HttpRequestMessage(HttpMethod.Get, "/api/session");
        carried.Headers.TryAddWithoutValidation("Authorization", "Bearer Zq7planted");
        carried.Headers.TryAddWithoutValidation("Cookie", "ortaq=Zq7planted");
        using var answered = await http.SendAsync(carried);

        // What Kestrel itself refuses.
        foreach (var line in new[] { "GET /Zq7planted HTTP/9.9\r\n\r\n", "Zq7planted\r\n\r\n", "GET / HTTP/1.1\r\nHost: Zq7planted Zq7planted\r\n\r\n", "GET /\u0001Zq7planted HTTP/1.1\r\nHost: x\r\nContent-Length: Zq7planted\r\n\r\n" })
        {
            using var socket = new TcpClient();
            var at = new Uri(silo.Url);
            await socket.ConnectAsync(at.Host, at.Port);
            try
            {
                var stream = socket.GetStream();
                await stream.WriteAsync(Encoding.ASCII.GetBytes(line));
                await stream.CopyToAsync(Stream.Null);
            }
            catch (IOException)
            {
                // It hung up at once.
            }
        }
    }
}
