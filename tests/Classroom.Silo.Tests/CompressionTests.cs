using System.IO.Compression;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Classroom.Silo.Realtime;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>Messages are compressed for whoever agreed to that; a process is one observer.</summary>
public sealed class CompressionTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    [Theory]
    [InlineData("permessage-deflate; client_max_window_bits", true)]
    [InlineData("x-unknown, permessage-deflate; server_no_context_takeover", true)]
    [InlineData("permessage-deflate; server_max_window_bits=10", false)]
    [InlineData("x-webkit-deflate-frame", false)]
    [InlineData("", false)]
    public async Task Compression_is_agreed_to_as_it_is_offered(string offer, bool agreed)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Тұлпар" + offer.Length);
        await using var socket = await RawSocket.OpenAsync(
            shared.Silo.Url, $"{HubSetup.Path}?access_token={Uri.EscapeDataString(ticket)}", [.. offer.Length > 0 ? new[] { "Sec-WebSocket-Extensions: " + offer } : []]);
        socket.IsUpgraded.ShouldBeTrue();
        foreach (var part in new[] { "permessage-deflate", "server_no_context_takeover", "client_no_context_takeover" })
        {
            socket.Head.Contains(part, StringComparison.OrdinalIgnoreCase).ShouldBe(agreed, part);
        }
    }

    // The memory of it is too much for every phone of a school, and what makes one line enough for a room.
    [Theory]
    [InlineData(2, "permessage-deflate; client_max_window_bits", true)]
    [InlineData(2, "permessage-deflate; server_no_context_takeover", false)]
    [InlineData(1, "permessage-deflate; client_max_window_bits", false)]
    public async Task A_message_refers_to_those_before_it_for_phones_and_boards_of_a_satellite_alone(int room, string offer, bool remembers)
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        await lesson.Teacher.DoAsync("AddRoom", new { name = "204" });
        var (_, phone, _) = await lesson.JoinAsync("Қарлығаш", room: room);
        var (_, board) = await lesson.BoardOfAsync(room, null);
        using var pairing = await (await shared.Silo.BrowserAsync()).PostAsJsonAsync("/api/board/pair", new { });
        var begun = (await pairing.Content.ReadFromJsonAsync<JsonNode>())!;
        using var approved = await lesson.TeacherHttp.PostAsJsonAsync($"/api/classrooms/{lesson.ClassroomId}/board", new { pairing = begun["pairing"]!.GetValue<string>(), room });
        using var paired = await (await shared.Silo.BrowserAsync()).GetAsync("/api/board/pair/" + begun["secret"]!.GetValue<string>());
        var byCode = (await paired.Content.ReadFromJsonAsync<JsonNode>())!["ticket"]!.GetValue<string>();
        foreach (var ticket in new[] { phone, board, byCode })
        {
            await using var socket = await RawSocket.OpenAsync(shared.Silo.Url, $"{HubSetup.Path}?access_token={Uri.EscapeDataString(ticket)}", ["Sec-WebSocket-Extensions: " + offer]);
            socket.IsUpgraded.ShouldBeTrue();
            socket.Head.ShouldContain("permessage-deflate");
            socket.Head.Contains("server_no_context_takeover", StringComparison.OrdinalIgnoreCase).ShouldBe(!remembers);
        }
    }

    [Fact]
    public async Task A_client_that_compresses_takes_part_like_any_other()
    {
        await using var lesson = await LessonHost.OpenAsync(shared.Silo);
        var (_, ticket, _) = await lesson.JoinAsync("Сұңқар");
        using var socket = new ClientWebSocket();
        socket.Options.DangerousDeflateOptions = new WebSocketDeflateOptions();
        await socket.ConnectAsync(new Uri($"{shared.Silo.Url.Replace("http", "ws", StringComparison.Ordinal)}{HubSetup.Path}?access_token={Uri.EscapeDataString(ticket)}"), default);
        await SayAsync("{\"protocol\":\"json\",\"version\":1}");
        await SayAsync($"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"Sync\",\"arguments\":[\"{lesson.ClassroomId}\",0]}}");
        (await HearAsync("Snapshot")).ShouldContain("Сұңқар");
        await SayAsync($"{{\"type\":1,\"invocationId\":\"2\",\"target\":\"Execute\",\"arguments\":[{{\"id\":\"{Guid.CreateVersion7()}\",\"name\":\"RaiseHand\",\"fields\":{{\"topic\":\"{new string('т', 60)}\"}}}}]}}");
        (await HearAsync("\"invocationId\":\"2\"")).ShouldNotContain("refusal");

        Task SayAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message + "\u001e"), WebSocketMessageType.Text, true, default);

        async Task<string> HearAsync(string part)
        {
            var buffer = new byte[64 * 1024];
            var received = "";
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            while (!received.Contains(part, StringComparison.Ordinal))
            {
                received += Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer, patience.Token)).Count);
            }

            return received;
        }
    }

    [Fact]
    public async Task A_process_is_one_observer_however_many_come_in_at_the_same_moment()
    {
        var grains = DispatchProxy.Create<IGrainFactory, Factory>();
        var made = (Factory)(object)grains;
        using var audiences = LoneSilo.AudiencesOver(grains);
        var reference = typeof(Audiences).GetProperty("Reference", BindingFlags.Instance | BindingFlags.NonPublic)!;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() => reference.GetValue(audiences), TaskCreationOptions.LongRunning)));
        made.References.ShouldBe(1, "a second one would tell every screen everything twice");
    }

    /// <summary>Makes references slowly enough for all callers to meet.</summary>
    public class Factory : DispatchProxy
    {
        private int _references;

        public int References => _references;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            Interlocked.Increment(ref _references);
            // Whoever is let in beside the first is counted; one alone goes on after a moment.
            SpinWait.SpinUntil(() => _references == 4, TimeSpan.FromMilliseconds(200));
            return args![0];
        }
    }
}
