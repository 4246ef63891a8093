using System.Net.WebSockets;
using System.Security.Claims;
using Classroom.Silo.Realtime;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace Classroom.Silo.Tests;

/// <summary>Invariant: a connection that is aborted while it ends, or after, harms nobody. What is thrown on a thread of the pool ends the whole process, these tests with it.</summary>
public sealed class AbortTests
{
    [Fact]
    public async Task A_connection_that_is_aborted_says_so()
    {
        await using var connection = Connection();
        var closed = new TaskCompletionSource();
        await using var told = connection.ConnectionClosed.Register(closed.SetResult);
        connection.Abort(new ConnectionAbortedException());
        await closed.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_connection_that_has_ended_may_be_aborted()
    {
        for (var i = 0; i < 100; i++)
        {
            var connection = Connection();
            await connection.DisposeAsync();
            connection.Abort(new ConnectionAbortedException());
        }

        await PoolIsDoneAsync();
    }

    private static async Task PoolIsDoneAsync()
    {
        while (ThreadPool.PendingWorkItemCount > 0)
        {
            await Task.Yield();
        }

        var last = new TaskCompletionSource();
        ThreadPool.UnsafeQueueUserWorkItem(static l => l.SetResult(), last, preferLocal: false);
        await last.Task;
    }

    private static WebSocketConnection Connection() => new(
        WebSocket.CreateFromStream(new MemoryStream(), new WebSocketCreationOptions { IsServer = true }), new ClaimsPrincipal(), new ByteBudget(), new Line(new()), null, new DefaultHttpContext());
}
