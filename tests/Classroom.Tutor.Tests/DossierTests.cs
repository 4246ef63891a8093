using System.Collections.Immutable;
using System.Diagnostics;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Classroom.Kits;
using Classroom.Tutor.Audit;

namespace Classroom.Tutor.Tests;

/// <summary>The dossier: an outsider sees whether it is as it was signed, and counts its figures again.</summary>
public sealed class DossierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ortaq-audit").FullName;
    private static readonly Lazy<Task<ImmutableArray<CaseResult>>> Cases = new(() =>
        new AuditRun(null, KitLibrary.LoadAll(KitLibrary.ShippedFolder), new NoBudget(), new AuditOptions(), TimeProvider.System, null).RunAsync(["marks", "languages", "prepared"], _ => { }, default));

    private readonly DossierSigner _signer = DossierSigner.FromSeed(RandomNumberGenerator.GetBytes(40));

    public void Dispose()
    {
        _signer.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task It_is_sound_as_a_folder_and_as_a_zip_and_says_by_whom()
    {
        var files = await FilesAsync();
        var folder = Path.Combine(_folder, "dossier");
        await DossierFiles.WriteAsync(files, folder, default);
        foreach (var path in new[] { folder, folder + ".zip" })
        {
            var (code, said) = await VerifyAsync(path, _signer.Fingerprint.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant());
            (code, said).ShouldBe((0, said));
            said.ShouldContain("sound: ");
            said.ShouldContain(_signer.Fingerprint);
        }

        files.Keys.ShouldBe(["dossier.en.html", "dossier.json", "dossier.kk.html", "dossier.ru.html", "manifest.json", "manifest.sig", "public.pem"], ignoreOrder: true);
    }

    [Fact]
    public async Task Somebody_without_this_program_checks_the_signature_by_openssl()
    {
        var folder = Path.Combine(_folder, "dossier");
        await DossierFiles.WriteAsync(await FilesAsync(), folder, default);
        (await OpenSslAsync(folder)).ShouldBe("Verified OK");
        await File.AppendAllTextAsync(Path.Combine(folder, "manifest.json"), " ");
        (await OpenSslAsync(folder)).ShouldNotBe("Verified OK");
    }

    [Theory]
    [InlineData("manifest.json", "The signature does not hold")]
    [InlineData("manifest.sig", "The signature does not hold")]
    [InlineData("dossier.kk.html", "dossier.kk.html was changed")]
    [InlineData("dossier.json", "dossier.json was changed")]
    public async Task A_byte_that_was_changed_is_found(string name, string finding)
    {
        var files = await FilesAsync();
        var bytes = files[name].ToArray();
        bytes[^3] ^= 1;
        await FoundAsync(files.SetItem(name, bytes), finding);
    }

    [Fact]
    public async Task What_is_missing_or_was_added_is_found()
    {
        var files = await FilesAsync();
        await FoundAsync(files.Remove("manifest.sig"), "It is not signed: manifest.sig is missing.");
        await FoundAsync(files.Remove("dossier.ru.html"), "dossier.ru.html is missing.");
        await FoundAsync(files.Add("more.html", [1]), "more.html is not in the manifest");
        await FoundAsync(files.SetItem("public.pem", "nothing"u8.ToArray()), "public.pem cannot be used");
        await FoundAsync(ImmutableSortedDictionary<string, byte[]>.Empty, "It is not signed");
    }

    [Fact]
    public async Task Another_key_is_told_by_its_fingerprint()
    {
        using var other = DossierSigner.FromSeed(RandomNumberGenerator.GetBytes(40));
        var files = await FilesAsync();
        DossierCheck.Of(files, other.Fingerprint).Findings.ShouldHaveSingleItem().ShouldStartWith("It is signed by another key");
    }

    // Whoever has a key can sign anew: then the figures must still follow from the cases.
    [Theory]
    [InlineData("figure", "The figure of the check marks-seen does not follow from the cases.")]
    [InlineData("limit", "The figure of the check marks-seen does not follow from the cases.")]
    [InlineData("verdict", "The figure of the check marks-seen does not follow from the cases.")]
    [InlineData("check", "The figure of the check marks-seen does not follow from the cases.")]
    [InlineData("group", "The figure of ")]
    [InlineData("case", "Of the set marks 979 cases were asked, and 978 are there.")]
    [InlineData("twice", "is there 2 times")]
    [InlineData("key", "names the key")]
    [InlineData("format", "has the format \"ortaq-audit.9\"")]
    [InlineData("shape", "dossier.json cannot be read")]
    [InlineData("fewer", "is not that of the set marks")]
    [InlineData("easier", "is not that of the set marks")]
    [InlineData("many", "has verdicts that no case has")]
    [InlineData("answered", "did not answer 7 times")]
    [InlineData("watched", "Whether connections were observed")]
    [InlineData("null-case", "It is no dossier that this program wrote")]
    [InlineData("null-tally", "It is no dossier that this program wrote")]
    [InlineData("other-check", "The figure of the check marks-seen does not follow from the cases.")]
    [InlineData("other-set", "speaks of a check that is none of its set")]
    public async Task A_figure_that_was_edited_and_signed_anew_is_found(string what, string finding)
    {
        var files = await FilesAsync();
        var json = JsonNode.Parse(files["dossier.json"])!;
        var check = json["checks"]!.AsArray().First(c => (string)c!["id"]! == "marks-seen")!;
        var cases = json["cases"]!.AsArray();
        switch (what)
        {
            case "figure":
                (check["figure"], check["holds"]) = (0.99, true);
                break;
            case "limit":
                (check["limit"], check["holds"]) = (0.5, true);
                break;
            case "verdict":
                var bad = cases.First(c => (int?)c!["tallies"]!["marks-seen"]?["failed"] == 1)!;
                bad["tallies"]!["marks-seen"] = new JsonObject { ["held"] = 1, ["failed"] = 0 };
                break;
            case "check":
                json["checks"]!.AsArray().Remove(check);
                break;
            case "group":
                json["groups"]![0]!["held"] = 12345;
                break;
            case "case":
                cases.Remove(cases.First(c => (string)c!["set"]! == "marks"));
                break;
            case "twice":
                cases.Add(cases[0]!.DeepClone());
                break;
            case "key":
                json["fingerprint"] = "AA:BB";
                break;
            case "fewer":
                var first = cases.First(c => (string)c!["set"]! == "marks");
                cases.Remove(first);
                var set = json["sets"]!.AsArray().First(x => (string)x!["name"]! == "marks")!;
                set["cases"] = (int)set["cases"]! - 1;
                break;
            case "easier":
                cases.First(c => (string)c!["set"]! == "marks")!["text"] = "Something easier.";
                break;
            case "other-set":
                cases.Add(new JsonObject { ["id"] = "x-1", ["set"] = "attacks2", ["language"] = null, ["grade"] = null, ["kind"] = "k", ["text"] = "t", ["tallies"] = new JsonObject { ["attacks-said"] = new JsonObject { ["held"] = 1, ["failed"] = 0 } } });
                break;
            case "many":
                cases.First(c => (string)c!["set"]! == "marks")!["tallies"]!["marks-seen"] = new JsonObject { ["held"] = 9999, ["failed"] = -1 };
                break;
            case "answered":
                json["models"] = new JsonArray(new JsonObject { ["host"] = "h", ["model"] = "m", ["answered"] = 7 });
                break;
            case "watched":
                json["isEgressWatched"] = true;
                break;
            case "null-case":
                cases[0] = null;
                break;
            case "null-tally":
                cases[0]!["tallies"] = new JsonObject { ["marks-seen"] = null };
                break;
            case "other-check":
                check["id"] = "no-such-check";
                break;
            case "format":
                json["format"] = "ortaq-audit.9";
                break;
            default:
                json["cases"] = "none";
                break;
        }

        var signed = Signed(files.SetItem("dossier.json", Encoding.UTF8.GetBytes(json.ToJsonString())));
        DossierCheck.Of(signed, _signer.Fingerprint).Findings.ShouldContain(f => f.Contains(finding, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("version", "The pages were written by the version 9.9")]
    [InlineData("sets", "The set marks is not the one that this program has")]
    public async Task What_this_version_cannot_compare_is_said_and_is_not_called_sound(string what, string said)
    {
        var files = await FilesAsync();
        var json = JsonNode.Parse(files["dossier.json"])!;
        if (what == "version")
        {
            json["version"] = "9.9";
        }
        else
        {
            json["sets"]!.AsArray().First(x => (string)x!["name"]! == "marks")!["files"]!["marks-last.tsv"] = "00";
        }

        var dossier = Dossier.FromJson(Encoding.UTF8.GetBytes(json.ToJsonString()));
        var path = Path.Combine(_folder, "x.zip");
        await File.WriteAllBytesAsync(path, DossierFiles.Zip(DossierFiles.Of(dossier, _signer)));
        var (code, told) = await VerifyAsync(path, null);
        (code, told).ShouldBe((3, told));
        told.ShouldContain("not compared: " + said);
        told.ShouldContain("sound, as far as it was compared");
    }

    [Fact]
    public async Task A_page_that_says_something_else_than_the_figures_is_found_though_it_is_signed()
    {
        var files = await FilesAsync();
        var page = Encoding.UTF8.GetString(files["dossier.kk.html"]).Replace("сақталмады", "сақталды", StringComparison.Ordinal);
        DossierCheck.Of(Signed(files.SetItem("dossier.kk.html", Encoding.UTF8.GetBytes(page))), null).Findings
            .ShouldBe(["dossier.kk.html does not say what dossier.json says."]);
    }

    // Whoever unpacks it and packs the folder again has it so.
    [Theory]
    [InlineData("")]
    [InlineData("report/")]
    [InlineData("__MACOSX/._dossier.json")]
    [InlineData("report/.DS_Store")]
    public async Task A_zip_of_the_folder_is_read_as_the_folder(string folderItself)
    {
        var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (folderItself.Length > 0)
            {
                archive.CreateEntry(folderItself).Open().Dispose();
            }

            foreach (var (name, bytes) in await FilesAsync())
            {
                using var entry = archive.CreateEntry("report/" + name).Open();
                entry.Write(bytes);
            }
        }

        var path = Path.Combine(_folder, "again.zip");
        await File.WriteAllBytesAsync(path, memory.ToArray());
        (await VerifyAsync(path, null)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task What_is_no_file_is_said_to_be_none_and_is_not_waited_for()
    {
        Directory.CreateDirectory(_folder);
        var pipe = Path.Combine(_folder, "pipe");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync();
        }

        var linked = Path.Combine(_folder, "linked");
        File.CreateSymbolicLink(linked, pipe);
        var inside = Directory.CreateDirectory(Path.Combine(_folder, "inside")).FullName;
        using (var made = System.Diagnostics.Process.Start("mkfifo", [Path.Combine(inside, "dossier.json")]))
        {
            await made.WaitForExitAsync();
        }

        foreach (var path in new[] { pipe, linked, inside, "/dev/zero", "/dev/null" })
        {
            var (code, said) = await Task.Run(() => VerifyAsync(path, null)).WaitAsync(TimeSpan.FromMinutes(1));
            code.ShouldBe(2, path);
            said.ShouldContain("not a file");
        }
    }

    [Fact]
    public async Task A_zip_that_is_cut_off_leads_out_of_its_folder_or_is_none_is_not_read()
    {
        var zip = DossierFiles.Zip(await FilesAsync());
        await NotReadAsync(zip[..(zip.Length / 2)]);
        await NotReadAsync([]);
        await NotReadAsync("no zip at all"u8.ToArray());
        await NotReadAsync(ZipOf("../evil.json"), "\"../evil.json\", which leads out of its folder");
        await NotReadAsync(ZipOf("a/b/c.json"), "leads out");
        await NotReadAsync(ZipOf("a/b.json", "c.json"), "leads out");
        await NotReadAsync(ZipOf("../b.json", "../c.json"), "leads out");
        await NotReadAsync(ZipOf("C:\\evil.json"), "leads out");
        await NotReadAsync(ZipOf("..", "dossier.json"), "leads out");
        await NotReadAsync(ZipOf("dossier.json", "dossier.json"), "twice");
        await NotReadAsync(ZipOf([.. Enumerable.Range(0, 30).Select(i => $"{i}.txt")]), "more than 20 files");
        var bomb = new MemoryStream();
        using (var archive = new ZipArchive(bomb, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = archive.CreateEntry("dossier.json").Open();
            for (var i = 0; i < 70; i++)
            {
                entry.Write(new byte[1 << 20]);
            }
        }

        await NotReadAsync(bomb.ToArray(), "64 MB");
        (await VerifyAsync(Path.Combine(_folder, "nowhere"), null)).Code.ShouldBe(2);
        Directory.EnumerateFiles(_folder, "evil*", SearchOption.AllDirectories).ShouldBeEmpty();

        static byte[] ZipOf(params string[] names)
        {
            var memory = new MemoryStream();
            using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
            {
                names.ToList().ForEach(n => archive.CreateEntry(n).Open().Dispose());
            }

            return memory.ToArray();
        }

        async Task NotReadAsync(byte[] bytes, string why = "It cannot be read")
        {
            var path = Path.Combine(_folder, "x.zip");
            await File.WriteAllBytesAsync(path, bytes);
            var (code, said) = await VerifyAsync(path, null);
            (code, said).ShouldBe((2, said));
            said.ShouldContain(why);
        }
    }

    [Fact]
    public async Task The_pages_are_in_their_language_whole_by_themselves_and_label_what_AI_wrote()
    {
        var hostile = new CaseResult("attack-x", "attacks", "kk", 7, "html-inject", "<script>alert(1)</script>", ImmutableSortedDictionary<string, Tally>.Empty.Add("attacks-said", Tally.Bad))
        {
            Goal = "link", Shown = "<img src=x onerror=alert(1)>", Said = "</table><script>", By = "host/model", Requests = 1,
        };
        var files = DossierFiles.Of(Of((await Cases.Value).Add(hostile)), _signer);
        foreach (var (language, words) in new[] { (Language.Kk, "ЖИ жазған"), (Language.Ru, "Написал ИИ"), (Language.En, "Written by AI") })
        {
            var page = Encoding.UTF8.GetString(files[DossierHtml.NameOf(language)]);
            page.ShouldContain($"lang=\"{language.ToString().ToLowerInvariant()}\"");
            page.ShouldContain("data-ai=\"model\"><span class=\"badge\">" + words);
            page.ShouldContain("data-ai=\"model\"");
            page.ShouldNotContain("<script");
            page.ShouldNotContain("<img");
            page.ShouldNotMatch("<[^>]*\\s(src|href|on[a-z]+)=|url\\(|@import");
            page.ShouldContain("@page{size:A4");
            page.ShouldContain(_signer.Fingerprint);
            var w = DossierWords.In(language);
            w.Keys.ShouldBe(DossierWords.In(Language.En).Keys, ignoreOrder: true);
            CheckRule.All.ShouldAllBe(r => w.Has("check." + r.Id) && w.Has("part." + r.Part) && CheckRule.Parts.Contains(r.Part));
            w.Keys.ShouldAllBe(k => w[k].Length > 0);
        }
    }

    [Fact]
    public void A_key_follows_from_its_seed_or_its_file_and_from_no_other()
    {
        var seed = RandomNumberGenerator.GetBytes(40);
        using DossierSigner one = DossierSigner.FromSeed(seed), again = DossierSigner.FromSeed(seed), file = DossierSigner.FromFile(Path.Combine(_folder, "a.key")), fileAgain = DossierSigner.FromFile(Path.Combine(_folder, "a.key"));
        (one.Fingerprint, file.Fingerprint).ShouldBe((again.Fingerprint, fileAgain.Fingerprint));
        one.Fingerprint.ShouldNotBe(_signer.Fingerprint);
        DossierSigner.Verify(again.PublicPem, [1, 2], one.Sign([1, 2])).ShouldBe(one.Fingerprint);
        DossierSigner.Verify(again.PublicPem, [1, 3], one.Sign([1, 2])).ShouldBeNull();
        Should.Throw<ArgumentException>(() => DossierSigner.FromSeed(new byte[32]));
        File.WriteAllText(Path.Combine(_folder, "b.key"), "no key");
        Should.Throw<CryptographicException>(() => DossierSigner.FromFile(Path.Combine(_folder, "b.key")));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(_folder, "a.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private Dossier Of(ImmutableArray<CaseResult> cases) => Dossier.Of(cases, null, false, DateTimeOffset.UnixEpoch, TimeSpan.FromSeconds(3), _signer.Fingerprint);

    private async Task<ImmutableSortedDictionary<string, byte[]>> FilesAsync() => DossierFiles.Of(Of(await Cases.Value), _signer);

    private ImmutableSortedDictionary<string, byte[]> Signed(ImmutableSortedDictionary<string, byte[]> files) =>
        DossierFiles.Signed(files.RemoveRange(["manifest.json", "manifest.sig", "public.pem"]), _signer);

    private async Task FoundAsync(ImmutableSortedDictionary<string, byte[]> files, string finding)
    {
        var path = Path.Combine(_folder, "x.zip");
        await File.WriteAllBytesAsync(path, DossierFiles.Zip(files));
        var (code, said) = await VerifyAsync(path, null);
        (code, said).ShouldBe((1, said));
        said.ShouldContain("wrong: ");
        said.ShouldContain(finding);
        said.ShouldContain("NOT SOUND");
    }

    private static async Task<(int Code, string Said)> VerifyAsync(string path, string? fingerprint)
    {
        var said = new StringWriter();
        return (await AuditCommand.VerifyAsync(path, fingerprint, said), said.ToString());
    }

    private static async Task<string> OpenSslAsync(string folder)
    {
        var words = DossierSigner.OpenSsl.Split(' ');
        using var openssl = Process.Start(new ProcessStartInfo(words[0], words[1..]) { WorkingDirectory = folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await openssl.StandardOutput.ReadToEndAsync();
        await openssl.WaitForExitAsync();
        return said.Trim();
    }
}
