using System.Text;

namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>A kit with pictures: a folder or one zip. What is declared, what is there, and where it may stand.</summary>
public sealed class PictureRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pictures").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("my-kit/")]
    public void A_zip_carries_its_pictures_into_the_plan(string root)
    {
        var kit = KitLoader.Parse(Pictures.Zip(Pictures.Whole(root)), "kit.zip").Kit.ShouldNotBeNull();
        var steps = kit.Lessons[0].Plan.Steps;
        var leaf = steps[0].Image.ShouldNotBeNull();
        (leaf.Width, leaf.Height, leaf.Alt.En, leaf.Caption!.En, leaf.Credit).ShouldBe((96, 54, "A green leaf", "A leaf", "Ortaq · CC BY 4.0"));
        var key = steps[0].BoardImage.ShouldNotBeNull();
        (key.Width, key.Height, key.Caption).ShouldBe((120, 80, null));
        (kit.Images[leaf.Hash].Type, kit.Images[key.Hash].Type).ShouldBe(("image/svg+xml", "image/png"));
        var single = steps[0].Questions[0];
        (single.Image, single.WhyImage, single.Options[0].Image, steps[2].Topics[0].Image, kit.Lessons[0].Steps[3].Prompts[0].Image).ShouldBe((leaf, key, key, leaf, leaf));
        steps[0].Questions[1].Image.ShouldBeNull();
    }

    [Fact]
    public void A_folder_is_the_same_kit_as_its_zip_and_another_picture_is_another_edition()
    {
        Lay("mine");
        var zip = KitLoader.Parse(Pictures.Zip(Pictures.Whole()), "kit.zip").Kit!;
        KitLoader.Load(Path.Combine(_folder, "mine")).Kit!.Hash.ShouldBe(zip.Hash);
        var library = KitLibrary.LoadAll(_folder);
        library.Kits.ShouldHaveSingleItem().Hash.ShouldBe(zip.Hash);
        library.Image(zip.Lessons[0].Plan.Steps[0].Image!.Hash).ShouldNotBeNull();
        library.Image(new string('0', 64)).ShouldBeNull();
        KitLoader.Parse(Pictures.Zip(Pictures.Whole(png: Pictures.Png(121, 80))), "kit.zip").Kit!.Hash.ShouldNotBe(zip.Hash);
    }

    [Fact]
    public void A_zip_in_the_folder_of_kits_is_one()
    {
        File.WriteAllBytes(Path.Combine(_folder, "mine.zip"), Pictures.Zip(Pictures.Whole()));
        KitLibrary.LoadAll(_folder).Kits.ShouldHaveSingleItem().Images.Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_wrong_is_said_with_the_file_of_the_kit_and_the_line()
    {
        var error = Pictures.Errors(Pictures.Whole()[..2]).ShouldHaveSingleItem();
        (error.Code, error.File, error.Field).ShouldBe((ImageMissing, "kit.zip/kit.yaml", "images[1].file"));
        error.Line.ShouldBe(Pictures.Yaml.Split('\n').ToList().FindIndex(l => l.Contains("key.png", StringComparison.Ordinal)) + 1);
        Lay("mine");
        File.Delete(Path.Combine(_folder, "mine", "images", "key.png"));
        KitLibrary.LoadAll(_folder).Errors.ShouldHaveSingleItem().File.ShouldBe("mine/kit.yaml");
    }

    [Fact]
    public void One_yaml_alone_has_no_pictures_beside_it() => KitLoader.Parse(Pictures.Yaml).Errors.Select(e => e.Code).ShouldBe([ImageMissing, ImageMissing]);

    [Theory]
    [InlineData("../kit.yaml")]
    [InlineData("images/leaf.svg")]
    [InlineData("/etc/passwd.svg")]
    [InlineData("leaf.gif")]
    [InlineData(".svg")]
    [InlineData("leaf..svg")]
    [InlineData("leaf.SVG")]
    [InlineData("жапырақ.svg")]
    public void A_name_that_is_no_plain_file_name(string name) =>
        Pictures.Errors(Pictures.Whole(yaml: Pictures.Yaml.Replace("file: leaf.svg", "file: " + name, StringComparison.Ordinal))).ShouldHaveSingleItem().Code.ShouldBe(ImageName);

    [Fact]
    public void A_picture_that_nobody_declared_has_its_line()
    {
        var error = Breaking.TheSample.Replace("      - id: s-ask\n", "      - id: s-ask\n        image: nothing\n").Errors.ShouldHaveSingleItem();
        (error.Code, error.Field).ShouldBe((UnknownImage, "lessons[0].steps[0].image"));
        error.Line.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Two_of_one_id_and_one_without_words()
    {
        var two = Pictures.Yaml.Replace("  - id: key\n", "  - id: leaf\n", StringComparison.Ordinal);
        Pictures.Errors(Pictures.Whole(yaml: two)).Select(e => e.Code).ShouldContain(DuplicateId);
        Pictures.Errors(Pictures.Whole(yaml: Pictures.Yaml.Replace("    licence: CC BY 4.0\n", "", StringComparison.Ordinal))).Select(e => e.Code).ShouldBe([MissingField, MissingField]);
    }

    [Theory]
    [InlineData(2000, 2000, null)]
    [InlineData(2001, 10, ImageSize)]
    [InlineData(10, 2001, ImageSize)]
    [InlineData(uint.MaxValue, 10, ImageKind)]
    [InlineData(0, 10, ImageKind)]
    public void Sides_are_read_from_the_head(uint width, uint height, string? code) =>
        Pictures.Errors(Pictures.Whole(png: Pictures.Png(width, height))).Select(e => e.Code).ShouldBe(code is null ? [] : [code]);

    [Theory]
    [InlineData("VP8")]
    [InlineData("VP8L")]
    [InlineData("VP8X")]
    public void A_webp_of_each_kind(string kind)
    {
        var yaml = Pictures.Yaml.Replace("key.png", "key.webp", StringComparison.Ordinal);
        var kit = KitLoader.Parse(Pictures.Zip([.. Pictures.Whole(yaml: yaml)[..2], ("images/key.webp", Pictures.WebP(kind, 640, 360))]), "kit.zip").Kit.ShouldNotBeNull();
        (kit.Lessons[0].Plan.Steps[0].BoardImage!.Width, kit.Lessons[0].Plan.Steps[0].BoardImage!.Height).ShouldBe((640, 360));
        Pictures.Errors([.. Pictures.Whole(yaml: yaml)[..2], ("images/key.webp", Pictures.Png(10, 10))]).ShouldHaveSingleItem().Code.ShouldBe(ImageKind, "a PNG that calls itself a WebP");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(32)]
    public void A_picture_that_breaks_off(int length) => Pictures.Errors(Pictures.Whole(png: Pictures.Png(10, 10)[..length])).ShouldHaveSingleItem().Code.ShouldBe(ImageKind);

    [Fact]
    public void A_picture_that_is_too_heavy() =>
        Pictures.Errors(Pictures.Whole(png: [.. Pictures.Png(10, 10), .. new byte[200 * 1024]])).ShouldHaveSingleItem().Code.ShouldBe(ImageTooBig);

    [Fact]
    public void A_link_that_leads_out_of_the_kits_folder_is_no_picture()
    {
        Lay("mine");
        var png = Path.Combine(_folder, "mine", "images", "key.png");
        File.Move(png, Path.Combine(_folder, "outside.png"));
        File.CreateSymbolicLink(png, Path.Combine("..", "..", "outside.png"));
        KitLoader.Load(Path.Combine(_folder, "mine")).Errors.ShouldHaveSingleItem().Code.ShouldBe(ImageMissing);
        File.Delete(png);
        Directory.Move(Path.Combine(_folder, "mine", "images"), Path.Combine(_folder, "elsewhere"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "mine", "images"), Path.Combine("..", "elsewhere"));
        KitLoader.Load(Path.Combine(_folder, "mine")).Errors.ShouldAllBe(e => e.Code == ImageMissing);
    }

    [Fact]
    public void A_folder_without_a_kit_and_a_hidden_one_are_none()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        Lay(".hidden");
        KitLibrary.LoadAll(_folder).ShouldSatisfyAllConditions(l => l.Kits.ShouldBeEmpty(), l => l.Errors.ShouldBeEmpty());
        KitLoader.Load(Path.Combine(_folder, "empty")).Errors.ShouldHaveSingleItem().Code.ShouldBe(NoFile);
    }

    [Fact]
    public void A_zip_that_is_none() => KitLoader.Parse("PK\u0003\u0004 and then nothing", "kit.zip").Errors.ShouldHaveSingleItem().Code.ShouldBe(ZipBroken);

    [Fact]
    public void A_zip_of_very_many_files() => Pictures.Errors([.. Pictures.Whole(), .. Enumerable.Range(0, 200).Select(i => ($"x/{i}", Array.Empty<byte>()))]).ShouldHaveSingleItem().Code.ShouldBe(ZipEntries);

    [Theory]
    [InlineData("../leaf.svg")]
    [InlineData("images/../../leaf.svg")]
    [InlineData("/leaf.svg")]
    [InlineData("images\\leaf.svg")]
    [InlineData("C:leaf.svg")]
    [InlineData("images/LEAF.svg")]
    public void A_zip_with_a_path_that_leads_out_or_two_of_one_name(string name) => Pictures.Errors([.. Pictures.Whole(), (name, [1])]).ShouldHaveSingleItem().Code.ShouldBe(ZipPath);

    [Fact]
    public void A_zip_without_a_kit_or_with_two()
    {
        Pictures.Errors(Pictures.Whole()[1..]).ShouldHaveSingleItem().Code.ShouldBe(ZipWithoutKit);
        Pictures.Errors([.. Pictures.Whole("a/"), .. Pictures.Whole("b/")]).ShouldHaveSingleItem().Code.ShouldBe(ZipWithoutKit);
        Pictures.Errors(Pictures.Whole("a/b/")).ShouldHaveSingleItem().Code.ShouldBe(ZipWithoutKit);
    }

    [Fact]
    public void A_zip_that_swells_is_unpacked_no_further_than_its_limits()
    {
        var swollen = new byte[50 * 1024 * 1024];
        Pictures.Errors(Pictures.Whole(png: swollen)).ShouldHaveSingleItem().Code.ShouldBe(ImageTooBig);
        Pictures.Errors([("kit.yaml", swollen)]).ShouldHaveSingleItem().Code.ShouldBe(HugeFile);
        KitLoader.Parse([.. Encoding.ASCII.GetBytes("PK\u0003\u0004"), .. new byte[9 * 1024 * 1024]], "kit.zip").Errors.ShouldHaveSingleItem().Code.ShouldBe(HugeFile);
    }

    private void Lay(string name)
    {
        foreach (var (file, bytes) in Pictures.Whole(name + "/"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder, file))!);
            File.WriteAllBytes(Path.Combine(_folder, file), bytes);
        }
    }
}
