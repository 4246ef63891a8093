using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Classroom.Silo.Hosting;

/// <summary>
/// A certificate authority of one box, for phones of one school. Its key lies on a box that anybody may carry away, so it is good for nothing but the box's
/// own names and addresses of private networks (RFC 5280, name constraints): no other site can be imitated with it.
/// </summary>
public static class LocalAuthority
{
    /// <summary>Phones take no certificate of a server that lives longer.</summary>
    public static readonly TimeSpan LifeOfACertificate = TimeSpan.FromDays(397);

    public static readonly TimeSpan LifeOfAnAuthority = TimeSpan.FromDays(730);

    // Clocks of phones are late.
    private static readonly TimeSpan Before = TimeSpan.FromDays(1);
    private static readonly IPNetwork[] Private =
        [IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("::1/128")];

    private const int SerialBytes = 16;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string NameConstraints = "2.5.29.30";
    private static readonly Asn1Tag PermittedSubtrees = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag IpAddress = new(TagClass.ContextSpecific, 7);

    /// <summary>Whether a certificate for this address would be believed.</summary>
    public static bool Covers(IPAddress address) => Array.Exists(Private, n => n.BaseAddress.AddressFamily == address.AddressFamily && n.Contains(address));

    /// <param name="names">For which names it may make certificates.</param>
    /// <param name="now">The time.</param>
    public static X509Certificate2 MakeAuthority(IReadOnlyList<string> names, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(names);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(SubjectOf(names), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(new X509Extension(NameConstraints, OnlyFor(names), critical: true));
        return request.CreateSelfSigned(now - Before, now - Before + LifeOfAnAuthority);
    }

    /// <summary>A server's certificate, which ends no later than the authority's.</summary>
    public static X509Certificate2 MakeCertificate(X509Certificate2 authority, IReadOnlyList<string> names, IEnumerable<IPAddress> addresses, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(authority);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(addresses);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(ServerAuthentication)], critical: false));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, includeKeyIdentifier: true, includeIssuerAndSerial: false));
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            alternatives.AddDnsName(name);
        }

        foreach (var address in addresses)
        {
            alternatives.AddIpAddress(address);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        var (end, last) = (now - Before + LifeOfACertificate, EndOf(authority));
        var serial = RandomNumberGenerator.GetBytes(SerialBytes);
        // A serial number is positive.
        serial[0] &= 0x7F;
        using var signed = request.Create(authority, now - Before, end < last ? end : last, serial);
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>The framework says it in this machine's local time.</summary>
    public static DateTimeOffset EndOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
    }

    public static DateTimeOffset BeginOf(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new DateTimeOffset(certificate.NotBefore.ToUniversalTime());
    }

    /// <summary>Whether the authority was made for these names.</summary>
    public static bool IsFor(X509Certificate2 authority, IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(authority);
        return authority.Extensions[NameConstraints]?.RawData.AsSpan().SequenceEqual(OnlyFor(names)) == true;
    }

    private static string SubjectOf(IReadOnlyList<string> names) => $"CN=Ortaq {names[0]}";

    private static byte[] OnlyFor(IReadOnlyList<string> names)
    {
        var asn = new AsnWriter(AsnEncodingRules.DER);
        using (asn.PushSequence())
        using (asn.PushSequence(PermittedSubtrees))
        {
            foreach (var name in names)
            {
                using (asn.PushSequence())
                {
                    asn.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName);
                }
            }

            foreach (var network in Private)
            {
                using (asn.PushSequence())
                {
                    asn.WriteOctetString([.. network.BaseAddress.GetAddressBytes(), .. MaskOf(network)], IpAddress);
                }
            }
        }

        return asn.Encode();
    }

    private static byte[] MaskOf(IPNetwork network)
    {
        var mask = new byte[network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 4 : 16];
        for (var bit = 0; bit < network.PrefixLength; bit++)
        {
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return mask;
    }
}
