using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Storage;

/// <summary>
/// The log with what is a child's sealed under that child's key, before it is hashed and stored. Read through here, a fact is as it was, or without a
/// word of a child that was forgotten. A snapshot opens with the keys of all the lesson's children together: when one is destroyed, no snapshot of
/// before can be read any more, in no copy.
/// Facts of before there were keys stand in the clear for ever, since they are chained as they are; of a child that was forgotten they are read as if they had
/// been sealed.
/// Invariant: a fact that holds something of a child is never stored in the clear. Invariant: nothing of a child that was forgotten is read through here.
/// </summary>
public sealed class SealedLog(IFactLog log, ChildKeys keys, PersonalFields fields) : IFactLog
{
    private const string Prefix = "classroom/";
    private const byte SealedSnapshot = 2;

    public int Waiting => log.Waiting;

    public async Task<AppendResult> AppendAsync(
        string stream, long expectedVersion, Guid commandId, IReadOnlyList<NewFact> facts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (LessonOf(stream) is not { } lesson)
        {
            return await log.AppendAsync(stream, expectedVersion, commandId, facts, cancellationToken);
        }

        // Whatever it holds: a lesson is stored or it is not, and its teacher is not told both by turns.
        await keys.RequireAsync(cancellationToken);
        var closed = new NewFact[facts.Count];
        for (var i = 0; i < closed.Length; i++)
        {
            closed[i] = await CloseAsync(lesson, stream, expectedVersion + 1 + i, facts[i], cancellationToken);
        }

        var result = await log.AppendAsync(stream, expectedVersion, commandId, closed, cancellationToken);
        // A key that was taken away meanwhile opens nothing of what was just stored.
        await keys.RequireAsync(CancellationToken.None);
        return result;
    }

    public async IAsyncEnumerable<StoredFact> ReadAsync(string stream, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (LessonOf(stream) is not { } lesson)
        {
            await foreach (var fact in log.ReadAsync(stream, after, cancellationToken))
            {
                yield return fact;
            }

            yield break;
        }

        IFactOwners? owners = null;
        await foreach (var stored in log.ReadAsync(stream, after, cancellationToken))
        {
            var fact = await OpenAsync(lesson, stream, stored, cancellationToken);
            var isOpen = fields.AreOpenIn(stored.Name, stored.Body);
            if (isOpen && owners is null && Forgotten(await keys.ReadAsync(lesson, cancellationToken)).Any())
            {
                owners = await OwnersBeforeAsync(lesson, stream, stored.Version, cancellationToken);
            }

            yield return owners?.Next(fact) is { } child && isOpen && Forgotten(await keys.ReadAsync(lesson, cancellationToken)).Contains(child)
                ? fact with { Body = fields.Unreadable(fact.Name, fact.Body), Unreadable = child } : fact;
        }
    }

    public async Task SaveSnapshotAsync(string stream, StoredSnapshot snapshot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var known = LessonOf(stream) is { } lesson ? Present(await keys.ReadAsync(lesson, cancellationToken)) : [];
        await log.SaveSnapshotAsync(stream, known.Length == 0 ? snapshot : snapshot with { Body = Close(stream, snapshot, known) }, cancellationToken);
    }

    public async Task<StoredSnapshot?> LoadSnapshotAsync(string stream, CancellationToken cancellationToken)
    {
        var snapshot = await log.LoadSnapshotAsync(stream, cancellationToken);
        if (snapshot is null || LessonOf(stream) is not { } lesson)
        {
            return snapshot;
        }

        var ring = await keys.ReadAsync(lesson, cancellationToken);
        return (snapshot is { Body: [SealedSnapshot, ..] } ? Open(stream, snapshot, ring) : snapshot) is { } opened ? opened with { Gone = [.. Forgotten(ring)] } : null;
    }

    private async Task<NewFact> CloseAsync(Guid lesson, string stream, long version, NewFact fact, CancellationToken cancellationToken)
    {
        if (!fields.AreIn(fact.Name) || fields.Take(fact.Name, fact.Body) is not { } taken)
        {
            return fact;
        }

        var child = fact.Child ?? throw new InvalidOperationException($"{fact.Name} does not say whose it is.");
        var key = await keys.KeyAsync(lesson, child, cancellationToken);
        return fact with { Body = fields.Without(fact.Name, fact.Body, child, Seal.Close(key, taken, PlaceOf(stream, version, fact.Name, child))) };
    }

