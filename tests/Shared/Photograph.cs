namespace Classroom.Tests;

/// <summary>A JPEG file as phones make them, of few bytes: it holds where it was taken, a remark, a small copy, and something behind its end.</summary>
internal static class Photograph
{
    public const string Secret = "43.2389N 76.8897E";

    public static byte[] Taken(int width = 640, int height = 480, byte frame = 0xC0) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
        .. Segment(0xE1, [.. "Exif\0\0"u8, .. System.Text.Encoding.ASCII.GetBytes(Secret)]),
        .. Segment(0xFE, [.. "remark: "u8, .. System.Text.Encoding.ASCII.GetBytes(Secret)]),
        .. Segment(0xDB, new byte[65]),
        .. Segment(frame, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0]),
        .. Segment(0xC4, new byte[20]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD0, 0x78,
        0xFF, 0xD9,
        .. System.Text.Encoding.ASCII.GetBytes("<script>" + Secret + "</script>"),
    ];

    public static byte[] Segment(byte kind, byte[] content) => [0xFF, kind, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
}
