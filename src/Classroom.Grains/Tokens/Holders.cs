using Orleans.Runtime;

namespace Classroom.Grains;

/// <summary>Which silos that held something are no more.</summary>
public sealed class Holders(IClusterMembershipService membership, ILocalSiloDetails own, TimeProvider time)
{
    private static readonly TimeSpan News = TimeSpan.FromSeconds(1);

    public string Own { get; } = own.SiloAddress.ToParsableString();

    /// <param name="holders">Addresses as <see cref="SiloAddress.ToParsableString"/> writes them.</param>
    public async Task<IReadOnlySet<string>> GoneAsync(IEnumerable<string> holders)
    {
        var all = holders.ToHashSet(StringComparer.Ordinal);
        if (all.Any(h => h != Own))
        {
            // Another silo may have noticed it before this one. Where the table cannot be read, what is known must do.
            await membership.Refresh().AsTask().WaitAsync(News, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        all.RemoveWhere(h => !IsGone(SiloAddress.FromParsableString(h)));
        return all;
    }

    // One that nobody knows is of an earlier life of the cluster, or is so new that this silo has not heard of it.
    private bool IsGone(SiloAddress silo) => membership.CurrentSnapshot.GetSiloStatus(silo) switch
    {
        SiloStatus.Dead => true,
        SiloStatus.None => silo.Generation < own.SiloAddress.Generation,
        _ => false,
    };
}
