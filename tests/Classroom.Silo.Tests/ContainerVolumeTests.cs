using Classroom.Silo.Hosting;

namespace Classroom.Silo.Tests;

/// <summary>A container that nobody gave a named volume for the keys does not start: its keys would go with it.</summary>
public sealed class ContainerVolumeTests
{
    private const string Number = "3f1c9a0b7d5e48f2a6c4b8e0d2f4a6c8e0b2d4f6a8c0e2b4d6f8a0c2e4b6d8f0";

    // As the kernel prints them in a container of Docker's.
    private static readonly string[] Mounts =
    [
        "1203 1057 0:112 / / rw,relatime master:394 - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/A:/var/lib/docker/overlay2/l/B",
        "1210 1203 0:115 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw",
        $"1217 1203 252:1 /var/lib/docker/volumes/{Number}/_data /keys rw,relatime master:1 - ext4 /dev/vda1 rw,discard",
        "1218 1203 252:1 /var/lib/docker/volumes/ortaq-data/_data /data rw,relatime master:1 - ext4 /dev/vda1 rw,discard",
        "1219 1203 252:1 /srv/keys /with\\040space rw,relatime master:1 - ext4 /dev/vda1 rw,discard",
        "",
        "half a line",
    ];

    [Theory]
    [InlineData("/keys", true)]
    [InlineData("/keys/of-ours", true)]
    [InlineData("/keys2", false)]
    [InlineData("/data", false)]
    [InlineData("/with space", false)]
    [InlineData("/elsewhere", false)]
    public void One_without_a_name_is_known_by_where_its_mount_begins(string folder, bool isNameless) => ContainerVolume.IsNameless(folder, Mounts).ShouldBe(isNameless);

    [Fact]
    public void What_is_mounted_over_it_counts()
    {
        ContainerVolume.IsNameless("/keys", [.. Mounts, "1300 1217 252:1 /var/lib/docker/volumes/ortaq-keys/_data /keys rw - ext4 /dev/vda1 rw"]).ShouldBeFalse();
        ContainerVolume.IsNameless("/data", [.. Mounts, $"1300 1218 252:2 /volumes/{Number}/_data /data/ rw - ext4 /dev/vdb rw"]).ShouldBeTrue("Docker's folder on a disk of its own");
        ContainerVolume.IsNameless("/keys", []).ShouldBeFalse();
    }

    /// <summary>In mounts of its own, so that nobody else sees them.</summary>
    [Fact]
    public async Task A_start_with_one_is_refused_in_one_sentence_and_one_with_a_name_is_not_refused_for_it()
    {
        using var folder = new TempFolder();
        foreach (var (name, isRefused) in new[] { (Number, true), ("ortaq-keys", false) })
        {
            var (volume, keys) = (Path.Combine(folder.Path, "volumes", name, "_data"), Path.Combine(folder.Path, "keys-of-" + (isRefused ? "nobody" : "ours")));
            Directory.CreateDirectory(volume);
            Directory.CreateDirectory(keys);
            // Either ends by itself: who is not refused for its keys is refused, after they were made, for an address that no machine has.
            var (code, printed) = await OtherProgram.EndAsync("unshare", ["-m", "sh", "-c", $"chmod 700 '{volume}' && mount --bind '{volume}' '{keys}' && exec timeout 120 dotnet '{SiloProcess.PathOfSilo()}' --Urls=http://127.0.0.1:0 --Centre:GrpcAddress=192.0.2.1 --Centre:GrpcPort=7000"], new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Data__Folder"] = Path.Combine(folder.Path, "data-" + name.Length), ["Keys__Folder"] = keys, ["ConnectionStrings__Postgres"] = "",
            });
            printed.Contains($"Keys:Folder: {keys} is a volume without a name", StringComparison.Ordinal).ShouldBe(isRefused, printed);
            (Directory.GetFiles(volume).Length > 0).ShouldBe(!isRefused, $"keys were made in it: {printed}");
            printed.Contains("Centre:GrpcPort: port 7000 of 192.0.2.1 cannot be listened on", StringComparison.Ordinal).ShouldBe(!isRefused, printed);
            code.ShouldBe(1, printed);
        }
    }
}
