using System.Text;

namespace Classroom.Storage;

/// <summary>
/// Photos of children's works, each sealed under its child's key of the lesson. Invariant: one is opened only as the photo, of the lesson and the child, that it was
/// closed as; and never after the child was forgotten.
/// </summary>
public sealed class PhotoStore(SealedPhotos photos, ChildKeys keys)
{
    /// <summary>Keeps a photo. The same again changes nothing.</summary>
    /// <exception cref="StorageUnavailableException">The child was forgotten, or the keys cannot be reached.</exception>
    public async Task AddAsync(Guid lesson, Guid id, Guid child, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var key = await keys.KeyAsync(lesson, child, cancellationToken);
        await photos.AddAsync(lesson, id, child, Seal.Close(key, bytes.Span, PlaceOf(lesson, id, child)), cancellationToken);
        // Who was forgotten meanwhile has no key any more; what was just added goes after the rest.
        if ((await keys.LoadAsync(lesson, cancellationToken)).Keys.GetValueOrDefault(child) is null)
        {
            await photos.RemoveAsync(lesson, id, cancellationToken);
        }
    }

    /// <returns>Null when there is none of this child, or nothing opens it any more.</returns>
    public async Task<byte[]?> ReadAsync(Guid lesson, Guid id, Guid child, CancellationToken cancellationToken) =>
        await photos.ReadAsync(lesson, id, cancellationToken) is { } found && found.Child == child
            && (await keys.ReadAsync(lesson, cancellationToken)).Keys.GetValueOrDefault(child) is { } key
            ? Seal.Open(key, found.Bytes, PlaceOf(lesson, id, child)) : null;

    /// <summary>Those of a child, oldest first.</summary>
    public Task<IReadOnlyList<Guid>> OfChildAsync(Guid lesson, Guid child, CancellationToken cancellationToken) => photos.OfChildAsync(lesson, child, cancellationToken);

    public Task RemoveAsync(Guid lesson, Guid id, CancellationToken cancellationToken) => photos.RemoveAsync(lesson, id, cancellationToken);

    private static byte[] PlaceOf(Guid lesson, Guid id, Guid child) => Encoding.UTF8.GetBytes($"photo/{lesson}/{id}/{child}");
}
