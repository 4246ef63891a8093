using System.Buffers.Binary;
using System.IO.Compression;

namespace Classroom.Silo.Sockets;

/// <summary>
/// A server's WebSocket text frames (RFC 6455, 5.2): not masked, so the same bytes go to every browser. Compressed ones (RFC 7692) stand
/// each for itself: no context is taken over, so they too are the same for all, and no connection holds a compressor.
/// </summary>
public static class WireFrame
{
    public const int MaxHeader = 10;
    private const int WorthIt = 200;
    private const byte IsDeflated = 0x40;

    public static byte[] Of(ReadOnlySpan<byte> payload)
    {
        var header = HeaderLength(payload.Length);
        var frame = new byte[header + payload.Length];
        WriteHeader(frame, payload.Length);
        payload.CopyTo(frame.AsSpan(header));
        return frame;
    }

    /// <returns>The compressed frame, or null when compressing does not pay.</returns>
    public static byte[]? Deflated(ReadOnlySpan<byte> payload, CompressionLevel level)
    {
        if (payload.Length < WorthIt)
        {
            return null;
        }

        using var output = new MemoryStream(payload.Length);
        using var deflate = new DeflateStream(output, level, leaveOpen: true);
        deflate.Write(payload);
        deflate.Flush();
        // A flush ends with an empty block of four known bytes, which the receiver puts back.
        var length = (int)output.Length - 4;
        if (length >= payload.Length)
        {
            return null;
        }

        var header = HeaderLength(length);
        var frame = new byte[header + length];
        WriteHeader(frame, length);
        frame[0] |= IsDeflated;
        output.GetBuffer().AsSpan(0, length).CopyTo(frame.AsSpan(header));
        return frame;
    }

    internal static int HeaderLength(int length) => length < 126 ? 2 : length <= ushort.MaxValue ? 4 : MaxHeader;

    internal static void WriteHeader(Span<byte> into, int length)
    {
        into[0] = 0x81;
        if (length < 126)
        {
            into[1] = (byte)length;
        }
        else if (length <= ushort.MaxValue)
        {
            into[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(into[2..], (ushort)length);
        }
        else
        {
            into[1] = 127;
            BinaryPrimitives.WriteUInt64BigEndian(into[2..], (ulong)length);
        }
    }
}
