using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Classroom.Silo.Realtime;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace Classroom.Silo.Tests;

/// <summary>A real SignalR connection over a pipe of 16 KiB that only the test reads.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const int PipeBytes = 16 * 1024;
    private readonly Pipe _toBrowser = new(new PipeOptions(pauseWriterThreshold: PipeBytes, resumeWriterThreshold: PipeBytes / 2));
    private readonly Pipe _toServer = new();
    private readonly Queue<string> _read = new();
    private readonly NoticingWriter _out;
    private readonly DefaultConnectionContext _connection;

    /// <param name="snapshot">The version that a fresh start has.</param>
    /// <param name="catchUp">Who brings a fresh start, if not the browser itself.</param>
    public Browser(long snapshot, Func<ClientConnection, int, Task>? catchUp = null)
    {
        _out = new NoticingWriter(_toBrowser.Writer);
        _connection = new DefaultConnectionContext(
            Guid.NewGuid().ToString(), new Duplex(_toServer.Reader, _out), new Duplex(_toBrowser.Reader, _toServer.Writer));
        var hub = new HubConnectionContext(_connection, new HubConnectionContextOptions(), NullLoggerFactory.Instance) { Protocol = new JsonHubProtocol() };
        Connection = new ClientConnection(hub, (connection, hold) =>
        {
            CatchUps++;
            if (catchUp is not null)
            {
                return catchUp(connection, hold);
            }

            connection.Release(hold, [OutboundMessage.Snapshot(snapshot, "[]"u8.ToArray())]);
            return Task.CompletedTask;
        }, NullLogger.Instance, new ManualTime());
    }

    public ClientConnection Connection { get; }

    public int CatchUps { get; private set; }

    /// <summary>Ends when the connection takes no more until somebody reads.</summary>
    public Task IsFullAsync() => _out.Full.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Reads messages until one calls <paramref name="target"/>; returns all that were read, that one last.</summary>
    public async Task<List<string>> ReadUntilAsync(string target)
    {
        var received = new List<string>();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            while (_read.TryDequeue(out var message))
            {
                received.Add(message);
                if (message.Contains($"\"target\":\"{target}\"", StringComparison.Ordinal))
                {
                    return received;
                }
            }

            var result = await _toBrowser.Reader.ReadAsync(patience.Token);
            var rest = result.Buffer;
            while (rest.PositionOf((byte)0x1e) is { } end)
            {
                _read.Enqueue(Encoding.UTF8.GetString(rest.Slice(0, end)));
                rest = rest.Slice(rest.GetPosition(1, end));
            }

            _toBrowser.Reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _toBrowser.Reader.CompleteAsync();
        await _toServer.Writer.CompleteAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>Notices that a write has to wait; looking into the pipe would itself make audience.</summary>
    private sealed class NoticingWriter(PipeWriter inner) : PipeWriter
    {
        private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Full => _full.Task;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => Watched(inner.FlushAsync(cancellationToken));

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            Watched(inner.WriteAsync(source, cancellationToken));

        private ValueTask<FlushResult> Watched(ValueTask<FlushResult> flush)
        {
            if (!flush.IsCompleted)
            {
                _full.TrySetResult();
            }

            return flush;
        }
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