    private async Task<StoredFact> OpenAsync(Guid lesson, string stream, StoredFact fact, CancellationToken cancellationToken)
    {
        if (!fields.AreIn(fact.Name) || PersonalFields.SealOf(fact.Body) is not var (child, bytes))
        {
            return fact;
        }

        if (!(await keys.ReadAsync(lesson, cancellationToken)).Keys.TryGetValue(child, out var key)
            && !(await keys.LoadAsync(lesson, cancellationToken)).Keys.TryGetValue(child, out key))
        {
            // Not taken for a child that was forgotten: the lesson would be stored without it.
            throw new StorageUnavailableException($"The key store lacks a key of lesson {lesson}: restore the key store.");
        }

        return key is null ? fact with { Body = fields.Unreadable(fact.Name, fact.Body), Unreadable = child }
            : Seal.Open(key, bytes, PlaceOf(stream, fact.Version, fact.Name, child)) is { } taken ? fact with { Body = PersonalFields.With(fact.Body, taken) }
            : throw new StorageUnavailableException($"Fact {fact.Version} of {stream} does not open with its key: it is damaged, or of another key store.");
    }

    // Seldom: only where facts of before there were keys are read in a lesson that has forgotten somebody.
    private async Task<IFactOwners> OwnersBeforeAsync(Guid lesson, string stream, long version, CancellationToken cancellationToken)
    {
        var owners = fields.Owners();
        await foreach (var fact in log.ReadAsync(stream, 0, cancellationToken))
        {
            if (fact.Version >= version)
            {
                break;
            }

            owners.Next(await OpenAsync(lesson, stream, fact, cancellationToken));
        }

        return owners;
    }

    private static IEnumerable<Guid> Forgotten(ChildKeys.Ring ring) => ring.Keys.Where(k => k.Value is null).Select(k => k.Key);

    private static (Guid Child, byte[] Key)[] Present(ChildKeys.Ring ring) =>
        [.. ring.Keys.Where(k => k.Value is not null).Select(k => (k.Key, k.Value!)).OrderBy(k => k.Key)];

    // One byte of format, how many children, their ids, then the sealed bytes.
    private static byte[] Close(string stream, StoredSnapshot snapshot, (Guid Child, byte[] Key)[] known)
    {
        var head = new byte[1 + sizeof(int) + (16 * known.Length)];
        head[0] = SealedSnapshot;
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(1), known.Length);
        for (var i = 0; i < known.Length; i++)
        {
            known[i].Child.TryWriteBytes(head.AsSpan(1 + sizeof(int) + (16 * i)));
        }

        return [.. head, .. Seal.Close(Together(known), snapshot.Body, PlaceOf(stream, snapshot))];
    }

    /// <returns>Null when a child of then is forgotten now: the lesson is replayed from its facts.</returns>
    private static StoredSnapshot? Open(string stream, StoredSnapshot snapshot, ChildKeys.Ring ring)
    {
        var body = snapshot.Body.AsSpan();
        if (body.Length < 1 + sizeof(int) || BinaryPrimitives.ReadInt32BigEndian(body[1..]) is var count && (count <= 0 || count > (body.Length - 1 - sizeof(int)) / 16))
        {
            return null;
        }

        var known = new (Guid Child, byte[] Key)[count];
        for (var i = 0; i < count; i++)
        {
            var child = new Guid(body.Slice(1 + sizeof(int) + (16 * i), 16));
            if (!ring.Keys.TryGetValue(child, out var key) || key is null)
            {
                return null;
            }

            known[i] = (child, key);
        }

        return Seal.Open(Together(known), body[(1 + sizeof(int) + (16 * count))..], PlaceOf(stream, snapshot)) is { } opened ? snapshot with { Body = opened } : null;
    }

    private static byte[] Together((Guid Child, byte[] Key)[] known) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, [.. known.SelectMany(k => k.Key)], Seal.KeySize, info: "snapshot"u8.ToArray());

    private static byte[] PlaceOf(string stream, long version, string name, Guid child) => Encoding.UTF8.GetBytes($"{stream}\n{version}\n{name}\n{child}");

    private static byte[] PlaceOf(string stream, StoredSnapshot snapshot) => Encoding.UTF8.GetBytes($"{stream}\n{snapshot.Version}\n{snapshot.Format}");

    private static Guid? LessonOf(string stream) =>
        stream.StartsWith(Prefix, StringComparison.Ordinal) && Guid.TryParseExact(stream.AsSpan(Prefix.Length), "D", out var lesson) ? lesson : null;
}
