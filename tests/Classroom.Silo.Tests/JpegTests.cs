using System.Text;
using Classroom.Silo.Api;

namespace Classroom.Silo.Tests;

/// <summary>What is left of a photo is its picture alone; what is no whole picture is nothing.</summary>
public sealed class JpegTests
{
    [Fact]
    public void Where_it_was_taken_remarks_and_what_stands_behind_the_end_are_left_out()
    {
        var (bytes, width, height) = Jpeg.Clean(Photograph.Taken(640, 480)).ShouldNotBeNull();
        (width, height).ShouldBe((640, 480));
        Encoding.Latin1.GetString(bytes).ShouldNotContain(Photograph.Secret);
        Encoding.Latin1.GetString(bytes).ShouldNotContain("script");
        bytes[^2..].ShouldBe([0xFF, 0xD9]);
        Jpeg.Clean(bytes)!.Value.Bytes.ShouldBe(bytes, "a clean one stays as it is");
        bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD0, 0x78]).ShouldBePositive("the picture itself");
    }

    [Fact]
    public void What_is_cut_anywhere_or_is_something_else_is_no_photo()
    {
        var whole = Photograph.Taken();
        var end = whole.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) + 2;
        for (var length = 0; length < end; length++)
        {
            Jpeg.Clean(whole.AsSpan(0, length)).ShouldBeNull($"{length} bytes of {end}");
        }

        Jpeg.Clean(whole.AsSpan(0, end)).ShouldNotBeNull();
        Jpeg.Clean([0x89, (byte)'P', (byte)'N', (byte)'G', .. new byte[200]]).ShouldBeNull();
        Jpeg.Clean(Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>")).ShouldBeNull();
        Jpeg.Clean(Photograph.Taken(0, 480)).ShouldBeNull();
        Jpeg.Clean(Photograph.Taken(640, 480, frame: 0xC3)).ShouldBeNull("lossless: browsers show none");
        byte[] twoFrames = [.. whole.AsSpan(0, 2), .. Photograph.Segment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]), .. whole.AsSpan(2)];
        Jpeg.Clean(twoFrames).ShouldBeNull();
        byte[] unended = [.. Enumerable.Repeat((byte)0xFF, 5000)];
        Jpeg.Clean([0xFF, 0xD8, .. unended]).ShouldBeNull();
    }

    [Fact]
    public void Any_bytes_are_read_to_their_end_or_refused()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = Photograph.Taken();
            for (var n = random.Next(1, 6); n > 0; n--)
            {
                bytes[random.Next(2, bytes.Length)] = (byte)random.Next(256);
            }

            if (Jpeg.Clean(bytes) is { } clean)
            {
                clean.Bytes.Length.ShouldBeLessThanOrEqualTo(bytes.Length);
                Jpeg.Clean(clean.Bytes).ShouldNotBeNull();
            }
        }
    }
}
