using System.Buffers.Binary;

namespace Classroom.Kits.Images;

/// <summary>
/// Keeps of a PNG or WebP the parts that are drawn. Where and by whom it was taken (EXIF, XMP, texts), what stands after its end, and what this program does
/// not know, are left out; the picture itself is not encoded anew.
/// </summary>
internal static class RasterParts
{
    private const byte WebPMoves = 0x02;
    private const byte WebPTold = 0x0C;
    private static readonly HashSet<string> OfPng = new(["IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "IDAT", "IEND"], StringComparer.Ordinal);
    private static readonly HashSet<string> OfWebP = new(["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"], StringComparer.Ordinal);

    /// <returns>Null for one that breaks off, or moves.</returns>
    public static byte[]? Drawn(string type, ReadOnlySpan<byte> bytes) => type == "image/png" ? Png(bytes) : WebP(bytes);

    private static byte[]? Png(ReadOnlySpan<byte> bytes)
    {
        var kept = new List<byte>(bytes.Length);
        kept.AddRange(bytes[..8]);
        var hasPixels = false;
        for (var at = 8; bytes.Length - at >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (length > bytes.Length - at - 12)
            {
                return null;
            }

            var (name, whole) = (System.Text.Encoding.ASCII.GetString(bytes.Slice(at + 4, 4)), (int)length + 12);
            hasPixels |= name == "IDAT";
            if (OfPng.Contains(name))
            {
                kept.AddRange(bytes.Slice(at, whole));
            }

            if (name == "IEND")
            {
                return hasPixels ? [.. kept] : null;
            }

            at += whole;
        }

        return null;
    }

    private static byte[]? WebP(ReadOnlySpan<byte> bytes)
    {
        var size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (size > bytes.Length - 8)
        {
            return null;
        }

        var (kept, hasPixels, end) = (new List<byte>(bytes.Length), false, (int)size + 8);
        kept.AddRange(bytes[..12]);
        for (var at = 12; end - at >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at + 4)..]);
            if (length > end - at - 8)
            {
                return null;
            }

            // A part of odd length has a byte more behind it.
            var (name, whole) = (System.Text.Encoding.ASCII.GetString(bytes.Slice(at, 4)), (int)Math.Min(length + (length & 1) + 8, end - at));
            hasPixels |= name is "VP8 " or "VP8L";
            if (name is "ANIM" or "ANMF" || (name == "VP8X" && (length < 10 || (bytes[at + 8] & WebPMoves) != 0)))
            {
                return null;
            }

            if (OfWebP.Contains(name))
            {
                kept.AddRange(bytes.Slice(at, whole));
                if (name == "VP8X")
                {
                    kept[^(whole - 8)] = (byte)(bytes[at + 8] & ~WebPTold);
                }
            }

            at += whole;
        }

        var drawn = kept.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(drawn.AsSpan(4), (uint)drawn.Length - 8);
        return hasPixels ? drawn : null;
    }
}
