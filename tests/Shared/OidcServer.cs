using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Classroom.Tests;

public enum OidcFault
{
    None,

    /// <summary>The discovery document is not JSON.</summary>
    GarbageDiscovery,

    /// <summary>The discovery document is another issuer's.</summary>
    ForeignDiscovery,

    /// <summary>The person, or the provider, says no.</summary>
    Denied,

    /// <summary>Comes back with <c>error=server_error</c>.</summary>
    ServerError,

    /// <summary>The token endpoint answers with a page.</summary>
    GarbageToken,

    /// <summary>The token endpoint answers 500.</summary>
    BrokenToken,

    /// <summary>The connection to the token endpoint is cut.</summary>
    CutToken,

    NoIdToken,
    WrongIssuer,
    WrongAudience,

    /// <summary>An unsigned token.</summary>
    AlgNone,

    /// <summary>Signed by somebody else's key under the published key's id.</summary>
    Forged,

    /// <summary>Signed with the client's secret, which is no secret of the provider's.</summary>
    SignedWithSecret,

    NoNonce,
    WrongNonce,
    NoSubject,
}

/// <summary>Who the provider signs in.</summary>
public sealed record OidcPerson(string Subject, string Name, string[] Groups)
{
    public string? Centre { get; init; }

    /// <summary>Other claims of the id token.</summary>
    public Dictionary<string, object> More { get; init; } = [];
}

/// <summary>
/// A provider of OpenID Connect over real HTTP: discovery, keys, authorize (which asks nobody and takes <see cref="Person"/>), token (PKCE, each code
/// once, the client's secret) and end of session. It can go, come back on the same port, and be faulty.
/// </summary>
public sealed class OidcServer : IAsyncDisposable
{
    public const string ClientId = "ortaq";
    public const string ClientSecret = "a-secret-of-the-tests";
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, IQueryCollection> _codes = new(StringComparer.Ordinal);
    private RSA _key = RSA.Create(2048);
    private string _keyId = "key-1";
    private WebApplication? _app;

    private OidcServer(int port) => Url = $"http://127.0.0.1:{port}";

    public string Url { get; }

    public OidcPerson Person { get; set; } = new("1001", "Айгүл Маратқызы", ["teachers"]);

    public OidcFault Fault { get; set; }

    /// <summary>How far the provider's clock is from this machine's.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>How long before its own clock the token says it was made.</summary>
    public TimeSpan BackDated { get; set; }

    public bool HasEndSession { get; set; } = true;

