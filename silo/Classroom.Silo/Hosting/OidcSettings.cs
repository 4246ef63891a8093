using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>What the values of section <c>Oidc</c> may be.</summary>
internal static class OidcSettings
{
    private const int LongestTitle = 60;
    private const double LongestSession = 14 * 24;

    public static void ValidateOidc(this OptionsBuilder<OidcOptions> oidc) => oidc
        .Validate(
            o => o.IsOn || !(Given(o.ClientId, o.ClientSecret, o.ClientSecretFile) || o.Roles.All.Any(r => r.Values.Length > 0)),
            "Oidc:Authority is missing beside other settings of Oidc.")
        .Validate(o => !o.IsOn || AddressOf(o) is not null, "Oidc:Authority is not an http or https address.")
        .Validate<IHostEnvironment>(
            (o, environment) => !o.IsOn || AddressOf(o) is not { Scheme: "http", IsLoopback: false } || environment.IsDevelopment(),
            "Oidc:Authority must be https: over http anybody on the way could sign in as anybody.")
        .Validate(o => !o.IsOn || Given(o.ClientId), "Oidc:ClientId is missing beside Oidc:Authority.")
        .Validate(o => !Given(o.ClientSecret) || !Given(o.ClientSecretFile), "Oidc:ClientSecretFile and Oidc:ClientSecret are one too many.")
        .Validate(o => !Given(o.ClientSecretFile) || SecretIn(o.ClientSecretFile!) is not null, "Oidc:ClientSecretFile is not a file that can be read and holds a secret.")
        .Validate(o => (o.DisplayName?.Length ?? 0) <= LongestTitle, "Oidc:DisplayName is longer than a button: at most 60 characters.")
        .Validate(o => Given(o.RoleClaim), "Oidc:RoleClaim is empty.")
        .Validate(o => !o.IsOn || o.Roles.All.Any(r => r.Values.Length > 0), "Oidc:Roles names no value of Oidc:RoleClaim: nobody could sign in.")
        .Validate(
            o => o.Roles.All.SelectMany(r => r.Values).GroupBy(v => v, StringComparer.Ordinal).All(g => g.Count() == 1),
            "Oidc:Roles gives one value to two roles.")
        .Validate(o => o.Centres.Count == 0 || Given(o.CentreClaim), "Oidc:CentreClaim is missing beside Oidc:Centres.")
        .Validate(
            o => o.Centres.TrueForAll(c => Given(c.Value) && Guid.TryParse(c.Centre, out var id) && id != Guid.Empty), "Oidc:Centres needs a Value and a Centre, which is a GUID, in each line.")
        .Validate(o => o.Centres.Select(c => c.Value).Distinct(StringComparer.Ordinal).Count() == o.Centres.Count, "Oidc:Centres gives two centres to one Value.")
        .Validate(o => o.SessionHours is > 0 and <= LongestSession, "Oidc:SessionHours must be more than 0 and at most 336.");

    /// <summary>Null for a public client.</summary>
    public static string? SecretOf(OidcOptions options) =>
        Given(options.ClientSecret) ? options.ClientSecret : Given(options.ClientSecretFile) ? SecretIn(options.ClientSecretFile!) : null;

    private static Uri? AddressOf(OidcOptions options) =>
        Uri.TryCreate(options.Authority, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 ? uri : null;

    private static bool Given(params string?[] texts) => texts.Any(t => !string.IsNullOrWhiteSpace(t));

    private static string? SecretIn(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } secret ? secret : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
