using System.Diagnostics;

namespace Classroom.Faults.Tests;

/// <summary>Invariant: what a server on SQLite acknowledged survives the loss of all that it had not synced (WAL, <c>synchronous=FULL</c>).</summary>
public sealed class SqliteWithoutPower(ITestOutputHelper output)
{
    private const int Students = 6;

    [Fact]
    public async Task A_school_box_without_power_loses_none_that_was_acknowledged_and_doubles_none()
    {
        var (rounds, seed, clock) = (Rounds.Of(3, 30), Rounds.Seed(), Stopwatch.StartNew());
        var random = new Random(seed);
        await using var box = await Box.StartAsync();
        await using var room = await ClassUnderFault.OpenAsync(box.Silo, Students);
        var audit = new Audit(box.LogAsync);
        for (var round = 0; round < rounds; round++)
        {
            var acting = room.ActAsync(20);
            await await Task.WhenAny(acting, room.Ledger.AcknowledgedAsync(room.Ledger.Acknowledged + random.Next(1, 100)));
            await room.KillAsync();
            await box.Power.DropUnsyncedAsync();
            await room.StartAgainAsync();
            await acting;
            await room.EverybodyBackAsync();
            await audit.CheckAsync(room);
        }

        Rounds.Print(output, $"power loss on SQLite: {rounds} times, {room.Ledger.Acknowledged} acknowledged, 0 lost, 0 doubled, every screen resumed; "
            + $"seed {seed}, {clock.Elapsed.TotalSeconds:F0} s");
    }

    /// <summary>The proof that the loss of power is one: on a disk that acknowledges syncs and keeps nothing, acknowledged facts are lost.</summary>
    [Fact]
    public async Task A_disk_that_lies_about_syncs_is_caught()
    {
        await using var box = await Box.StartAsync();
        await using var room = await ClassUnderFault.OpenAsync(box.Silo, Students);
        await room.KillAsync();
        foreach (var (name, value) in box.Power.Environment(deaf: true))
        {
            box.Silo.Settings[name] = value;
        }

        await room.StartAgainAsync();
        await room.ActAsync(5);
        await room.KillAsync();
        await box.Power.DropUnsyncedAsync();

        await using var log = (SqliteFactLog)await box.LogAsync();
        var lost = Audit.Lost(await Audit.ReadSealedAsync(log, room.Stream, box.Silo.KeysFolder), room.Ledger.All);
        lost.Count.ShouldBeGreaterThan(0, "the shim dropped nothing: the test beside this one proves nothing");
        Rounds.Print(output, $"power loss on SQLite on a disk that lies: {lost.Count} of {room.Ledger.Acknowledged} acknowledged lost, as it must be");
    }

    /// <summary>A silo on SQLite whose disk can lose power.</summary>
    private sealed class Box : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-box").FullName;

        public SiloProcess Silo { get; private set; } = null!;

        public PowerLoss Power { get; private set; } = null!;

        public static async Task<Box> StartAsync()
        {
            var box = new Box();
            box.Power = await PowerLoss.UnderAsync(box._folder);
            box.Silo = await SiloProcess.StartAsync(
                null, [("Data__Folder", box._folder), .. box.Power.Environment().Select(v => (v.Key, (string?)v.Value))]);
            return box;
        }

        public Task<IFactLog> LogAsync() => Task.FromResult<IFactLog>(new SqliteFactLog(DatabaseSettings.ForFile(Silo.SqliteFile).Sqlite));

        public async ValueTask DisposeAsync()
        {
            await Silo.DisposeAsync();
            await Power.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
