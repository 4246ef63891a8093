using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Classroom.Silo.Tests;

/// <summary>A program that cannot start as it is configured says why in one sentence that names the setting, and ends with 1.</summary>
public sealed class StartTests
{
    [Theory]
    [InlineData("Data:Foler", "x", "Data:Foler is not a setting")]
    [InlineData("Tutor:Budget:Lessn", "5", "Tutor:Budget:Lessn is not a setting")]
    [InlineData("Streaming:ChunkEvry", "00:00:01", "Streaming:ChunkEvry is not a setting")]
    [InlineData("ConnectionStrings:Postgre", "Host=x", "ConnectionStrings:Postgre is not a setting")]
    [InlineData("Tutor:Budget:Lesson", "-1", "Tutor:Budget:Lesson must not be negative")]
    [InlineData("Tutor:Budget:Day", "many", "Tutor:Budget:Day is \"many\", which is no whole number.")]
    [InlineData("Tutor:FirstTokenWithin", "8 s", "Tutor:FirstTokenWithin is \"8 s\", which is no time span such as 00:00:08.")]
    [InlineData("Tutor:BreakFor", "00:00:00.1", "Tutor:BreakFor must be between")]
    [InlineData("Tutor:Endpoint", "openai", "Tutor:Endpoint is not an http or https address.")]
    [InlineData("Hub:SilentSeconds", "0", "Hub:SilentSeconds must be at least 1")]
    [InlineData("Hub:SilentSeconds", "1e-300", "Hub:SilentSeconds must be at least 1")]
    [InlineData("Hub:SilentSeconds", "NaN", "Hub:SilentSeconds must be at least 1")]
    [InlineData("Hub:VisibleSilentSeconds", "0.5", "Hub:VisibleSilentSeconds must be at least 1")]
    [InlineData("Streaming:ChunkEvery", "10675199.00:00:00", "Streaming:ChunkEvery must not be negative, nor more than 5 seconds.")]
    [InlineData("Integrity:Folder", "/etc/passwd", "Integrity:Folder is a file.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector", "OTEL_EXPORTER_OTLP_ENDPOINT is not an http or https address.")]
    [InlineData("Accounts:First", "айгүл:jolbarys-jaz-9", "Accounts:First cannot be made (InvalidUserName); a login has Latin letters")]
    [InlineData("Orleans:SiloPort", "99999", "Orleans:SiloPort is not a port.")]
    [InlineData("Orleans:SiloPort", "abc", "Orleans:SiloPort is \"abc\", which is no whole number.")]
    [InlineData("Orleans:Address", "here", "Orleans:Address is not an IP address.")]
    [InlineData("Orleans:Clustering:ProviderType", "foo", "It cannot start as it is configured")]
    [InlineData("ConnectionStrings:Redis", "localhost:6379", "ConnectionStrings:Redis needs ConnectionStrings:Postgres beside it")]
    [InlineData("ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1;Username=a;Database=b;Minimum Pool Size=50", "ConnectionStrings:Postgres: the database does not answer as it should")]
    [InlineData("Urls", "https://127.0.0.1:7899", "It cannot start as it is configured")]
    [InlineData("Urls", "http://127.0.0.1:7899/base", "It cannot start as it is configured")]
    [InlineData("Kestrel:Endpoints:Http:Url", "abc", "It cannot start as it is configured")]
    [InlineData("Kestrel:Certificates:Default:Path", "/nowhere/box.pfx", "Kestrel:Certificates:Default:Path: there is no file /nowhere/box.pfx.")]
    [InlineData("Kestrel:Endpoints:Https:Certificate:KeyPath", "/nowhere/key.pem", "Kestrel:Endpoints:Https:Certificate:KeyPath: there is no file /nowhere/key.pem.")]
    [InlineData("Kestrel:Certificates:Default:Path", "/etc/passwd", "It cannot start as it is configured: a certificate or its key cannot be read")]
    [InlineData("Logging:LogLevel:Default", "Foo", "It cannot start as it is configured")]
    [InlineData("Marks:Scales:1:Id", "another", "Marks: ")]
    [InlineData("Ortaq:PublicUrl", "ortaq.kz", "Ortaq:PublicUrl is not an http or https address.")]
    [InlineData("Ortaq:PublicUrl", "https://ortaq.kz/school", "Ortaq:PublicUrl has more than a host and a port")]
    [InlineData("Ortaq:PublicUrl", "https://user@ortaq.kz", "Ortaq:PublicUrl has more than a host and a port")]
    [InlineData("Ortaq:PublicUrl", "https://ortaq.kz/?a=b", "Ortaq:PublicUrl has more than a host and a port")]
    [InlineData("Ortaq:PublicUrl", "https://ortaq.kz/#a", "Ortaq:PublicUrl has more than a host and a port")]
    [InlineData("Ortaq:PublicUrl", "ftp://ortaq.kz", "Ortaq:PublicUrl is not an http or https address.")]
    [InlineData("Ortaq:Certificate", "google.com", "Ortaq:Certificate is not a name of this box such as ortaq.lan")]
    [InlineData("Ortaq:Certificate", "kz", "Ortaq:Certificate is not a name of this box such as ortaq.lan")]
    [InlineData("Ortaq:Certificate", "192.168.1.10", "Ortaq:Certificate is not a name of this box such as ortaq.lan")]
    [InlineData("Ortaq:Certificate", "ortaq.lan қорап", "Ortaq:Certificate is not a name of this box such as ortaq.lan")]
    [InlineData("Ortaq:RedirectToHttps", "true", "Ortaq:RedirectToHttps needs an https address in Urls or in Ortaq:PublicUrl.")]
    [InlineData("Ortaq:Proxies", "nginx", "Ortaq:Proxies is not a list of addresses and networks")]
    [InlineData("Ortaq:Proxies", "10.0.0.0/8 10.0.0.0/99", "Ortaq:Proxies is not a list of addresses and networks")]
    [InlineData("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "ASPNETCORE_FORWARDEDHEADERS_ENABLED believes anybody who asks: set Ortaq:Proxies")]
    [InlineData("Telemetry:Otlp", "collector", "Telemetry:Otlp is not an http or https address.")]
    [InlineData("Centre:GrpcPort", "99999", "Centre:GrpcPort is not a port.")]
    [InlineData("Centre:GrpcPort", "many", "Centre:GrpcPort is \"many\", which is no whole number.")]
    [InlineData("Centre:GrpcAddress", "box", "Centre:GrpcAddress is not an IP address.")]
    [InlineData("Oidc:ClientId", "ortaq", "Oidc:Authority is missing beside other settings of Oidc.")]
    [InlineData("Oidc:SessionHours", "long", "Oidc:SessionHours is \"long\", which is no number.")]
    [InlineData("Orleans:Dashboard", "yes", "Orleans:Dashboard is \"yes\", which is no true or false.")]
    [InlineData("Kits:Folder", "/nowhere", "Kits:Folder is not a folder.")]
    [InlineData("Urls", "localhost", "Urls: localhost is not an address to listen on")]
    [InlineData("Urls", "http://0.0.0.0:99999", "Urls: http://0.0.0.0:99999 is not an address to listen on")]
    [InlineData("ConnectionStrings:Postgres", "Hst=db", "ConnectionStrings:Postgres is not a connection string")]
    [InlineData("ConnectionStrings:Postgres", "Host=127.0.0.1;Port=1;Timeout=2", "ConnectionStrings:Postgres: the database does not answer as it should")]
    [InlineData("Data:Folder", "/dev/null/data", "Data:Folder: /dev/null/data cannot be written")]
    [InlineData("Keys:Postgres", "Host=127.0.0.1;Port=1", "Keys:Master is missing beside Keys:Postgres")]
    [InlineData("Keys:Master", "/nowhere/master.key", "Keys:Master: /nowhere/master.key cannot be used")]
    [InlineData("Keys:Master", "/etc/passwd", "Keys:Master: /etc/passwd cannot be used (others than its owner and group may read")]
    [InlineData("Keys:Foldr", "x", "Keys:Foldr is not a setting")]
    [InlineData("Retention:Periods:0:Days", "0", "Retention:Periods: Days must be more than 0.")]
    [InlineData("Accounts:First", "aigul", "Accounts:First is not login:password.")]
    [InlineData("Accounts:First", "aigul:short", "Accounts:First cannot be made (PasswordTooShort")]
    public async Task It_says_in_one_sentence_which_setting_is_wrong(string setting, string value, string sentence) =>
        Refused(await SiloProcess.RefusedAsync((setting.Replace(":", "__", StringComparison.Ordinal), value)), sentence);

    [Fact]
    public async Task An_authority_that_cannot_be_used_is_said_without_a_stack()
    {
        using var data = new TempFolder();
        using var keys = new TempFolder();
        var tls = Path.Combine(data.Path, "tls");
        await File.WriteAllTextAsync(tls, "");
        await RefusedAsync($"Ortaq:Certificate: {tls} is a file where a folder should be");
        File.Delete(tls);
        Directory.CreateDirectory(tls);
        await File.WriteAllTextAsync(Path.Combine(tls, "ca.pem"), "");
        await File.WriteAllTextAsync(Path.Combine(tls, "ca.key"), "");
        await RefusedAsync($"Ortaq:Certificate: {Path.Combine(tls, "ca.pem")} is damaged. Put the copy back");

        async Task RefusedAsync(string sentence) => Refused(await SiloProcess.RefusedAsync(("Data__Folder", data.Path), ("Keys__Folder", keys.Path), ("Ortaq__Certificate", "ortaq.lan")), sentence);
    }

    [Fact]
    public async Task Keys_are_apart_from_the_data_and_not_made_anew_when_they_are_lost()
    {
        using var data = new TempFolder();
        Refused(await SiloProcess.RefusedAsync(("Data__Folder", data.Path), ("Keys__Folder", Path.Combine(data.Path, "keys"))), $"Keys:Folder: {Path.Combine(data.Path, "keys")} is in the data folder");
        Refused(
            await SiloProcess.RefusedAsync(("ConnectionStrings__Postgres", "Host=127.0.0.1;Port=1"), ("Keys__Folder", "")),
            "Keys:Postgres is missing beside ConnectionStrings:Postgres");

        await using var silo = await SiloProcess.StartAsync();
        silo.Output.ShouldContain($"Keys:Folder: the children's keys are in {silo.KeysFolder}; no backup of the data holds them");
        await silo.StopAsync();
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(silo.KeysFolder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var file in Directory.GetFiles(silo.KeysFolder))
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }

        var master = Path.Combine(silo.KeysFolder, "master.key");
        File.Move(master, master + ".lost");
        (await Should.ThrowAsync<InvalidOperationException>(silo.StartAgainAsync)).Message.ShouldContain($"Keys:Master: {master} cannot be used");
        await File.WriteAllTextAsync(master, Convert.ToBase64String(new byte[32]));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(master, UnixFileMode.UserRead);
        }

        (await Should.ThrowAsync<InvalidOperationException>(silo.StartAgainAsync)).Message.ShouldContain("sealed with another master key");
        File.Move(master + ".lost", master, overwrite: true);
        await silo.StartAgainAsync();
    }

