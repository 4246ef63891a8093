using System.Data.Common;
using Classroom.Lessons;
using Classroom.Storage;

namespace Classroom.Silo.Hosting;

/// <summary>The keys: a store apart from the database, and the master key that seals what is in it.</summary>
public static class KeysSetup
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public static void AddOrtaqKeys(this WebApplicationBuilder builder)
    {
        var (services, configuration, environment) = (builder.Services, builder.Configuration, builder.Environment);
        services.AddSingleton(_ => MasterOf(configuration, environment));
        services.AddSingleton(_ => StoreOf(configuration, environment));
        services.AddSingleton(s => new SealedPhotos(s.GetRequiredService<DatabaseSettings>(), s.GetRequiredService<TimeProvider>(), s.GetService<Npgsql.NpgsqlDataSource>()));
        services.AddSingleton(s => new ChildKeys(
            s.GetRequiredService<IKeyStore>(), s.GetRequiredService<MasterKey>(), s.GetRequiredService<TimeProvider>(), s.GetRequiredService<SealedPhotos>()));
        services.AddSingleton<PhotoStore>();
        services.AddSingleton(_ => FactOwners.Personal);
    }

    /// <summary>Where keys and the master key are when no setting says otherwise: beside the data folder, so that who copies that has no key.</summary>
    public static string FolderOf(IConfiguration configuration, IHostEnvironment environment) =>
        Settings.Read<KeysOptions>(configuration, "Keys").Folder is { Length: > 0 } folder
            ? Path.GetFullPath(folder, environment.ContentRootPath) : Path.TrimEndingDirectorySeparator(DataFolder.PathOf(configuration, environment)) + "-keys";

    public static IKeyStore StoreOf(IConfiguration configuration, IHostEnvironment environment) =>
        Settings.Read<KeysOptions>(configuration, "Keys").Postgres is { } postgres && !string.IsNullOrWhiteSpace(postgres)
            ? new PostgresKeyStore(postgres) : new SqliteKeyStore(FileIn(FolderOf(configuration, environment)));

    /// <exception cref="SettingException">There is none, or it is not to be used.</exception>
    public static MasterKey MasterOf(IConfiguration configuration, IHostEnvironment environment)
    {
        var given = Settings.Read<KeysOptions>(configuration, "Keys").Master;
        var path = given is { Length: > 0 } ? Path.GetFullPath(given, environment.ContentRootPath) : Path.Combine(FolderOf(configuration, environment), "master.key");
        try
        {
            // One that is lost is not made anew: the keys beside it would never open again, and nobody would be told.
            var isFirst = string.IsNullOrEmpty(given) && !File.Exists(FileIn(FolderOf(configuration, environment)));
            if (isFirst)
            {
                TakeFolder(configuration, environment);
            }

            return MasterKey.FromFile(path, create: isFirst);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            throw new SettingException($"Keys:Master: {path} cannot be used ({StartFault.Cause(e)}).", e);
        }
    }

    /// <summary>Opens the key store, and finds out whether it is the one that the database was sealed with.</summary>
    /// <exception cref="SettingException">It is not, or cannot be used.</exception>
    public static async Task PrepareKeysAsync(this WebApplication app)
    {
        var services = app.Services;
        var store = await OpenAsync(app.Configuration, app.Environment, services.GetRequiredService<IKeyStore>(), services.GetRequiredService<MasterKey>);
        await RequireAsync(app.Configuration, services.GetRequiredService<DatabaseSettings>(), store);
        if (services.GetRequiredService<IKeyStore>() is SqliteKeyStore)
        {
            app.Logger.LogInformation(
                "Keys:Folder: the children's keys are in {Folder}; no backup of the data holds them, and without them none can be read: copy them to another place", FolderOf(app.Configuration, app.Environment));
        }

        if (await DestroyForgottenAsync(app.Configuration, services.GetRequiredService<DatabaseSettings>(), services.GetRequiredService<IKeyStore>(), services.GetRequiredService<TimeProvider>()) is > 0 and var forgotten)
        {
            app.Logger.LogWarning(
                "{Setting}: the key store did not know that {Count} students were forgotten, as when an older copy of it was put back; what there was of their keys is destroyed now, and nothing is to be done", NameOf(app.Configuration), forgotten);
        }

        if (services.GetRequiredService<ProtectionKeyStore>().RemoveUnsealed() is > 0 and var removed)
        {
            app.Logger.LogWarning("{Count} keys of cookies and tickets stood in the database in the clear and are gone: everybody signs in once more", removed);
        }
    }

    /// <summary>To be asked before anything makes keys: made anew they would open nothing of this database, and might be copied over the good ones.</summary>
    /// <exception cref="SettingException">The database has keys, and they are not here.</exception>
    public static async Task RequireFileAsync(IConfiguration configuration, IHostEnvironment environment, DatabaseSettings database)
    {
        if (string.IsNullOrWhiteSpace(Settings.Read<KeysOptions>(configuration, "Keys").Postgres) && !File.Exists(FileIn(FolderOf(configuration, environment)))
            && await KeyStoreMark.IsSetAsync(database, CancellationToken.None))
        {
            throw new SettingException(
                $"Keys:Folder: the database was written with another key store; restore that one, or nothing that children wrote can be read. There is no keys.db in {FolderOf(configuration, environment)}, and none was made.");
        }
    }

    /// <exception cref="SettingException">The database was sealed with another key store.</exception>
    public static async Task RequireAsync(IConfiguration configuration, DatabaseSettings database, Guid store)
    {
        if (!await KeyStoreMark.IsOfAsync(database, store, CancellationToken.None))
        {
            throw new SettingException(
                $"{NameOf(configuration)}: the database was written with another key store; restore that one, or nothing that children wrote can be read.");
        }
    }

    /// <summary>Before anything is read through the keys: an older copy of them would open who was forgotten since.</summary>
    /// <returns>Of how many the store did not know it.</returns>
    /// <exception cref="SettingException">It cannot be found out, or the keys cannot be destroyed.</exception>
    public static async Task<int> DestroyForgottenAsync(IConfiguration configuration, DatabaseSettings database, IKeyStore store, TimeProvider time)
    {
        try
        {
            return await ForgottenFacts.DestroyKeysAsync(database, store, time.GetUtcNow(), CancellationToken.None);
        }
        catch (Exception e) when (StorageSetup.IsAway(e))
        {
            throw new SettingException($"{NameOf(configuration)}: whom to forget is not known, or their keys cannot be destroyed ({StartFault.Cause(e)}).", e);
        }
    }

    /// <summary>What key store there is; none is made.</summary>
    /// <exception cref="SettingException">It cannot be read.</exception>
    public static async Task<KnownKeys?> FindAsync(IConfiguration configuration, IHostEnvironment environment)
    {
        try
        {
            var postgres = Settings.Read<KeysOptions>(configuration, "Keys").Postgres;
            return await KnownKeys.FindAsync(string.IsNullOrWhiteSpace(postgres) ? null : postgres, FileIn(FolderOf(configuration, environment)), CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new SettingException($"{NameOf(configuration)}: the key store cannot be used ({StartFault.Cause(e)}).", e);
        }
    }

    /// <summary>Opens the key store, for the server or for a command beside it.</summary>
    public static async Task<Guid> OpenAsync(IConfiguration configuration, IHostEnvironment environment, IKeyStore store, Func<MasterKey> master)
    {
        try
        {
            if (store is SqliteKeyStore)
            {
                TakeFolder(configuration, environment);
            }

            return await store.PrepareAsync(master(), CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or IOException or InvalidDataException or UnauthorizedAccessException or TimeoutException or System.Net.Sockets.SocketException)
        {
            throw new SettingException($"{NameOf(configuration)}: the key store cannot be used ({StartFault.Cause(e)}).", e);
        }
    }

    private static string FileIn(string folder) => Path.Combine(folder, "keys.db");

    /// <summary>Where the setting says that it is, in words that hold no password.</summary>
    internal static string PlaceOf(IConfiguration configuration, IHostEnvironment environment) =>
        string.IsNullOrWhiteSpace(Settings.Read<KeysOptions>(configuration, "Keys").Postgres) ? FolderOf(configuration, environment) : "that database";

    internal static string NameOf(IConfiguration configuration) =>
        string.IsNullOrWhiteSpace(Settings.Read<KeysOptions>(configuration, "Keys").Postgres) ? "Keys:Folder" : "Keys:Postgres";

    private static void TakeFolder(IConfiguration configuration, IHostEnvironment environment)
    {
        var (folder, data) = (FolderOf(configuration, environment), DataFolder.PathOf(configuration, environment));
        if ((folder + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(data) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new SettingException($"Keys:Folder: {folder} is in the data folder: whoever copies that would take the keys along.");
        }

        if (ContainerVolume.IsNameless(folder))
        {
            throw new SettingException(
                $"Keys:Folder: {folder} is a volume without a name, which goes with its container, and with it all that children wrote: give it a name (-v ortaq-keys:{folder}, and one for the data), or a folder of the machine. Keys that are in it already are copied there first, also out of an old volume that is named by its number.");
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, Own);
        if ((File.GetUnixFileMode(folder) & ~Own & (UnixFileMode)0x1ff) != UnixFileMode.None)
        {
            throw new SettingException($"Keys:Folder: others may look into {folder}: chmod 700.");
        }
    }
}
