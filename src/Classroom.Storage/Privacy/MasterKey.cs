using System.Security.Cryptography;
using System.Text;

namespace Classroom.Storage;

/// <summary>
/// The key that the children's keys and the keys of cookies and tickets are sealed with. It is in no database and in no backup of one: a file that
/// its owner alone may read. What is sealed with it opens for the purpose and place it was sealed for, and for no other.
/// </summary>
public sealed class MasterKey
{
    private readonly byte[] _key;

    private MasterKey(byte[] key) => _key = key;

    /// <summary>Of these 32 bytes.</summary>
    /// <exception cref="ArgumentException">They are not 32.</exception>
    public static MasterKey Of(byte[] key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Length == Seal.KeySize ? new MasterKey([.. key]) : throw new ArgumentException($"A master key has {Seal.KeySize} bytes.", nameof(key));
    }

    /// <summary>From a file of 32 bytes in base64.</summary>
    /// <param name="create">Makes it where there is none. Of several processes that do so at once, one makes it and all read it.</param>
    /// <exception cref="IOException">There is none, or it cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">It is no key, or others may read it.</exception>
    public static MasterKey FromFile(string path, bool create)
    {
        if (create && !File.Exists(path))
        {
            Make(path);
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OpenToOthers) != UnixFileMode.None)
        {
            throw new InvalidDataException("others than its owner and group may read or write it: chmod 600");
        }

        var bytes = new byte[Seal.KeySize];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), bytes, out var length) && length == bytes.Length ? new MasterKey(bytes)
            : throw new InvalidDataException("it does not hold 32 bytes in base64, as `openssl rand -base64 32` writes them");
    }

    /// <param name="purpose">A constant of the caller: what one purpose sealed opens for no other.</param>
    public byte[] Close(string purpose, ReadOnlySpan<byte> text, string place) => Seal.Close(KeyOf(purpose), text, Encoding.UTF8.GetBytes(place));

    /// <returns>Null when another master key sealed it, or this one for something else.</returns>
    public byte[]? Open(string purpose, ReadOnlySpan<byte> bytes, string place) => Seal.Open(KeyOf(purpose), bytes, Encoding.UTF8.GetBytes(place));

    /// <summary>Secret bytes that follow from this key and the purpose: the same in every process that has the key, and stored nowhere.</summary>
    public byte[] Derive(string purpose, int length) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, length, info: Encoding.UTF8.GetBytes("derived: " + purpose));

    // The group is let in: that is how a mounted secret reaches a container's user.
    private const UnixFileMode OpenToOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute | UnixFileMode.GroupWrite;

    private byte[] KeyOf(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, Seal.KeySize, info: Encoding.UTF8.GetBytes(purpose));

    private static void Make(string path)
    {
        var made = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(made, options))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(Seal.KeySize)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        // Of several that come here at once, one gives the file its name and the others' keys are thrown away.
        NewName.Give(made, path);
    }
}
