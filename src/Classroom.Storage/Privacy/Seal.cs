using System.Security.Cryptography;

namespace Classroom.Storage;

/// <summary>
/// Bytes under a key: AES-256-GCM with a random nonce. What is sealed is tied to its place (<c>place</c>): moved elsewhere, it does not open.
/// One byte of format, 12 of nonce, 16 of tag, then the text.
/// </summary>
internal static class Seal
{
    public const int KeySize = 32;
    public const byte Format = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Head = 1 + NonceSize + TagSize;

    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, ReadOnlySpan<byte> place)
    {
        var bytes = new byte[Head + text.Length];
        bytes[0] = Format;
        RandomNumberGenerator.Fill(bytes.AsSpan(1, NonceSize));
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(bytes.AsSpan(1, NonceSize), text, bytes.AsSpan(Head), bytes.AsSpan(1 + NonceSize, TagSize), place);
        return bytes;
    }

    /// <returns>Null when it was not sealed with this key, or not for this place, or is damaged.</returns>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> place)
    {
        if (bytes.Length < Head || bytes[0] != Format)
        {
            return null;
        }

        var text = new byte[bytes.Length - Head];
        using var aes = new AesGcm(key, TagSize);
        try
        {
            aes.Decrypt(bytes.Slice(1, NonceSize), bytes[Head..], bytes.Slice(1 + NonceSize, TagSize), text, place);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
