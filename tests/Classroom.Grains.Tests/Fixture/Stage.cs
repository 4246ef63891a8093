using Classroom.Kits;
using Classroom.Tutor;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Classroom.Grains.Tests;

/// <summary>The grains on a real Orleans silo in this process, over a real SQLite file, with a clock and a tutor that the test moves.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly SqliteFactLog _sqlite;

    private Stage(string file, ManualTime time)
    {
        (File, Time) = (file, time);
        _sqlite = new SqliteFactLog(DatabaseSettings.ForFile(file).Sqlite);
        KeyStore = new FaultyKeyStore(new SqliteKeyStore(file + ".keys"));
        Keys = new ChildKeys(KeyStore, Master, Time);
        Log = new FaultyLog(new SealedLog(_sqlite, Keys, FactOwners.Personal), Signal);
        Tutor = new StageTutor(Signal);
        Calls = new FailingCalls(Signal);
    }

    public string File { get; }

    public ManualTime Time { get; }

    public Signal Signal { get; } = new();

    public static MasterKey Master { get; } = MasterKey.Of(new byte[32]);

    public FaultyKeyStore KeyStore { get; }

    public ChildKeys Keys { get; }

    /// <summary>As the lessons read and write it; sealed in the file.</summary>
    public FaultyLog Log { get; }

    /// <summary>What really is in the file.</summary>
    public IFactLog Stored => _sqlite;

    public StageTutor Tutor { get; }

    public FailingCalls Calls { get; }

    /// <summary>What the classrooms write into the server's log.</summary>
    public KeptLog<ClassroomGrain> Diary { get; } = new();

    /// <summary>What scripted classes write into it.</summary>
    public KeptLog<RehearsalGrain> RehearsalDiary { get; } = new();

    public FaultyKits Kits { get; } = new();

    public TestSilo Silo { get; private set; } = null!;

    public IGrainFactory Grains => Silo.Grains;

    public static string NewFile() => Path.Combine(Path.GetTempPath(), $"ortaq-grains-{Guid.NewGuid():N}.db");

    public static async Task<Stage> StartAsync(string file, ManualTime? time = null)
    {
        await Migrator.MigrateAsync(DatabaseSettings.ForFile(file), CancellationToken.None);
        var stage = new Stage(file, time ?? new ManualTime());
        await stage.KeyStore.PrepareAsync(Master, CancellationToken.None);
        stage.Silo = await TestSilo.StartAsync(services =>
        {
            services.AddSingleton<IFactLog>(stage.Log);
            services.AddSingleton(stage.Keys);
            services.AddSingleton<ITutor>(stage.Tutor);
            services.AddSingleton<IKits>(stage.Kits);
            services.AddSingleton(static s => new Holders(s.GetRequiredService<IClusterMembershipService>(), s.GetRequiredService<ILocalSiloDetails>(), TimeProvider.System));
            services.AddSingleton<Orleans.IIncomingGrainCallFilter>(stage.Calls);
            services.AddSingleton<ILogger<ClassroomGrain>>(stage.Diary);
            services.AddSingleton<ILogger<RehearsalGrain>>(stage.RehearsalDiary);
        }, stage.Time);
        return stage;
    }

    public static void Delete(string file)
    {
        SqliteConnection.ClearAllPools();
        foreach (var part in Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "*"))
        {
            System.IO.File.Delete(part);
        }
    }

    /// <summary>Reaches into the key store behind its back.</summary>
    public async Task RunOnKeysAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File}.keys;Pooling=false");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A constant of the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    public RecordingObserver Observe() => new(Signal);

    public IClassroomObserver Refer(RecordingObserver observer) => Grains.CreateObjectReference<IClassroomObserver>(observer);

    /// <summary>Ends the activation that owns a stream and starts the next one: <paramref name="call"/> is any call of it.</summary>
    public async Task ReactivateAsync(string stream, Func<Task> call)
    {
        var loads = Log.Loads(stream);
        await Signal.UntilAsync(async () =>
        {
            // An activation counts as busy until a moment after its answer left, so one look may be too early.
            await Silo.CollectIdleAsync();
            await call();
            return Log.Loads(stream) > loads;
        });
    }

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        await _sqlite.DisposeAsync();
        Keys.Dispose();
    }
}

/// <summary>One stage for the whole suite; tests keep apart by their keys, and run one after another because they share its clock.</summary>
public sealed class StageFixture : IAsyncLifetime
{
    public Stage Stage { get; private set; } = null!;

    public async Task InitializeAsync() => Stage = await Stage.StartAsync(Stage.NewFile());

    public async Task DisposeAsync()
    {
        await Stage.DisposeAsync();
        Stage.Delete(Stage.File);
    }
}

[CollectionDefinition(Name)]
public sealed class StageSuite : ICollectionFixture<StageFixture>
{
    public const string Name = "stage";
}

/// <summary>The base of every suite.</summary>
[Collection(StageSuite.Name)]
public abstract class GrainTest(StageFixture fixture)
{
    protected Stage Stage => fixture.Stage;

    protected IGrainFactory Grains => fixture.Stage.Grains;
}
