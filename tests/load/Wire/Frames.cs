using System.Buffers.Binary;
using System.Text;

namespace Classroom.Load;

/// <summary>WebSocket frames as a client sees them: what comes is unmasked, what goes is masked (with zeros, which costs nothing).</summary>
public static class Frames
{
    /// <summary>Takes one whole frame off the front.</summary>
    /// <returns>Bytes taken, or 0 when it is not whole yet.</returns>
    public static int Take(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload, out int opcode)
    {
        payload = default;
        opcode = 0;
        if (bytes.Length < 2)
        {
            return 0;
        }

        opcode = bytes[0] & 15;
        var (length, header) = ((long)(bytes[1] & 127), 2);
        if (length == 126)
        {
            if (bytes.Length < 4)
            {
                return 0;
            }

            (length, header) = (BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]), 4);
        }
        else if (length == 127)
        {
            if (bytes.Length < 10)
            {
                return 0;
            }

            (length, header) = (BinaryPrimitives.ReadInt64BigEndian(bytes[2..]), 10);
        }

        if (bytes.Length - header < length)
        {
            return 0;
        }

        payload = bytes.Slice(header, (int)length);
        return header + (int)length;
    }

    public static byte[] Text(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var header = payload.Length < 126 ? 2 : 4;
        var frame = new byte[header + 4 + payload.Length];
        frame[0] = 0x81;
        if (header == 2)
        {
            frame[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), checked((ushort)payload.Length));
        }

        payload.CopyTo(frame, header + 4);
        return frame;
    }
}
