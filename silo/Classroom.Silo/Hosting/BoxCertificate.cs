using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Classroom.Silo.Hosting;

/// <summary>
/// The box's own certificate and its authority, in <c>tls</c> of the data folder: made when they are not there, made anew before they end. Phones that trust
/// the authority (<see cref="AuthorityFile"/>) need not be touched when the certificate is renewed, or when the box gets another address.
/// What was made while the clock was ahead is of no use once it is right: then it is made anew, or the authority of before, which phones have, is taken again.
/// </summary>
public sealed class BoxCertificate(string folder, IReadOnlyList<string> names, IMachineAddresses machine, BoxClock clock) : IDisposable
{
    public const string AuthorityFile = "ca.pem";
    private const string AuthorityKeyFile = "ca.key";
    private const string CertificateFile = "box.pem";
    private const string CertificateKeyFile = "box.key";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>So long before its end a certificate is made anew.</summary>
    public static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(30);

    private X509Certificate2? _authority;
    private X509Certificate2? _certificate;

    /// <summary>For Kestrel; null until they were looked at.</summary>
    public X509Certificate2? Current => Volatile.Read(ref _certificate);

    public X509Certificate2? Authority => Volatile.Read(ref _authority);

    /// <summary>When phones have to be given another authority.</summary>
    public DateTimeOffset? AuthorityEnds => Authority is { } authority ? LocalAuthority.EndOf(authority) : null;

    public string Folder => folder;

