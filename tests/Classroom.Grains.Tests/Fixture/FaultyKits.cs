using Classroom.Kits;

namespace Classroom.Grains.Tests;

/// <summary>The shipped kits, behind a store that a test takes away.</summary>
public sealed class FaultyKits : IKits
{
    public bool IsAway { get; set; }

    public KitLibrary Now { get; } = KitLibrary.LoadAll(KitLibrary.ShippedFolder);

    public ValueTask<Kit?> FindAsync(string id, string hash, CancellationToken cancellationToken) =>
        IsAway ? throw new StorageUnavailableException("The kits are away.") : ((IKits)Now).FindAsync(id, hash, cancellationToken);
}
