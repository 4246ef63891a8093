namespace Classroom.Faults.Tests;

/// <summary>
/// Writers straight on a fact log, each to a stream: as grains do, they try a command with the same id until it is stored, and after a
/// conflict go on from the stream's own version.
/// </summary>
public sealed class Writers(Ledger ledger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(30);
    private int _repeats;
    private int _unavailable;

    public int Repeats => _repeats;

    /// <summary>Appends that the log refused because the database was not there.</summary>
    public int Unavailable => _unavailable;

    /// <summary>Writes until told to stop.</summary>
    public async Task WriteAsync(IFactLog log, string stream, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(log);
        var (by, version) = (Guid.CreateVersion7(), 0L);
        while (!stop.IsCancellationRequested)
        {
            var (command, mark) = (Guid.CreateVersion7(), "жапырақ-" + Guid.NewGuid().ToString("N"));
            ledger.Send(new Sent(command, by, stream, mark, null));
            var fact = new NewFact("test.1", "{}", DateTimeOffset.UnixEpoch, $$"""{"t":"{{mark}}"}""");
            while (await TryAsync(log, stream, version, command, fact) is var result)
            {
                version = result?.Version ?? version;
                if (result is { Status: not AppendStatus.Conflict })
                {
                    ledger.Acknowledge(command, version);
                    break;
                }

                if (result is null)
                {
                    if (stop.IsCancellationRequested)
                    {
                        return;
                    }

                    await Task.Delay(Pause, CancellationToken.None);
                }
            }
        }
    }

    private async Task<AppendResult?> TryAsync(IFactLog log, string stream, long version, Guid command, NewFact fact)
    {
        try
        {
            var result = await log.AppendAsync(stream, version, command, [fact], CancellationToken.None);
            Interlocked.Add(ref _repeats, result.Status == AppendStatus.Repeated ? 1 : 0);
            return result;
        }
        catch (StorageUnavailableException)
        {
            Interlocked.Increment(ref _unavailable);
            return null;
        }
    }
}
