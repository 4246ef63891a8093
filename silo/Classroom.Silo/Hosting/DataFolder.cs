namespace Classroom.Silo.Hosting;

/// <summary>
/// The folder of what this process keeps. One process at a time: it holds a file open that nobody else may open, and the operating system lets
/// go of it however the process ends.
/// </summary>
public sealed class DataFolder(string path) : IDisposable
{
    private const string LockName = "ortaq.lock";

    // How the operating system says that a file is locked: EAGAIN, EWOULDBLOCK, ERROR_SHARING_VIOLATION.
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = 32;
    private FileStream? _lock;

    public string Folder => path;

    public static string PathOf(IConfiguration configuration, IHostEnvironment environment) =>
        Path.GetFullPath(Settings.Read<DataOptions>(configuration, "Data").Folder, environment.ContentRootPath);

    /// <exception cref="SettingException">The folder cannot be written, or another process has it.</exception>
    public void Take()
    {
        try
        {
            Directory.CreateDirectory(path);
            _lock = new FileStream(Path.Combine(path, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when ((e.HResult & 0xFFFF) is LockedOnLinux or LockedOnMac or LockedOnWindows)
        {
            throw new SettingException($"Data:Folder: {path} is in use by another process of this program.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new SettingException($"Data:Folder: {path} cannot be written ({e.Message.TrimEnd('.')}).", e);
        }
    }

    public void Dispose() => _lock?.Dispose();
}