    [Theory]
    [InlineData("copy-database")]
    [InlineData("copy-database", "/tmp/one")]
    [InlineData("copy-database", "/tmp/one", "/tmp/two", "/tmp/three")]
    [InlineData("verifi")]
    [InlineData("verify", "everything")]
    [InlineData("verify", "--checkpoint", "/tmp")]
    [InlineData("verify", "--checkpoints")]
    [InlineData("token", "list", "foo")]
    [InlineData("token", "make", "", "--centre", "0197c000-0000-7000-8000-000000000001", "--scope", "watch")]
    [InlineData("token", "make", "a\u001b[2J", "--centre", "0197c000-0000-7000-8000-000000000001", "--scope", "watch")]
    public async Task A_command_that_is_none_starts_no_server(params string[] words)
    {
        await using var silo = await SiloProcess.StartAsync();
        var (code, printed) = await silo.RunAsync(words);
        code.ShouldBe(2);
        printed.ShouldContain(words[0] == "token" ? "token make NAME" : "copy-database FROM TO");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public async Task Help_is_said_and_starts_nothing(string word)
    {
        await using var silo = await SiloProcess.StartAsync();
        (await silo.RunAsync(word)).ShouldBe((0, Classroom.Silo.Cli.Usage.Text + Environment.NewLine));
    }

    [Fact]
    public async Task An_organisations_sign_in_needs_the_address_that_browsers_use() => Refused(
        await SiloProcess.RefusedAsync(
            ("ASPNETCORE_ENVIRONMENT", "Production"), ("Oidc__Authority", "https://id.example"), ("Oidc__ClientId", "ortaq"), ("Oidc__Roles__Teacher", "teachers")),
        "Ortaq:PublicUrl is missing beside Oidc:Authority.");

    [Fact]
    public async Task One_login_for_two_roles_is_refused() => Refused(
        await SiloProcess.RefusedAsync(("Accounts__First", "aigul:Password-2026"), ("Accounts__Admin", "Aigul:Password-2026")),
        "Accounts: First, Mentor and Admin must be different logins.");

    [Theory]
    [InlineData("Urls", "http://127.0.0.1:{0}", "Urls: Failed to bind to address http://127.0.0.1:{0}: address already in use.")]
    [InlineData("Centre__GrpcPort", "{0}", "Centre:GrpcPort: port {0} of 127.0.0.1 cannot be listened on")]
    [InlineData("Orleans__SiloPort", "{0}", "Orleans:SiloPort: port {0} cannot be listened on")]
    public async Task A_port_that_another_program_has_is_named(string setting, string value, string sentence)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Refused(
            await SiloProcess.RefusedAsync((setting, value.Replace("{0}", port, StringComparison.Ordinal))),
            sentence.Replace("{0}", port, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_on_one_folder_are_one_too_many_until_the_first_is_gone_even_killed()
    {
        await using var first = await SiloProcess.StartAsync();
        Refused(await SiloProcess.RefusedAsync(("Data__Folder", first.Folder)), $"Data:Folder: {first.Folder} is in use by another process of this program.");
        var (code, printed) = await first.RunAsync("verify");
        code.ShouldBe(0, printed);
        await first.KillAsync();
        await first.StartAgainAsync();
    }

    [Fact]
    public async Task Kits_that_are_no_files_are_left_out_by_name_and_the_server_is_up()
    {
        using var folder = new TempFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Path, "endless.yaml"), "/dev/zero");
        await OtherProgram.RunAsync("mkfifo", [Path.Combine(folder.Path, "pipe.yaml")]);
        File.CreateSymbolicLink(Path.Combine(folder.Path, "self.yaml"), "self.yaml");
        using (var sparse = File.Create(Path.Combine(folder.Path, "sparse.yaml")))
        {
            sparse.SetLength(10L << 30);
        }

        await using var silo = await SiloProcess.StartAsync(null, ("Kits__Folder", folder.Path));
        await silo.SaysAsync("Kits:Folder: left out are endless.yaml, pipe.yaml, self.yaml, sparse.yaml.");
        using var http = await silo.BrowserAsync(silo.TeachLink);
        (await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("Healthy");
        (await http.GetStringAsync(new Uri("/api/kits", UriKind.Relative))).ShouldContain("\"fractions\"");
    }

    [Fact]
    public async Task Two_copies_with_folders_and_addresses_of_their_own_run_side_by_side()
    {
        await using var one = await SiloProcess.StartAsync();
        await using var other = await SiloProcess.StartAsync();
        foreach (var silo in new[] { one, other })
        {
            using var http = await silo.BrowserAsync(silo.TeachLink);
            (await http.GetStringAsync(new Uri("/health/ready", UriKind.Relative))).ShouldBe("Healthy");
            (await http.GetStringAsync(new Uri("/api/session", UriKind.Relative))).ShouldContain("\"teacher\"");
        }
    }

    private static void Refused((int Code, string Output, string Error) end, string sentence)
    {
        var said = end.Error.Trim();
        said.ShouldStartWith(sentence, Case.Sensitive, end.Output);
        said.ShouldNotContain('\n');
        (said + end.Output).ShouldNotContain("   at ", Case.Sensitive, "a stack");
        end.Code.ShouldBe(1);
    }
}
