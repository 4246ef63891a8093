using Classroom.Silo.Realtime;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;

namespace Classroom.Silo.Tests;

/// <summary>A process's audiences without a cluster around it: nobody comes, nobody dies.</summary>
internal static class LoneSilo
{
    public static Audiences AudiencesOver(IGrainFactory grains, TimeProvider? time = null) => new(
        grains,
        Answering.With<ILocalSiloDetails>((_, _) => SiloAddress.Zero),
        Answering.With<IClusterMembershipService>((_, _) => Nobody()),
        Answering.With<IHostApplicationLifetime>((_, _) => CancellationToken.None),
        time ?? TimeProvider.System,
        NullLogger<Audiences>.Instance);

    private static async IAsyncEnumerable<ClusterMembershipSnapshot> Nobody()
    {
        await Task.CompletedTask;
        yield break;
    }
}
