using System.Security.Cryptography;
using System.Text;

namespace Classroom.Kits.Tests;

using static KitErrorCodes;

/// <summary>What a file must be before it can be a kit, and a folder of files.</summary>
public sealed class FileRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kits").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    public void An_empty_file(string text) => One(text).Code.ShouldBe(EmptyFile);

    [Theory]
    [InlineData("just words")]
    [InlineData("- a\n- list")]
    public void Not_a_mapping(string text) => One(text).Code.ShouldBe(NotAMapping);

    [Fact]
    public void A_syntax_error_has_its_line()
    {
        var error = One("id: a\nversion: \"1\ntitle: x\n");
        error.Code.ShouldBe(Syntax);
        error.Line.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void A_colon_in_a_plain_text_is_a_syntax_error_with_its_line()
    {
        var error = One("id: a\ntitle:\n  kk: Сұрақ: неге\n");
        (error.Code, error.Line).ShouldBe((Syntax, 3));
    }

    [Fact]
    public void Every_tab_is_named()
    {
        var errors = KitLoader.Parse("id: a\n\tversion: 1\ntitle:\tx\n").Errors;
        errors.Select(e => (e.Code, e.Line, e.Column)).ShouldBe([(Tab, 2, 1), (Tab, 3, 7)]);
    }

    [Theory]
    [InlineData("id: &a x\nversion: *a\n", 1)]
    [InlineData("id: x\nversion: *a\n", 2)]
    [InlineData("id: x\ntitle: &t\n  kk: x\n", 2)]
    public void Anchors_and_aliases_are_refused(string text, int line)
    {
        var error = One(text);
        (error.Code, error.Line).ShouldBe((Alias, line));
    }

    [Fact]
    public void An_alias_bomb_is_refused_at_its_first_anchor()
    {
        var bomb = new StringBuilder("a0: &a0 [lol,lol]\n");
        for (var i = 1; i < 30; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1},*a{i - 1},*a{i - 1},*a{i - 1},*a{i - 1},*a{i - 1}]\n");
        }

        var error = One(bomb.ToString());
        (error.Code, error.Line).ShouldBe((Alias, 1));
    }

    [Fact]
    public void A_tag_is_refused() => One("id: !!binary aGVsbG8=\n").Code.ShouldBe(Tag);

    [Theory]
    [InlineData('[')]
    [InlineData('{')]
    public void Bottomless_nesting_is_refused(char open) => One("id: " + new string(open, 5000)).Code.ShouldBeOneOf(TooDeep, Syntax);

    [Fact]
    public void Nesting_in_lists_is_bounded() => One(string.Concat(Enumerable.Repeat("- ", 60)) + "x").Code.ShouldBe(TooDeep);

    [Fact]
    public void Two_documents_in_a_file() => One("id: a\n---\nid: b\n").Code.ShouldBe(SeveralDocuments);

    [Fact]
    public void A_field_name_that_is_no_word() => One("[a, b]: c\n").Code.ShouldBe(Syntax);

    [Fact]
    public void A_huge_text() => One(new string('#', 2 * 1024 * 1024 + 1)).Code.ShouldBe(HugeFile);

    [Fact]
    public void A_huge_file_is_refused_by_its_length()
    {
        var path = Write("huge.yaml", new string('#', 2 * 1024 * 1024 + 1));
        var error = KitLoader.Load(path).Errors.ShouldHaveSingleItem();
        (error.Code, error.File).ShouldBe((HugeFile, "huge.yaml"));
    }

    [Fact]
    public void Bytes_that_are_not_UTF8() =>
        KitLoader.Parse([0x69, 0x64, 0x3A, 0x20, 0xFF, 0xFE]).Errors.ShouldHaveSingleItem().Code.ShouldBe(NotUtf8);

    [Fact]
    public void A_file_that_is_not_there() =>
        KitLoader.Load(Path.Combine(_folder, "none.yaml")).Errors.ShouldHaveSingleItem().Code.ShouldBe(NoFile);

    [Fact]
    public void Windows_lines_and_a_byte_order_mark_are_fine() =>
        KitLoader.Parse("\uFEFF" + Sample.Yaml.Replace("\n", "\r\n", StringComparison.Ordinal)).Errors.ShouldBeEmpty();

    [Fact]
    public void The_hash_is_that_of_the_bytes()
    {
        var path = Write("sample.yaml", Sample.Yaml);
        KitLoader.Load(path).Kit!.Hash.ShouldBe(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
        KitLoader.Parse(Sample.Yaml + "# a comment\n").Kit!.Hash.ShouldNotBe(KitLoader.Parse(Sample.Yaml).Kit!.Hash);
    }

    [Fact]
    public void A_library_keeps_the_good_and_names_the_bad()
    {
        Write("a.yaml", Sample.Yaml);
        Write("b.yml", "id: x\n");
        Write("notes.txt", "not a kit");
        var library = KitLibrary.LoadAll(_folder);

        library.Kits.ShouldHaveSingleItem().Id.ShouldBe("sample");
        library.Errors.ShouldAllBe(e => e.File == "b.yml");
        library.Errors.Count.ShouldBe(3);
    }

    [Fact]
    public void A_later_file_cannot_take_the_id_of_an_earlier_one()
    {
        Write("a.yaml", Sample.Yaml);
        Write("b.yaml", Sample.Yaml.Replace("en: Sample", "en: Impostor", StringComparison.Ordinal));
        var library = KitLibrary.LoadAll(_folder);

        library.Find("sample")!.Title.En.ShouldBe("Sample");
        var error = library.Errors.ShouldHaveSingleItem();
        (error.Code, error.File, error.Field).ShouldBe((DuplicateKit, "b.yaml", "id"));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_not_a_crash() =>
        KitLibrary.LoadAll(KitLibrary.ShippedFolder, Path.Combine(_folder, "none")).Errors.ShouldHaveSingleItem().Code.ShouldBe(NoFolder);

    [Fact]
    public async Task What_is_no_ordinary_file_is_left_out_by_name_and_never_opened()
    {
        Write("a.yaml", Sample.Yaml);
        // Whoever opened the pipe would wait for ever, and whoever read the device would read for ever.
        await OtherProgram.RunAsync("mkfifo", [Path.Combine(_folder, "pipe.yaml")]);
        File.CreateSymbolicLink(Path.Combine(_folder, "zero.yaml"), "/dev/zero");
        File.CreateSymbolicLink(Path.Combine(_folder, "nowhere.yaml"), "/nowhere/kit.yaml");
        File.CreateSymbolicLink(Path.Combine(_folder, "self.yaml"), "self.yaml");
        File.CreateSymbolicLink(Path.Combine(_folder, "loop"), _folder);
        Directory.CreateDirectory(Path.Combine(_folder, "folder.yaml"));
        File.CreateSymbolicLink(Path.Combine(_folder, "loop.yaml"), _folder);
        using (var sparse = File.Create(Path.Combine(_folder, "sparse.yaml")))
        {
            sparse.SetLength(10L << 30);
        }

        using var socket = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
        socket.Bind(new System.Net.Sockets.UnixDomainSocketEndPoint(Path.Combine(_folder, "socket.yaml")));

        // On a thread of its own: a program that hangs here is a red test, and not a suite that never ends.
        var library = await Task.Run(() => KitLibrary.LoadAll(_folder)).WaitAsync(TimeSpan.FromMinutes(1));
        library.Kits.ShouldHaveSingleItem().Id.ShouldBe("sample");
        library.Errors.Select(e => (e.File, e.Code)).ShouldBe(
            [("nowhere.yaml", LinkOut), ("pipe.yaml", EmptyFile), ("self.yaml", LinkOut), ("socket.yaml", EmptyFile), ("sparse.yaml", HugeFile), ("zero.yaml", LinkOut)], ignoreOrder: true);
    }

    [Fact]
    public void A_device_by_its_own_name_is_not_read() => KitLoader.Load("/dev/zero").Errors.ShouldHaveSingleItem().Code.ShouldBe(EmptyFile);

    [Fact]
    public void A_link_that_stays_in_the_folder_is_followed()
    {
        // As Kubernetes mounts a file.
        Directory.CreateDirectory(Path.Combine(_folder, "..2026"));
        Write(Path.Combine("..2026", "a.yaml"), Sample.Yaml);
        File.CreateSymbolicLink(Path.Combine(_folder, "..data"), "..2026");
        File.CreateSymbolicLink(Path.Combine(_folder, "a.yaml"), Path.Combine("..data", "a.yaml"));
        var library = KitLibrary.LoadAll(_folder);
        library.Errors.ShouldBeEmpty();
        library.Kits.ShouldHaveSingleItem().Id.ShouldBe("sample");
    }

    [Fact]
    public void A_folder_with_too_many_files_is_not_read()
    {
        for (var i = 0; i <= 1000; i++)
        {
            File.CreateSymbolicLink(Path.Combine(_folder, $"{i}.yaml"), "/dev/zero");
        }

        KitLibrary.LoadAll(_folder).Errors.ShouldHaveSingleItem().Code.ShouldBe(TooManyFiles);
    }

    private static KitError One(string text) => KitLoader.Parse(text).Errors.ShouldHaveSingleItem();

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