    /// <summary>By which a person sees that a phone has got the authority of this box, and of nobody between.</summary>
    public string? Fingerprint => Authority is { } authority ? string.Join(':', SHA256.HashData(authority.RawData).Select(b => b.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))) : null;

    /// <summary>Whether a setting's text is names that a certificate can be made for.</summary>
    public static bool AreNames(string? text) => Names(text).All(
        n => Uri.CheckHostName(n) == UriHostNameType.Dns && n.All(char.IsAscii) && OwnNetworks.Any(end => n.EndsWith(end, StringComparison.Ordinal)));

    // What the internet gives to nobody. An authority for any other name could imitate somebody's site.
    private static readonly string[] OwnNetworks = [".lan", ".local", ".internal", ".home.arpa", ".test"];

    public static IReadOnlyList<string> Names(string? text) => (text ?? "").ToLowerInvariant().Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Loads what is there, and makes what is missing, about to end, or for other names or addresses.</summary>
    /// <returns>What was made, as a sentence for the log; null: everything was there.</returns>
    /// <exception cref="SettingException">The folder cannot be used.</exception>
    public string? Ensure()
    {
        try
        {
            return EnsureFiles();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new SettingException($"Ortaq:Certificate: {folder} cannot be used ({e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}).", e);
        }
    }

    public void Dispose()
    {
        Current?.Dispose();
        Authority?.Dispose();
    }

    private string? EnsureFiles()
    {
        var now = clock.GetUtcNow();
        var made = "";
        if (File.Exists(folder))
        {
            throw new SettingException($"Ortaq:Certificate: {folder} is a file where a folder should be: move it away.");
        }

        Directory.CreateDirectory(folder);
        var authority = LoadAuthority();
        var before = authority is null || !IsGood(authority, now) ? Kept(now) : null;
        if (authority is null || before is not null || !IsUsable(authority, now))
        {
            var isEarly = authority is not null && LocalAuthority.IsFor(authority, names) && LocalAuthority.BeginOf(authority) > now;
            if (authority is not null)
            {
                // Its end may be a clock's that is wrong.
                Store(authority, KeptName(authority) + ".pem", KeptName(authority) + ".key");
            }

            if (before is not null)
            {
                (authority, made) = (before, $"the authority of before is taken again{(isEarly ? ": the clock was wrong when the other one was made" : "")}. Phones that were given it trust it still");
            }
            else
            {
                made = authority is null ? "an authority was made: every phone is to be given it once" : "a new authority was made: every phone is to be given it again";
                authority = LocalAuthority.MakeAuthority(names, now);
            }

            Store(authority, AuthorityFile, AuthorityKeyFile);
        }

        var certificate = LoadOwn();
        IPAddress[] addresses = [.. (machine.Now() ?? []).Select(a => a.Address).Where(LocalAuthority.Covers), IPAddress.Loopback];
        if (made.Length > 0 || certificate is null || !IsSignedBy(certificate, authority) || !(IsTimely(certificate, now) || IsLater(certificate, now)) || !Names(certificate, addresses))
        {
            certificate = LocalAuthority.MakeCertificate(authority, names, addresses, now);
            Store(certificate, CertificateFile, CertificateKeyFile);
            made = made.Length > 0 ? made : "a new certificate was made, which phones trust as they did the one before";
        }

        // What is still served by the old ones goes on with them.
        Volatile.Write(ref _authority, authority);
        Volatile.Write(ref _certificate, Usable(certificate));
        return made.Length > 0 ? made : null;
    }

    private bool IsGood(X509Certificate2 authority, DateTimeOffset now) => LocalAuthority.IsFor(authority, names) && IsTimely(authority, now);

    private bool IsUsable(X509Certificate2 authority, DateTimeOffset now) => LocalAuthority.IsFor(authority, names) && (IsTimely(authority, now) || IsLater(authority, now));

    private static bool IsTimely(X509Certificate2 certificate, DateTimeOffset now) =>
        LocalAuthority.EndOf(certificate) - now >= RenewedBefore && LocalAuthority.BeginOf(certificate) <= now;

    // A clock that tells a time that cannot be says nothing of what begins later. One that is behind what was stored may have been ahead then, and be right now.
    private bool IsLater(X509Certificate2 certificate, DateTimeOffset now) => clock.IsImpossible && LocalAuthority.BeginOf(certificate) > now;

    private static string KeptName(X509Certificate2 authority) =>
        $"ca-{LocalAuthority.BeginOf(authority).UtcDateTime.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)}-{authority.Thumbprint[..8].ToLowerInvariant()}";

    private X509Certificate2? Kept(DateTimeOffset now)
    {
        foreach (var file in Directory.GetFiles(folder, "ca-*.pem").OrderDescending(StringComparer.Ordinal).Select(f => Path.GetFileName(f)!))
        {
            if (TryLoad(file, Path.ChangeExtension(file, ".key")) is { } kept && IsGood(kept, now))
            {
                return kept;
            }
        }

        return null;
    }

    private static bool Names(X509Certificate2 certificate, IPAddress[] addresses) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault()?.EnumerateIPAddresses().ToHashSet() is { } named && addresses.All(named.Contains);

    // A handshake on Windows takes no key that was never stored.
    private static X509Certificate2 Usable(X509Certificate2 certificate) => X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);

    // A pair that the power went away amid: another one is made, and phones trust it as they did this. The authority's is not made anew so lightly.
    private X509Certificate2? LoadOwn() => TryLoad(CertificateFile, CertificateKeyFile);

    /// <returns>Null where there is none yet.</returns>
    /// <exception cref="SettingException">What is there cannot be used, and phones may have it: it is not made anew.</exception>
    private X509Certificate2? LoadAuthority()
    {
        var (path, keyPath) = (Path.Combine(folder, AuthorityFile), Path.Combine(folder, AuthorityKeyFile));
        var (isThere, isKeyThere) = (Path.Exists(path), Path.Exists(keyPath));
        // A key alone, and no certificate by it: the power went away while the first one was made.
        if (!isThere && (!isKeyThere || !Path.Exists(Path.Combine(folder, CertificateFile))))
        {
            return null;
        }

        if (!isThere || !isKeyThere)
        {
            throw Unusable(isThere ? keyPath : path, "is not there");
        }

        try
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
        }
        catch (CryptographicException)
        {
            throw Unusable(path, "is damaged");
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(File.ReadAllText(keyPath));
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Unusable(keyPath, "is damaged");
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(path, keyPath);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Unusable(keyPath, $"is not the key of {AuthorityFile}: one of the two is another box's");
        }
    }

    private static SettingException Unusable(string path, string what) => new(
        $"Ortaq:Certificate: {path} {what}. Put the copy back, or delete both {AuthorityFile} and {AuthorityKeyFile} and install the new authority on every phone.");

    // By its signature: keys of another box, put back beside the one that was made here, have the same names.
    private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // Whether it is timely is asked by the box's clock.
        chain.ChainPolicy.VerificationFlags = X509VerificationFlags.IgnoreNotTimeValid;
        return chain.Build(certificate);
    }

    private X509Certificate2? TryLoad(string certificate, string key)
    {
        try
        {
            return Load(certificate, key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private X509Certificate2? Load(string certificate, string key)
    {
        var (path, keyPath) = (Path.Combine(folder, certificate), Path.Combine(folder, key));
        return File.Exists(path) && File.Exists(keyPath) ? X509Certificate2.CreateFromPemFile(path, keyPath) : null;
    }

    private void Store(X509Certificate2 certificate, string file, string keyFile)
    {
        using var key = certificate.GetECDsaPrivateKey()!;
        // The key first: who is interrupted between has a pair that does not fit, and makes another.
        Write(keyFile, key.ExportPkcs8PrivateKeyPem());
        Write(file, certificate.ExportCertificatePem());
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder, file);
        var fresh = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, path, overwrite: true);
    }
}
