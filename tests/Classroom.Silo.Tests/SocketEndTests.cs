namespace Classroom.Silo.Tests;

/// <summary>However a connection ends, nothing of it is left in the process; what says how many are left is the process itself when it stops.</summary>
public sealed class SocketEndTests
{
    private static readonly (string, string?) Short = ("Hub__SilentSeconds", "4");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_browser_that_goes_silent_is_let_go_whether_it_reads_or_not(bool reads)
    {
        await using var silo = await SiloProcess.StartAsync(null, Short);
        await using var lesson = await LessonHost.OpenAsync(silo);
        using var beating = new CancellationTokenSource();
        // The teacher's browser pings, as browsers do; without it the server would let the teacher go too.
        var teacher = PingAsync(lesson.Teacher, beating.Token);
        var (there, ticket, id) = await lesson.JoinAsync("Елік");
        await there.DisposeAsync();
        await lesson.Teacher.UntilAsync(t => !t.Present.Contains(id), "nobody");
        await using var silent = await RawSocket.OpenAsync(silo.Url, "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket));
        // From its first ping on SignalR expects more of them.
        await silent.SendTextAsync(RawSocket.Handshake + SocketTests.Call(1, "Sync", lesson.ClassroomId, 0) + "{\"type\":6}\u001e");
        await lesson.Teacher.UntilAsync(t => t.Present.Contains(id), "the one who will go silent");
        if (reads)
        {
            await silent.ToTheEndAsync();
        }

        await lesson.Teacher.UntilAsync(t => !t.Present.Contains(id), "the silent one to be let go");
        await beating.CancelAsync();
        await teacher;
        silo.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_of_a_type_that_nobody_knows_ends_its_own_connection_in_time_and_no_other()
    {
        await using var silo = await SiloProcess.StartAsync(null, Short);
        await using var lesson = await LessonHost.OpenAsync(silo);
        using var beating = new CancellationTokenSource();
        var teacher = PingAsync(lesson.Teacher, beating.Token);
        var (_, ticket, _) = await lesson.JoinAsync("Суыр");
        await using var socket = await RawSocket.OpenAsync(silo.Url, "/hubs/classroom?access_token=" + Uri.EscapeDataString(ticket));
        await socket.SendTextAsync(RawSocket.Handshake + "{\"type\":6}\u001e");
        await socket.UntilAsync("{}");
        // SignalR's own reader takes it for the beginning of one that is still coming, and the connection for silent.
        await socket.SendTextAsync("{\"type\":54}\u001e" + SocketTests.Call(1, "DropTables"));
        await socket.ToTheEndAsync();
        await lesson.Teacher.DoAsync("LockLobby", new { });
        await beating.CancelAsync();
        await teacher;
    }

    [Fact]
    public async Task Thousands_of_connections_that_come_and_go_leave_nothing_behind()
    {
        await using var silo = await SiloProcess.StartAsync();
        await using var lesson = await LessonHost.OpenAsync(silo);
        var students = new List<(WireClient Client, string Ticket, Guid)>();
        while (students.Count < 20)
        {
            students.Add(await lesson.JoinAsync("Суыр " + students.Count));
        }

        var enter = RawSocket.Handshake + SocketTests.Call(1, "Sync", lesson.ClassroomId, 0);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async worker =>
        {
            var target = "/hubs/classroom?access_token=" + Uri.EscapeDataString(students[worker].Ticket);
            var random = new Random(worker);
            for (var i = 0; i < 100; i++)
            {
                await using var socket = await RawSocket.OpenAsync(silo.Url, target);
                // Some go before they have said who they are, some while they are being brought in, some afterwards; with and without a goodbye.
                if (i % 5 != 0)
                {
                    await socket.SendTextAsync(enter + (i % 2 == 0 ? SocketTests.Call(2, "Execute", new { id = Guid.CreateVersion7(), name = "RaiseHand", fields = new { topic = "т" } }) : ""));
                }

                if (i % 5 is 3 or 4)
                {
                    // Let in, or told that it comes too fast: all of a seat have one allowance.
                    await socket.UntilAsync("\"invocationId\":\"1\"");
                }

                if (random.Next(2) == 0)
                {
                    await socket.SendAsync(RawSocket.Frame(8, [3, 232]));
                }

                if (random.Next(2) == 0)
                {
                    socket.Cut();
                }
            }
        }));
        foreach (var (client, _, _) in students)
        {
            await client.DisposeAsync();
        }

        // The audience's own list is what presence is read from: when the student is not in it, no screen of theirs is.
        await lesson.Teacher.UntilAsync(t => t.Present.Count == 0, "all of them to be gone");
        await lesson.Teacher.DisposeAsync();
        await silo.StopAsync();
        silo.Output.Split((char)10).First(l => l.Contains("Drained:", StringComparison.Ordinal)).ShouldContain("Drained: 0 connections, 0 in classrooms, 0 calls under way");
        silo.Failures.ShouldBeEmpty();
    }

    private static async Task PingAsync(WireClient client, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await client.SendRawAsync("{\"type\":6}");
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
