using System.Text;
using Classroom.Tests;

namespace Classroom.Storage.Tests;

/// <summary>The file that everything depends on: made once, read by its owner, and never made anew in silence.</summary>
public sealed class MasterKeyTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path => System.IO.Path.Combine(_folder.Path, "master.key");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Of_several_that_make_it_at_once_all_have_the_same()
    {
        // Again and again: the moment in which two of them meet is short.
        for (var i = 0; i < 100; i++)
        {
            using var together = new Barrier(8);
            var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
                () =>
                {
                    together.SignalAndWait();
                    return MasterKey.FromFile(Path, create: true);
                },
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            var closed = keys[0].Close("a", "text"u8, "here");
            keys.ShouldAllBe(k => k.Open("a", closed, "here") != null);
            Directory.GetFiles(_folder.Path).ShouldHaveSingleItem("nothing half made is left");
            File.Delete(Path);
        }
    }

    [Fact]
    public void What_is_sealed_opens_for_its_purpose_and_place_alone()
    {
        var key = MasterKey.FromFile(Path, create: true);
        var closed = key.Close("a", "text"u8, "here");
        key.Open("a", closed, "here").ShouldBe("text"u8.ToArray());
        key.Open("b", closed, "here").ShouldBeNull();
        key.Open("a", closed, "there").ShouldBeNull();
        MasterKey.Of(new byte[32]).Open("a", closed, "here").ShouldBeNull();
        key.Open("a", [.. closed[..^1], (byte)(closed[^1] ^ 1)], "here").ShouldBeNull();
        key.Open("a", [], "here").ShouldBeNull();
        closed.AsSpan().IndexOf("text"u8).ShouldBe(-1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a password")]
    [InlineData("c2hvcnQ=")]
    public void A_file_that_is_no_key_is_refused(string text)
    {
        File.WriteAllText(Path, text);
        OnlyOwn();
        Should.Throw<InvalidDataException>(() => MasterKey.FromFile(Path, create: true)).Message.ShouldContain("32 bytes in base64");
    }

    [Fact]
    public void One_that_others_may_read_is_refused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        MasterKey.FromFile(Path, create: true);
        File.GetUnixFileMode(Path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Should.Throw<InvalidDataException>(() => MasterKey.FromFile(Path, create: false)).Message.ShouldContain("chmod 600");
        // As a container is given its secrets.
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        MasterKey.FromFile(Path, create: false);
    }

    [Fact]
    public void One_that_is_missing_is_not_made_unless_asked_for() =>
        Should.Throw<IOException>(() => MasterKey.FromFile(Path, create: false));

    [Fact]
    public void It_is_text_that_openssl_writes()
    {
        File.WriteAllText(Path, Convert.ToBase64String(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef")) + "\n");
        OnlyOwn();
        var key = MasterKey.FromFile(Path, create: false);
        key.Open("a", MasterKey.Of(Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef")).Close("a", "x"u8, ""), "").ShouldNotBeNull();
    }

    private void OnlyOwn()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
