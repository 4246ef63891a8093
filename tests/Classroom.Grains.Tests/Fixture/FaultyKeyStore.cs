namespace Classroom.Grains.Tests;

/// <summary>A real key store that can be away, and counts what is asked of it.</summary>
public sealed class FaultyKeyStore(IKeyStore real) : IKeyStore
{
    private int _added;
    private int _probed;

    /// <summary>Nothing answers while it is set.</summary>
    public bool IsAway { get; set; }

    /// <summary>No key can be destroyed while it is set.</summary>
    public bool KeepsKeys { get; set; }

    public int Added => _added;

    /// <summary>How often it was asked whether it stores.</summary>
    public int Probed => _probed;

    public Task<Guid> PrepareAsync(MasterKey master, CancellationToken cancellationToken) => real.PrepareAsync(master, cancellationToken);

    public Task<IReadOnlyList<StoredKey>> LoadAsync(Guid lesson, CancellationToken cancellationToken) => AskAsync(() => real.LoadAsync(lesson, cancellationToken));

    public Task<StoredKey> AddAsync(Guid lesson, Guid child, byte[] wrapped, DateTimeOffset at, CancellationToken cancellationToken) => AskAsync(() =>
    {
        Interlocked.Increment(ref _added);
        return real.AddAsync(lesson, child, wrapped, at, cancellationToken);
    });

    public Task OrderAsync(Erasure erasure, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await real.OrderAsync(erasure, cancellationToken);
        return true;
    });

    public Task<IReadOnlyList<Erasure>> OrderedAsync(CancellationToken cancellationToken) => AskAsync(() => real.OrderedAsync(cancellationToken));

    public Task DestroyAsync(Guid lesson, Guid child, DateTimeOffset at, CancellationToken cancellationToken) => KeepsKeys ? throw new IOException("The key is not destroyed.") : AskAsync(async () =>
    {
        await real.DestroyAsync(lesson, child, at, cancellationToken);
        return true;
    });

    public Task<int> DestroyAsync(IReadOnlyList<(Guid Lesson, Guid Child)> children, DateTimeOffset at, CancellationToken cancellationToken) => real.DestroyAsync(children, at, cancellationToken);

    public Task<ForgottenNote> ForgottenAsync(CancellationToken cancellationToken) => real.ForgottenAsync(cancellationToken);

    public Task NoteForgottenAsync(ForgottenNote note, CancellationToken cancellationToken) => real.NoteForgottenAsync(note, cancellationToken);

    public Task RequireAsync(CancellationToken cancellationToken) => real.RequireAsync(cancellationToken);

    public Task ProbeAsync(DateTimeOffset at, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _probed);
        return ProbeRealAsync(at, cancellationToken);
    }

    private Task ProbeRealAsync(DateTimeOffset at, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        await real.ProbeAsync(at, cancellationToken);
        return true;
    });

    public Task<int> SeeDayAsync(DateOnly day, DateOnly since, CancellationToken cancellationToken) => real.SeeDayAsync(day, since, cancellationToken);

    public Task<IReadOnlyList<Guid>> LessonsWithKeysOfBeforeAsync(DateTimeOffset time, Guid after, int most, CancellationToken cancellationToken) =>
        AskAsync(() => real.LessonsWithKeysOfBeforeAsync(time, after, most, cancellationToken));

    private Task<T> AskAsync<T>(Func<Task<T>> ask) => IsAway ? throw new IOException("The key store is away.") : ask();
}
