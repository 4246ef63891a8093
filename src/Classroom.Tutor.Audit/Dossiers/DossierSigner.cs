using System.Globalization;
using System.Security.Cryptography;

namespace Classroom.Tutor.Audit;

/// <summary>Signs a dossier's manifest: ECDSA over P-256 and SHA-256, as <c>openssl</c> writes and reads it.</summary>
public sealed class DossierSigner(ECDsa key) : IDisposable
{
    /// <summary>How somebody without this program checks the signature, in the dossier's folder.</summary>
    public const string OpenSsl = "openssl dgst -sha256 -verify public.pem -signature manifest.sig manifest.json";

    private const string Curve = "1.2.840.10045.3.1.7";

    // FIPS 186-5, A.2.1: 64 bits more than the order has, so that no scalar is likelier than another.
    private const int SeedSize = 40;

    public string Fingerprint { get; } = FingerprintOf(key);

    public string PublicPem => key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>The key that follows from a seed: who has the seed has the key, and there is no file of it to lose.</summary>
    /// <param name="seed">40 secret bytes that serve nothing else.</param>
    public static DossierSigner FromSeed(ReadOnlySpan<byte> seed)
    {
        if (seed.Length != SeedSize)
        {
            throw new ArgumentException($"A seed has {SeedSize} bytes.", nameof(seed));
        }

        var order = System.Numerics.BigInteger.Parse("0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var scalar = (new System.Numerics.BigInteger(seed, isUnsigned: true, isBigEndian: true) % (order - 1)) + 1;
        var d = new byte[32];
        var bytes = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        bytes.CopyTo(d.AsSpan(32 - bytes.Length));
        return new DossierSigner(ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d }));
    }

    /// <summary>A key in a file of its own, made when there is none.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="CryptographicException">It is no such key.</exception>
    public static DossierSigner FromFile(string path)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!File.Exists(path))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var file = new StreamWriter(path, options);
            file.Write(key.ExportPkcs8PrivateKeyPem());
            return new DossierSigner(key);
        }

        try
        {
            key.ImportFromPem(File.ReadAllText(path));
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException($"{path} holds no key.", e);
        }

        return new DossierSigner(key);
    }

    public byte[] Sign(byte[] manifest) => key.SignData(manifest, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <returns>The fingerprint of the key; null: the signature is not of this key and these bytes.</returns>
    /// <exception cref="CryptographicException">The key is no key of P-256.</exception>
    public static string? Verify(string publicPem, byte[] manifest, byte[] signature)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(publicPem);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException("There is no key.", e);
        }

        if (key.ExportParameters(false).Curve.Oid.Value is { } oid && oid != Curve)
        {
            throw new CryptographicException("It is a key of another curve.");
        }

        return key.VerifyData(manifest, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence) ? FingerprintOf(key) : null;
    }

    public void Dispose() => key.Dispose();

    /// <summary>SHA-256 of the public key (its SubjectPublicKeyInfo), in hexadecimal pairs.</summary>
    private static string FingerprintOf(ECDsa key) =>
        string.Join(':', SHA256.HashData(key.ExportSubjectPublicKeyInfo()).Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));
}
