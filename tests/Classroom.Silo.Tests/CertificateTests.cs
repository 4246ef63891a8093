using System.Net;
using System.Security.Cryptography.X509Certificates;
using Classroom.Silo.Hosting;

namespace Classroom.Silo.Tests;

/// <summary>A box with a certificate of its own: phones that were given its authority once trust it under each address it gets, and trust nobody else by it.</summary>
public sealed class CertificateTests : IDisposable
{
    private const string Name = "ortaq.lan";
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly Machine _machine = new();

    // Not before this program was made.
    public CertificateTests() => _time.Advance(BoxClock.Released.AddMonths(2) - _time.GetUtcNow());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_it_makes_is_believed_for_its_names_and_addresses_and_for_nothing_else()
    {
        using var box = Box();
        box.Ensure().ShouldNotBeNull().ShouldContain("every phone is to be given it once");
        var (certificate, authority) = (box.Current!, box.Authority!);
        (certificate.NotAfter - certificate.NotBefore).ShouldBeLessThanOrEqualTo(TimeSpan.FromDays(397));
        (authority.NotAfter - authority.NotBefore).ShouldBeLessThanOrEqualTo(TimeSpan.FromDays(730));
        certificate.MatchesHostname(Name).ShouldBeTrue();
        certificate.MatchesHostname("192.168.1.10").ShouldBeTrue();
        certificate.MatchesHostname("ortaq.kz").ShouldBeFalse();
        (await VerifiedAsync(certificate)).ShouldBeTrue();

        // Whoever carries the box away makes these with its key, and no phone believes them.
        var now = _time.GetUtcNow();
        foreach (var (name, address) in new (string, string?)[] { ("egov.kz", null), ("evil" + Name + ".kz", null), (Name, "8.8.8.8") })
        {
            using var forged = LocalAuthority.MakeCertificate(authority, [name], address is null ? [] : [IPAddress.Parse(address)], now);
            (await VerifiedAsync(forged)).ShouldBeFalse(name + address);
        }
    }

