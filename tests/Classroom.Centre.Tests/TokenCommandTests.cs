namespace Classroom.Centre.Tests;

/// <summary><c>Classroom.Silo token ...</c> beside a running server, on both databases.</summary>
public sealed class TokenCommandTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_is_made_once_listed_without_its_secret_and_revoked_once(bool onPostgres)
    {
        await using var host = await FeedHost.StartAsync(onPostgres);
        var token = await host.TokenAsync("report, watch", name: "wall");
        token.ShouldMatch("^ortaq_[A-Za-z0-9_-]{43}$");
        (await RunAsync("make", "wall", "--centre", FeedHost.Centre, "--scope", "watch")).ShouldBe((1, "A token was made with the name \"wall\" before."));

        var (code, listed) = await RunAsync("list");
        code.ShouldBe(0);
        listed.ShouldMatch($"^wall\t{FeedHost.Centre}\twatch,report\t20.+Z\tin force$");
        (await RunAsync("revoke", "wall")).ShouldBe((0, "wall is revoked."));
        (await RunAsync("revoke", "wall")).ShouldBe((1, "No token in force has the name \"wall\"."));
        (await RunAsync("list")).Printed.ShouldMatch("\trevoked 20.+Z$");

        (code, var said) = await RunAsync("make", "other", "--centre", "Almaty", "--scope", "watch");
        (code, said).ShouldBe((2, said));
        said.ShouldStartWith("--centre is the centre's UUID");
        (await RunAsync("make", "other", "--centre", FeedHost.Centre, "--scope", "watch,marks")).Printed.ShouldStartWith("--scope is one or more of watch,report,export,kits");
        (await RunAsync("make", "known", "--centre", FeedHost.Centre, "--scope", "watch")).Printed.ShouldNotContain("is known here yet");
        (code, said) = await RunAsync("make", "unknown", "--centre", "0197c000-0000-7000-8000-0000000000ff", "--scope", "watch");
        (code, said).ShouldBe((0, said));
        said.ShouldContain("No centre 0197c000-0000-7000-8000-0000000000ff is known here yet");
        (await RunAsync("help")).Code.ShouldBe(2);

        async Task<(int Code, string Printed)> RunAsync(params string[] words)
        {
            var (exit, printed) = await host.Silo.RunAsync(["token", .. words]);
            return (exit, printed.Trim());
        }
    }

    [Fact]
    public async Task Where_there_is_no_database_none_is_made()
    {
        using var folder = new TempFolder();
        await using var host = await FeedHost.StartAsync();
        var (code, printed) = await host.Silo.RunAsync("token", "make", "x", "--centre", FeedHost.Centre, "--scope", "watch", "--Data:Folder", folder.Path);
        code.ShouldBe(2, printed);
        printed.ShouldStartWith("The database cannot be used: ");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }
}
