using System.Diagnostics;
using System.Threading.Channels;

namespace Classroom.Storage;

/// <summary>One append that waits for the next commit.</summary>
internal sealed record PendingAppend(string Stream, long ExpectedVersion, Guid CommandId, IReadOnlyList<NewFact> Facts)
{
    public TaskCompletionSource<AppendResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ActivityContext? Origin { get; } = Tracing.Origin;
}

/// <summary>
/// One writer per process and database: whatever arrived while the last commit was flushed goes into the next one, together.
/// Invariant: an append completes only after the commit that holds it.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private const int MaxBatch = 256;
    private readonly Channel<PendingAppend> _queue = Channel.CreateBounded<PendingAppend>(
        new BoundedChannelOptions(4096) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Func<IReadOnlyList<PendingAppend>, Task<AppendResult[]>> _commit;
    private readonly Task _loop;
    private int _waiting;

    /// <param name="commit">Stores a batch, all or nothing; one result per append, in order.</param>
    public GroupCommit(Func<IReadOnlyList<PendingAppend>, Task<AppendResult[]>> commit)
    {
        _commit = commit;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Appends that were asked for and are not settled.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public async Task<AppendResult> AppendAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _queue.Writer.WriteAsync(append, cancellationToken);
            // Once queued it is carried out: a caller that gives up waiting must not make the outcome unknown to the next one.
            return await append.Done.Task;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        var batch = new List<PendingAppend>(MaxBatch);
        while (await _queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var append))
            {
                batch.Add(append);
            }

            if (!await TryCommitAsync(batch) && batch.Count > 1)
            {
                // One bad append must not fail its neighbours: commit one by one.
                foreach (var append in batch)
                {
                    if (!await TryCommitAsync([append]))
                    {
                        append.Done.TrySetException(new StorageUnavailableException("The append could not be stored."));
                    }
                }
            }
        }
    }

    private async Task<bool> TryCommitAsync(IReadOnlyList<PendingAppend> batch)
    {
        using var span = Tracing.Source.HasListeners()
            ? Tracing.Begin("log commit", ActivityKind.Internal, [.. batch.Where(a => a.Origin is not null).Select(a => a.Origin!.Value)]) : null;
        try
        {
            var results = await _commit(batch);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Done.TrySetResult(results[i]);
            }

            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it was: an exception that ended this loop would leave every later append of the process without an answer.
            if (batch.Count == 1)
            {
                batch[0].Done.TrySetException(new StorageUnavailableException("The database did not store it: " + e.Message, e));
            }

            return false;
        }
    }
}