    [Fact]
    public void Its_keys_are_the_owners_alone()
    {
        using var box = Box();
        box.Ensure();
        foreach (var file in Directory.GetFiles(_folder.Path))
        {
            (!OperatingSystem.IsWindows() && File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite)).ShouldBeTrue(file);
        }

        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(["ca.pem", "ca.key", "box.pem", "box.key"], ignoreOrder: true);
    }

    [Fact]
    public void It_is_made_anew_before_it_ends_and_for_another_address_and_phones_go_on_trusting()
    {
        using var box = Box();
        box.Ensure();
        var (authority, first) = (box.Fingerprint, box.Current!.Thumbprint);
        box.Ensure().ShouldBeNull("nothing is to be made");
        using (var again = Box())
        {
            again.Ensure().ShouldBeNull("it is on the disk");
            again.Fingerprint.ShouldBe(authority);
        }

        _machine.Addresses = [new(IPAddress.Parse("10.0.0.7"), "eth0")];
        box.Ensure().ShouldNotBeNull().ShouldContain("which phones trust as they did the one before");
        box.Current!.MatchesHostname("10.0.0.7").ShouldBeTrue();
        box.Current.Thumbprint.ShouldNotBe(first);

        var second = box.Current.Thumbprint;
        _time.Advance(TimeSpan.FromDays(365));
        box.Ensure().ShouldBeNull();
        _time.Advance(TimeSpan.FromDays(2));
        box.Ensure().ShouldNotBeNull();
        (box.Fingerprint, box.Current!.Thumbprint).ShouldNotBe((authority, second));
        box.Fingerprint.ShouldBe(authority);
        box.Current.NotAfter.ShouldBeLessThanOrEqualTo(box.Authority!.NotAfter, "no longer than who signed it");

        _time.Advance(TimeSpan.FromDays(340));
        box.Ensure().ShouldNotBeNull().ShouldContain("every phone is to be given it again");
        box.Fingerprint.ShouldNotBe(authority);
    }

    [Fact]
    public void Another_name_has_another_authority_since_the_old_one_is_good_for_the_old_name_only()
    {
        using var box = Box();
        box.Ensure();
        using var renamed = Box("sabaq.lan");
        renamed.Ensure().ShouldNotBeNull().ShouldContain("again");
        renamed.Fingerprint.ShouldNotBe(box.Fingerprint);
        renamed.Current!.MatchesHostname("sabaq.lan").ShouldBeTrue();
    }

    [Fact]
    public void A_box_whose_clock_is_dead_makes_them_for_the_time_that_is_known_to_have_been_and_keeps_what_it_has()
    {
        var (dead, stored) = (new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero), BoxClock.Released.AddMonths(9));
        using var box = Box(ClockAt(dead, stored));
        box.Ensure().ShouldNotBeNull().ShouldContain("every phone is to be given it once");
        LocalAuthority.BeginOf(box.Authority!).ShouldBe(stored.AddDays(-1));
        LocalAuthority.BeginOf(box.Current!).ShouldBe(stored.AddDays(-1));
        using var right = Box(ClockAt(stored.AddDays(3), stored));
        right.Ensure().ShouldBeNull("it is good when the clock is set");
        using var deadAgain = Box(ClockAt(dead));
        deadAgain.Ensure().ShouldBeNull("what begins later than such a clock believes is not over");
        deadAgain.Fingerprint.ShouldBe(box.Fingerprint);
    }

    [Fact]
    public async Task What_a_fresh_box_made_while_its_clock_was_years_ahead_is_made_anew_when_it_is_set()
    {
        using var ahead = Box(ClockAt(_time.GetUtcNow().AddYears(3)));
        ahead.Ensure();
        (await VerifiedAsync(ahead.Current!)).ShouldBeFalse("no phone trusts it");
        using var box = Box();
        box.Ensure().ShouldNotBeNull().ShouldContain("every phone is to be given it again");
        (await VerifiedAsync(box.Current!)).ShouldBeTrue();
        box.Ensure().ShouldBeNull();
    }

    [Fact]
    public async Task After_a_clock_that_was_ahead_the_authority_that_phones_have_is_taken_again()
    {
        using var box = Box();
        box.Ensure();
        foreach (var years in new[] { 3, 6 })
        {
            using var ahead = Box(ClockAt(_time.GetUtcNow().AddYears(years)));
            ahead.Ensure().ShouldNotBeNull().ShouldContain("a new authority was made");
            ahead.Fingerprint.ShouldNotBe(box.Fingerprint);
        }

        File.WriteAllText(Path.Combine(_folder.Path, "ca-2099-01-01-damaged.pem"), "nonsense");
        File.WriteAllText(Path.Combine(_folder.Path, "ca-2099-01-01-damaged.key"), "nonsense");
        using var again = Box();
        again.Ensure().ShouldNotBeNull().ShouldContain("the authority of before is taken again");
        again.Fingerprint.ShouldBe(box.Fingerprint);
        (await VerifiedAsync(again.Current!)).ShouldBeTrue();
        Directory.GetFiles(_folder.Path, "*.key").ShouldAllBe(f => Path.GetFileName(f).StartsWith("ca-2099", StringComparison.Ordinal)
            || OperatingSystem.IsWindows() || File.GetUnixFileMode(f) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task What_was_made_while_the_clock_was_ahead_is_made_anew_though_a_lesson_was_stored_then()
    {
        var later = _time.GetUtcNow().AddYears(3);
        using var ahead = Box(ClockAt(later));
        ahead.Ensure();
        using var set = Box(ClockAt(_time.GetUtcNow(), stored: later));
        set.Ensure().ShouldNotBeNull().ShouldContain("every phone is to be given it again");
        (await VerifiedAsync(set.Current!)).ShouldBeTrue();
        set.Ensure().ShouldBeNull();
    }

    [Fact]
    public async Task The_authority_that_phones_have_is_taken_again_though_a_lesson_was_stored_while_the_clock_was_ahead()
    {
        using var box = Box();
        box.Ensure();
        var later = _time.GetUtcNow().AddYears(3);
        using var ahead = Box(ClockAt(later));
        ahead.Ensure();
        using var set = Box(ClockAt(_time.GetUtcNow(), stored: later));
        set.Ensure().ShouldNotBeNull().ShouldContain("the authority of before is taken again: the clock was wrong when the other one was made");
        set.Fingerprint.ShouldBe(box.Fingerprint);
        (await VerifiedAsync(set.Current!)).ShouldBeTrue();
        set.Ensure().ShouldBeNull();
    }

    [Fact]
    public void A_clock_that_is_dead_takes_one_that_has_begun_before_one_that_has_not()
    {
        using var box = Box(ClockAt(BoxClock.Released));
        box.Ensure();
        using var ahead = Box(ClockAt(BoxClock.Released.AddYears(3)));
        ahead.Ensure();
        using var dead = Box(ClockAt(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        dead.Ensure().ShouldNotBeNull().ShouldContain("the authority of before is taken again");
        dead.Fingerprint.ShouldBe(box.Fingerprint);
    }

    [Fact]
    public void Of_the_clock_nothing_is_said_when_the_name_was_another_for_a_while()
    {
        using var box = Box();
        box.Ensure();
        using var renamed = Box("sabaq.lan");
        renamed.Ensure();
        using var again = Box();
        again.Ensure().ShouldBe("the authority of before is taken again. Phones that were given it trust it still");
        again.Fingerprint.ShouldBe(box.Fingerprint);
    }

    [Theory]
    [InlineData("ca.pem", "nonsense", "ca.pem is damaged")]
    [InlineData("ca.pem", "", "ca.pem is damaged")]
    [InlineData("ca.pem", "half", "ca.pem is damaged")]
    [InlineData("ca.pem", "another", "ca.key is not the key of ca.pem")]
    [InlineData("ca.pem", "folder", "ca.pem")]
    [InlineData("ca.pem", null, "ca.pem is not there")]
    [InlineData("ca.key", "nonsense", "ca.key is damaged")]
    [InlineData("ca.key", "", "ca.key is damaged")]
    [InlineData("ca.key", "half", "ca.key is damaged")]
    [InlineData("ca.key", "another", "ca.key is not the key of ca.pem")]
    [InlineData("ca.key", null, "ca.key is not there")]
    public void An_authority_that_cannot_be_used_is_named_and_not_made_anew(string file, string? text, string sentence)
    {
        using var other = new TempFolder();
        using var otherBox = new BoxCertificate(other.Path, [Name], _machine, new BoxClock(_time));
        otherBox.Ensure();
        using var box = Box();
        box.Ensure();
        var path = Path.Combine(_folder.Path, file);
        var whole = File.ReadAllText(path);
        File.Delete(path);
        if (text == "folder")
        {
            Directory.CreateDirectory(path);
        }
        else if (text is not null)
        {
            File.WriteAllText(path, text switch { "half" => whole[..(whole.Length / 2)], "another" => File.ReadAllText(Path.Combine(other.Path, file)), _ => text });
        }

        using var again = Box();
        var said = Should.Throw<SettingException>(() => again.Ensure()).Message;
        said.ShouldStartWith("Ortaq:Certificate: ");
        said.ShouldContain(sentence);
        if (text != "folder")
        {
            said.ShouldEndWith("Put the copy back, or delete both ca.pem and ca.key and install the new authority on every phone.");
            File.Delete(path);
            File.WriteAllText(path, whole);
            again.Ensure().ShouldBeNull("the copy is back");
            again.Fingerprint.ShouldBe(box.Fingerprint);
            File.Delete(Path.Combine(_folder.Path, "ca.pem"));
            File.Delete(Path.Combine(_folder.Path, "ca.key"));
            again.Ensure().ShouldNotBeNull().ShouldContain("every phone is to be given it once");
        }
    }

    [Fact]
    public void A_key_alone_is_a_first_start_that_the_power_went_away_amid()
    {
        using var box = Box();
        box.Ensure();
        foreach (var file in new[] { "ca.pem", "box.pem", "box.key" })
        {
            File.Delete(Path.Combine(_folder.Path, file));
        }

        using var again = Box();
        again.Ensure().ShouldNotBeNull().ShouldContain("every phone is to be given it once");
    }

    [Fact]
    public async Task A_certificate_that_its_authority_did_not_sign_is_made_anew()
    {
        using var other = new TempFolder();
        using var otherBox = new BoxCertificate(other.Path, [Name], _machine, new BoxClock(_time));
        otherBox.Ensure();
        using var box = Box();
        box.Ensure();
        foreach (var file in new[] { "box.pem", "box.key" })
        {
            File.Copy(Path.Combine(other.Path, file), Path.Combine(_folder.Path, file), overwrite: true);
        }

        using var again = Box();
        again.Ensure().ShouldNotBeNull().ShouldContain("which phones trust as they did the one before");
        again.Fingerprint.ShouldBe(box.Fingerprint);
        (await VerifiedAsync(again.Current!)).ShouldBeTrue();
        again.Ensure().ShouldBeNull();
    }

    [Theory]
    [InlineData("box.pem", "nonsense")]
    [InlineData("box.pem", "")]
    [InlineData("box.key", "nonsense")]
    [InlineData("box.key", null)]
    public void A_pair_that_the_power_went_away_amid_is_made_again_by_the_same_authority(string file, string? text)
    {
        using var box = Box();
        box.Ensure();
        using var other = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        // Null: the key of another pair.
        File.WriteAllText(Path.Combine(_folder.Path, file), text ?? other.ExportPkcs8PrivateKeyPem());
        using var again = Box();
        again.Ensure()!.ShouldContain("a new certificate was made");
        again.Fingerprint.ShouldBe(box.Fingerprint);
        again.Current!.HasPrivateKey.ShouldBeTrue();
    }

    // As another program than ours sees it.
    private async Task<bool> VerifiedAsync(X509Certificate2 certificate)
    {
        var path = Path.Combine(_folder.Path, "looked-at");
        await File.WriteAllTextAsync(path, certificate.ExportCertificatePem());
        var at = _time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        var (code, _) = await OtherProgram.EndAsync("openssl", ["verify", "-attime", at, "-purpose", "sslserver", "-CAfile", Path.Combine(_folder.Path, "ca.pem"), path]);
        File.Delete(path);
        return code == 0;
    }

    private BoxCertificate Box(string name = Name) => new(_folder.Path, [name], _machine, new BoxClock(_time));

    private BoxCertificate Box(BoxClock clock) => new(_folder.Path, [Name], _machine, clock);

    private static BoxClock ClockAt(DateTimeOffset now, DateTimeOffset? stored = null)
    {
        var clock = new BoxClock(new Clock(now));
        if (stored is { } known)
        {
            clock.Know(known);
        }

        return clock;
    }

    private sealed class Machine : IMachineAddresses
    {
        public IReadOnlyList<MachineAddress> Addresses { get; set; } = [new(IPAddress.Parse("192.168.1.10"), "eth0")];

        public IReadOnlyList<MachineAddress>? Now() => Addresses;
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