    /// <summary>What browsers and silos asked for, as <c>/path?query</c>, and the bodies of the token endpoint.</summary>
    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Values)> Asked { get; } = new();

    /// <summary>Settings of a silo that uses it.</summary>
    public (string Name, string? Value)[] Settings =>
    [
        ("Oidc__Authority", Url), ("Oidc__ClientId", ClientId), ("Oidc__ClientSecret", ClientSecret), ("Oidc__DisplayName", "Bilim"),
        ("Oidc__Roles__Teacher", "teachers;substitutes"), ("Oidc__Roles__Mentor", "mentors"), ("Oidc__Roles__Admin", "it-staff"),
    ];

    public static async Task<OidcServer> StartAsync()
    {
        var server = new OidcServer(SiloProcess.FreePort());
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Its address is taken, but nobody answers there.</summary>
    public static OidcServer Away() => new(SiloProcess.FreePort());

    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add(Url);
        _app.MapGet("/.well-known/openid-configuration", Discovery);
        _app.MapGet("/keys", Keys);
        _app.MapGet("/authorize", Authorize);
        _app.MapPost("/token", (Delegate)TokenAsync);
        _app.MapGet("/bye", Bye);
        await _app.StartAsync();
    }

    public async Task StopAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
            _app = null;
        }
    }

    /// <summary>The old key is published no more.</summary>
    public void RotateKey() => (_key, _keyId) = (RSA.Create(2048), "key-" + Guid.NewGuid().ToString("N"));

    public async ValueTask DisposeAsync() => await StopAsync();

    private IResult Discovery() => Fault == OidcFault.GarbageDiscovery ? Results.Text("<html>nginx</html>", "text/html") : Results.Json(new Dictionary<string, object?>
    {
        ["issuer"] = Fault == OidcFault.ForeignDiscovery ? "https://issuer.example" : Url,
        ["authorization_endpoint"] = Url + "/authorize",
        ["token_endpoint"] = Url + "/token",
        ["jwks_uri"] = Url + "/keys",
        ["end_session_endpoint"] = HasEndSession ? Url + "/bye" : null,
        ["response_types_supported"] = new[] { "code" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
    });

    private IResult Keys()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", alg = "RS256", kid = _keyId, n = Text(key.Modulus!), e = Text(key.Exponent!) } } });
    }

    private IResult Authorize(HttpRequest request)
    {
        Note(request.Path, request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal));
        var query = request.Query;
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256"
            || !query["scope"].ToString().Split(' ').Contains("openid") || query["nonce"].Count != 1 || query["state"].Count != 1)
        {
            return Results.BadRequest("not a request of an authorization code with PKCE and a nonce");
        }

        var back = new Dictionary<string, string?> { ["state"] = query["state"] };
        switch (Fault)
        {
            case OidcFault.Denied:
                back["error"] = "access_denied";
                break;
            case OidcFault.ServerError:
                back["error"] = "server_error";
                back["error_description"] = "<b>it broke</b>";
                break;
            default:
                back["code"] = Text(RandomNumberGenerator.GetBytes(24));
                _codes[back["code"]!] = query;
                break;
        }

        return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), back));
    }

    private async Task<IResult> TokenAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        Note("/token", form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal));
        switch (Fault)
        {
            case OidcFault.GarbageToken:
                return Results.Text("<html>welcome</html>", "text/html");
            case OidcFault.BrokenToken:
                return Results.StatusCode(500);
            case OidcFault.CutToken:
                context.Abort();
                return Results.Empty;
            default:
                break;
        }

        // A code is good once, for the client and the address that asked for it, and for whoever has the verifier.
        if (form["client_id"] != ClientId || form["client_secret"] != ClientSecret || !_codes.TryRemove(form["code"].ToString(), out var asked)
            || asked["redirect_uri"] != form["redirect_uri"]
            || Text(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != asked["code_challenge"])
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        }

        return Results.Json(Fault == OidcFault.NoIdToken
            ? new Dictionary<string, object> { ["access_token"] = "opaque", ["token_type"] = "Bearer" }
            : new Dictionary<string, object> { ["access_token"] = "opaque", ["token_type"] = "Bearer", ["expires_in"] = 300, ["id_token"] = IdToken(asked["nonce"].ToString()) });
    }

    private IResult Bye(HttpRequest request)
    {
        Note(request.Path, request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal));
        return Results.Redirect(QueryHelpers.AddQueryString(request.Query["post_logout_redirect_uri"].ToString(), "state", request.Query["state"].ToString()));
    }

    private string IdToken(string nonce)
    {
        var now = DateTimeOffset.UtcNow + ClockOffset;
        var claims = new Dictionary<string, object>(Person.More, StringComparer.Ordinal)
        {
            ["iss"] = Fault == OidcFault.WrongIssuer ? "https://issuer.example" : Url,
            ["aud"] = Fault == OidcFault.WrongAudience ? "another-client" : ClientId,
            ["iat"] = (now - BackDated).ToUnixTimeSeconds(),
            ["nbf"] = (now - BackDated).ToUnixTimeSeconds(),
            ["exp"] = (now + TokenLife).ToUnixTimeSeconds(),
            ["name"] = Person.Name,
            ["groups"] = Person.Groups,
        };
        if (Person.Centre is { } centre)
        {
            claims["centre"] = centre;
        }

        if (Fault != OidcFault.NoSubject)
        {
            claims["sub"] = Person.Subject;
        }

        if (Fault != OidcFault.NoNonce)
        {
            claims["nonce"] = Fault == OidcFault.WrongNonce ? "another" : nonce;
        }

        var algorithm = Fault switch { OidcFault.AlgNone => "none", OidcFault.SignedWithSecret => "HS256", _ => "RS256" };
        var signed = $"{Json(new { alg = algorithm, typ = "JWT", kid = _keyId })}.{Json(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        using var forger = RSA.Create(2048);
        return signed + "." + Text(Fault switch
        {
            OidcFault.AlgNone => [],
            OidcFault.SignedWithSecret => HMACSHA256.HashData(Encoding.UTF8.GetBytes(ClientSecret), bytes),
            OidcFault.Forged => forger.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            _ => _key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        });
    }

    private void Note(string path, Dictionary<string, string> values) => Asked.Enqueue((path, values));

    private static string Json(object value) => Text(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Text(byte[] bytes) => WebEncoders.Base64UrlEncode(bytes);
}
