using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Classroom.Silo.Centre;

/// <summary>What a service token may be used for: one word for each group of calls of <c>centre.proto</c>.</summary>
internal static class Scopes
{
    public const string Watch = "watch";
    public const string Report = "report";
    public const string Export = "export";
    public const string Kits = "kits";
    public static readonly string[] All = [Watch, Report, Export, Kits];

    /// <returns>The scopes of a comma-separated text in their own order, or null when one is unknown or there is none.</returns>
    public static string? Parse(string? text)
    {
        var asked = (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return asked.Length == 0 || asked.Except(All, StringComparer.Ordinal).Any() ? null : string.Join(',', All.Intersect(asked, StringComparer.Ordinal));
    }

    public static bool Holds(string scopes, string scope) => scopes.Split(',').Contains(scope, StringComparer.Ordinal);
}

/// <summary>The secret itself. 32 random bytes need no slow hash: nobody can try them all.</summary>
internal static class ServiceTokens
{
    // Found in a log or a repository, it says what it is.
    private const string Prefix = "ortaq_";

    public static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <returns>32 bytes.</returns>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
