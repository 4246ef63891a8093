namespace Classroom.Silo.Tests;

/// <summary><c>Classroom.Silo account ...</c> beside a running server, on both databases.</summary>
public sealed class AccountCommandTests
{
    private const string Password = "Password12345";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_account_is_made_moved_disabled_and_let_in_again(bool onPostgres)
    {
        await using var postgres = onPostgres ? await TestPostgres.CreateAsync() : null;
        await using var silo = await SiloProcess.StartAsync(postgres?.ConnectionString, ("Ortaq__PublicUrl", "https://ortaq.example"));
        (await RunAsync("centre", "add", "Алматы")).Printed.ShouldMatch("^[0-9a-f-]{36}\tАлматы$");
        (await RunAsync("centre", "add", "Алматы")).ShouldBe((1, "There is a centre Алматы already."));
        (await RunAsync("account", "add", "zhanna", "--name", "Жанна", "--role", "mentor", "--centre", "Астана")).Code.ShouldBe(1);
        var (code, printed) = await RunAsync("account", "add", "zhanna", "--name", "Жанна", "--role", "mentor", "--centre", "Алматы");
        code.ShouldBe(0, printed);
        var link = printed.Split('\n').First(l => l.StartsWith("https://ortaq.example/accounts#link=", StringComparison.Ordinal));
        (await RunAsync("account", "list")).Printed.ShouldContain("zhanna\tЖанна\tmentor\tАлматы\tnever\tno password yet");
        (await AccountClient.ChooseAsync(silo.Url, link.Split('=')[1].Trim(), Password)).ShouldBeNull();
        using var zhanna = await AccountClient.SignInAsync(silo.Url, "zhanna", Password);
        await using var wall = await WireClient.ConnectAsync(silo.Url, cookie: zhanna.Cookie);
        (await wall.CallAsync("WatchCentre"))!["refusal"].ShouldBeNull();

        (await RunAsync("account", "role", "zhanna", "teacher")).ShouldBe((0, "zhanna is now: teacher."));
        await wall.OverAsync();
        await zhanna.OutAsync();
        (await RunAsync("account", "centre", "zhanna", "none")).ShouldBe((0, "zhanna belongs to: none."));
        (await RunAsync("account", "disable", "zhanna")).ShouldBe((0, "zhanna is disabled."));
        (await AccountClient.LoginAsync(silo.Url, "zhanna", Password)).ShouldBe("account-disabled");
        (await RunAsync("account", "enable", "zhanna")).ShouldBe((0, "zhanna may sign in."));
        (await AccountClient.LoginAsync(silo.Url, "zhanna", Password)).ShouldBeNull();
        (await RunAsync("account", "sign-out", "zhanna")).ShouldBe((0, "zhanna is signed out everywhere."));
        (await RunAsync("account", "list")).Printed.ShouldMatch("zhanna\tЖанна\tteacher\t-\t20.+Z\tin force");

        async Task<(int Code, string Printed)> RunAsync(params string[] words)
        {
            var (exit, text) = await silo.RunAsync(words);
            return (exit, text.Trim());
        }
    }

    [Fact]
    public async Task An_admin_who_has_chosen_no_password_yet_is_not_the_one_who_is_left()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__Admin", "boss:" + Password));
        (await silo.RunAsync("account", "add", "second", "--name", "Екінші", "--role", "admin")).Code.ShouldBe(0);
        (await silo.RunAsync("account", "disable", "boss")).ShouldBe((1, "boss is the last admin who can sign in: make another one first.\n"));
        (await silo.RunAsync("account", "role", "boss", "teacher")).Code.ShouldBe(1);
        (await AccountClient.LoginAsync(silo.Url, "boss", Password)).ShouldBeNull();
        (await silo.RunWithInputAsync("Another12345\n", "account", "password", "second", "--password", "-")).Code.ShouldBe(0);
        (await silo.RunAsync("account", "disable", "boss")).Code.ShouldBe(0);
        (await silo.RunAsync("account", "disable", "second")).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_password_is_read_from_standard_input_and_is_never_an_argument()
    {
        await using var silo = await SiloProcess.StartAsync(null, ("Accounts__First", "aigul:" + Password));
        (await silo.RunAsync("account", "password", "aigul", "--password", "Another12345")).ShouldBe(
            (2, "A password is no argument: others read it in the list of processes. --password - reads it from standard input.\n"));
        (await AccountClient.LoginAsync(silo.Url, "aigul", Password)).ShouldBeNull("nothing was changed");
        (await silo.RunWithInputAsync("short\n", "account", "password", "aigul", "--password", "-")).Code.ShouldBe(1);
        (await silo.RunWithInputAsync("", "account", "password", "aigul", "--password", "-")).Code.ShouldBe(1);
        (await AccountClient.LoginAsync(silo.Url, "aigul", Password)).ShouldBeNull();
        (await silo.RunWithInputAsync("Another12345\n", "account", "password", "aigul", "--password", "-")).ShouldBe((0, ""));
        (await AccountClient.LoginAsync(silo.Url, "aigul", "Another12345")).ShouldBeNull();
        (await AccountClient.LoginAsync(silo.Url, "aigul", Password)).ShouldBe("bad-login");
    }

    [Theory]
    [InlineData("account")]
    [InlineData("account", "remove", "x")]
    [InlineData("account", "disable")]
    [InlineData("account", "disable", "--name")]
    [InlineData("account", "add", "x", "--nme", "X")]
    [InlineData("centre", "add")]
    public async Task Words_that_are_wrong_are_answered_with_what_there_is(params string[] words)
    {
        using var folder = new TempFolder();
        var (code, _, error) = await SiloProcess.RefusedAsync(words, ("Data__Folder", folder.Path));
        code.ShouldBe(2);
        error.ShouldContain("account add LOGIN");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty("no database was made");
    }

    [Fact]
    public async Task Where_there_is_no_database_none_is_made()
    {
        using var folder = new TempFolder();
        var (code, _, error) = await SiloProcess.RefusedAsync(["account", "list"], ("Data__Folder", folder.Path));
        code.ShouldBe(2);
        error.ShouldStartWith("The database cannot be used: ");
        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }
}
