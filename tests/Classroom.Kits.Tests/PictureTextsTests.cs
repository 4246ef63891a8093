using System.Text;

namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>What a camera or a program wrote into a picture beside the picture does not leave the author's machine.</summary>
public sealed class PictureTextsTests
{
    private static readonly string WebPYaml = Pictures.Yaml.Replace("key.png", "key.webp", StringComparison.Ordinal);

    [Fact]
    public void Of_a_png_only_what_is_drawn_is_kept()
    {
        var png = Pictures.Png(
            120, 80, ("gAMA", "good"), ("tEXt", "Author\0secret"), ("zTXt", "secret"), ("iTXt", "secret"), ("eXIf", "secret"), ("tIME", "secret"), ("acTL", "secret"), ("prVt", "secret"));
        var kept = Key(png: [.. png, .. "secret after its end"u8]);
        kept.ShouldBe(Pictures.Png(120, 80, ("gAMA", "good")));
    }

    [Fact]
    public void Of_a_webp_too_and_its_head_no_longer_says_that_they_are_there()
    {
        var webp = Pictures.WebP("VP8X", 640, 360, 0x2C, ("ICCP", "profile"), ("EXIF", "secret!"), ("XMP ", "secret"), ("prVt", "secret"));
        Key(webp: [.. webp, .. "secret"u8]).ShouldBe(Pictures.WebP("VP8X", 640, 360, 0x20, ("ICCP", "profile")));
        Key(webp: Pictures.WebP("VP8L", 640, 360)).ShouldBe(Pictures.WebP("VP8L", 640, 360));
    }

    [Theory]
    [InlineData(0x02, "ALPH")]
    [InlineData(0x00, "ANIM")]
    [InlineData(0x00, "ANMF")]
    public void A_webp_that_moves_is_refused(byte flags, string part) => Error(webp: Pictures.WebP("VP8X", 9, 9, flags, (part, "moves"))).ShouldBe(ImageKind);

    [Fact]
    public void One_that_breaks_off_or_has_no_picture_in_it_is_refused()
    {
        var (png, webp) = (Pictures.Png(9, 9, ("tEXt", "a")), Pictures.WebP("VP8X", 9, 9, 0, ("EXIF", "abc")));
        foreach (var length in Enumerable.Range(8, png.Length - 8))
        {
            Error(png: png[..length]).ShouldBe(ImageKind, $"{length} bytes of a png");
        }

        foreach (var length in Enumerable.Range(12, webp.Length - 12))
        {
            Error(webp: webp[..length]).ShouldBe(ImageKind, $"{length} bytes of a webp");
        }

        byte[] huge = [.. png];
        (huge[33], huge[34], huge[35], huge[36]) = (0xFF, 0xFF, 0xFF, 0xFF);
        Error(png: huge).ShouldBe(ImageKind);
        Error(png: [.. png.AsSpan(0, 33), .. png.AsSpan(png.Length - 12)]).ShouldBe(ImageKind, "no pixels");
    }

    private static byte[] Key(byte[]? png = null, byte[]? webp = null)
    {
        var kit = Parse(png, webp).Kit.ShouldNotBeNull();
        return kit.Images[kit.Lessons[0].Plan.Steps[0].BoardImage!.Hash].Bytes.ToArray();
    }

    private static string Error(byte[]? png = null, byte[]? webp = null) => Parse(png, webp).Errors.ShouldHaveSingleItem().Code;

    private static KitResult Parse(byte[]? png, byte[]? webp) => KitLoader.Parse(
        Pictures.Zip(webp is null ? Pictures.Whole(png: png) : [.. Pictures.Whole(yaml: WebPYaml)[..2], ("images/key.webp", webp)]), "kit.zip");
}
