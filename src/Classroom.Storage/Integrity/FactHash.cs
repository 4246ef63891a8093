using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Storage;

/// <summary>
/// What ties each fact to the one before it in its stream: SHA-256 over the previous hash (<see cref="None"/> before the first), then stream,
/// version, command id, name, actor, time and body. Texts are UTF-8 behind their length in bytes; numbers are big-endian: int32 lengths,
/// int64 version, the command id's 16 bytes as they are printed, int64 ticks of 100 ns since year 1 in UTC, always whole microseconds.
/// The same bytes on both databases.
/// </summary>
public static class FactHash
{
    /// <summary>Bytes of a hash.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    private const int FixedBytes = Size + (2 * sizeof(long)) + 16 + (4 * sizeof(int));
    private static readonly byte[] Zeros = new byte[Size];

    /// <summary>Stands before the first fact of a stream.</summary>
    public static ReadOnlySpan<byte> None => Zeros;

    public static byte[] Of(
        ReadOnlySpan<byte> previous, string stream, long version, Guid commandId, string name, string actor, DateTimeOffset at, string body)
    {
        var most = FixedBytes + Encoding.UTF8.GetMaxByteCount(stream.Length) + Encoding.UTF8.GetMaxByteCount(name.Length)
            + Encoding.UTF8.GetMaxByteCount(actor.Length) + Encoding.UTF8.GetMaxByteCount(body.Length);
        var buffer = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            previous.CopyTo(buffer);
            var end = Put(buffer, previous.Length, stream);
            BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(end), version);
            commandId.TryWriteBytes(buffer.AsSpan(end + 8), bigEndian: true, out _);
            end = Put(buffer, end + 24, name);
            end = Put(buffer, end, actor);
            BinaryPrimitives.WriteInt64BigEndian(buffer.AsSpan(end), at.UtcTicks);
            end = Put(buffer, end + 8, body);
            return SHA256.HashData(buffer.AsSpan(0, end));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>UTC, cut to what both databases keep: Postgres has microseconds.</summary>
    public static DateTimeOffset Kept(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private static int Put(byte[] buffer, int at, string text)
    {
        var length = Encoding.UTF8.GetBytes(text, buffer.AsSpan(at + sizeof(int)));
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(at), length);
        return at + sizeof(int) + length;
    }
}
