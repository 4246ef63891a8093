using System.Buffers.Binary;

namespace Classroom.Silo.Api;

/// <summary>
/// A photo that leaves nothing but its picture: of a JPEG file (ITU-T T.81) the segments that draw it are kept; where and when it was taken, by which phone, its small
/// copy, remarks, and whatever stands behind its end are left out.
/// </summary>
public static class Jpeg
{
    private const int MostScans = 64;
    private const byte Mark = 0xFF;
    private const byte Start = 0xD8;
    private const byte End = 0xD9;
    private const byte Scan = 0xDA;
    private const byte Adobe = 0xEE;
    private const int AdobeLength = 14;
    private const int BitsASample = 8;

    /// <returns>The picture, and its pixels; null where it is no whole JPEG that browsers show.</returns>
    public static (byte[] Bytes, int Width, int Height)? Clean(ReadOnlySpan<byte> file)
    {
        if (file.Length < 4 || file[0] != Mark || file[1] != Start)
        {
            return null;
        }

        var clean = new MemoryStream(file.Length);
        clean.Write([Mark, Start]);
        var (at, width, height, scans) = (2, 0, 0, 0);
        while (at + 1 < file.Length && file[at] == Mark)
        {
            var kind = file[at + 1];
            if (kind == Mark)
            {
                at++;
                continue;
            }

            if (kind == End)
            {
                clean.Write([Mark, End]);
                return scans > 0 ? (clean.ToArray(), width, height) : null;
            }

            if (at + 4 > file.Length || BinaryPrimitives.ReadUInt16BigEndian(file[(at + 2)..]) is var length && (length < 2 || at + 2 + length > file.Length))
            {
                return null;
            }

            var segment = file.Slice(at, 2 + length);
            at += segment.Length;
            if (IsFrame(kind))
            {
                // One frame, of the kinds that browsers draw: baseline, extended, progressive.
                if (width > 0 || scans > 0 || kind > 0xC2 || length < 8 || segment[4] != BitsASample)
                {
                    return null;
                }

                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
                if (width == 0 || height == 0)
                {
                    return null;
                }
            }

            if (Draws(kind, segment))
            {
                clean.Write(segment);
            }

            if (kind == Scan)
            {
                if (width == 0 || ++scans > MostScans)
                {
                    return null;
                }

                var to = at + LengthOfScan(file[at..]);
                clean.Write(file[at..to]);
                at = to;
            }
        }

        return null;
    }

    private static bool IsFrame(byte kind) => kind is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    // Tables, frames, scans, the restart interval; and Adobe's word on the colours, without which some pictures turn green.
    private static bool Draws(byte kind, ReadOnlySpan<byte> segment) =>
        IsFrame(kind) || kind is 0xC4 or 0xDB or 0xDD or Scan || (kind == Adobe && segment.Length == 2 + AdobeLength && segment[4..].StartsWith("Adobe"u8));

    // Up to the next marker that is no restart and no byte of the picture.
    private static int LengthOfScan(ReadOnlySpan<byte> data)
    {
        var at = 0;
        while (at + 1 < data.Length && !(data[at] == Mark && data[at + 1] is not (0 or (>= 0xD0 and <= 0xD7) or Mark)))
        {
            at++;
        }

        return at;
    }
}
