using System.Security.Cryptography;
using System.Text;
using Orleans;

namespace Classroom.Grains;

/// <summary>One code that a board may show.</summary>
[CollectionAgeLimit(Minutes = 20)]
public sealed class PairingGrain(TimeProvider time) : Grain, IPairingGrain
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    // A board that is there asks every 2 s, and once a minute while nobody looks at its page.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(90);
    private static readonly PairingAnswer Unknown = new(false, null, Guid.Empty);
    private string? _secret;
    private Guid? _classroomId;
    private Guid _boardId;
    private bool _away;
    private long _since;
    private long _askedAt;

    private bool IsWaiting => _secret is not null && time.GetElapsedTime(_since) < Life && time.GetElapsedTime(_askedAt) < Silence;

    public Task<bool> Begin(string secret)
    {
        if (IsWaiting)
        {
            return Task.FromResult(false);
        }

        (_secret, _classroomId, _since, _askedAt) = (secret, null, time.GetTimestamp(), time.GetTimestamp());
        return Task.FromResult(true);
    }

    public Task<bool> Waits() => Task.FromResult(IsWaiting && _classroomId is null);

    public Task<bool> Approve(Guid classroomId, Guid boardId, bool away)
    {
        if (!IsWaiting || _classroomId is not null)
        {
            return Task.FromResult(false);
        }

        (_classroomId, _boardId, _away) = (classroomId, boardId, away);
        return Task.FromResult(true);
    }

    public Task<PairingAnswer> Ask(string secret)
    {
        if (!IsWaiting || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(_secret!)))
        {
            return Task.FromResult(Unknown);
        }

        _askedAt = time.GetTimestamp();
        var answer = new PairingAnswer(true, _classroomId, _boardId, _away);
        _secret = _classroomId is null ? _secret : null;
        return Task.FromResult(answer);
    }
}
