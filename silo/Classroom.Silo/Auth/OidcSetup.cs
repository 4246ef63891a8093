using Classroom.Silo.Hosting;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Classroom.Silo.Auth;

/// <summary>
/// The organisation's sign-in: OpenID Connect by the framework's handler, code flow with PKCE. What it sends ends in our own cookie for an account of ours;
/// local accounts stay the way in while it is down. Nothing is asked of the provider before somebody presses the button.
/// </summary>
public static class OidcSetup
{
    public const string Scheme = "Oidc";
    public const string CallbackPath = "/oidc/callback";
    public const string SignedOutPath = "/oidc/signed-out";

    /// <summary>Clocks may differ by so much.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A token is made when it is asked for, so one that is older is a wrong clock; but a provider may date it back (Entra ID does, by five minutes) for clocks
    /// that are late. Its end, its beginning and the nonce say whether it is good.
    /// </summary>
    public static readonly TimeSpan OldestToken = TimeSpan.FromMinutes(15);

    /// <summary>Only signatures by the provider's published keys: none, and no secret that others know too.</summary>
    public static readonly IReadOnlyList<string> Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    // Somebody waits with a browser.
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(8);

    public static void AddOrtaqOidc(this WebApplicationBuilder builder)
    {
        if (!Settings.Read<OidcOptions>(builder.Configuration, "Oidc").IsOn)
        {
            return;
        }

        builder.Services.AddScoped<OidcEvents>();
        builder.Services.AddSingleton<OidcAccounts>();
        builder.Services.AddSingleton<OidcProvider>();
        builder.Services.AddAuthentication().AddOpenIdConnect(Scheme, _ => { });
        builder.Services.AddOptions<OpenIdConnectOptions>(Scheme).Configure<IOptions<OidcOptions>>((o, given) => Configure(o, given.Value))
            .PostConfigure<ILogger<OidcProvider>>((o, logger) => o.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                o.MetadataAddress!, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(o.Backchannel) { RequireHttps = o.RequireHttpsMetadata },
                new PublishedBy(o.Authority!, logger)));
    }

    private static void Configure(OpenIdConnectOptions o, OidcOptions given)
    {
        o.Authority = given.Authority;
        o.RequireHttpsMetadata = new Uri(given.Authority!).Scheme == Uri.UriSchemeHttps;
        (o.ClientId, o.ClientSecret) = (given.ClientId, OidcSettings.SecretOf(given));
        o.ResponseType = OpenIdConnectResponseType.Code;
        // A form that the provider's page sends would arrive without our cookies, and is what the forgery check refuses.
        o.ResponseMode = OpenIdConnectResponseMode.Query;
        o.Scope.Clear();
        foreach (var scope in $"openid profile {given.Scopes}".Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            o.Scope.Add(scope);
        }

        o.MapInboundClaims = false;
        o.SaveTokens = false;
        o.DisableTelemetry = true;
        o.SignInScheme = o.SignOutScheme = IdentityConstants.ApplicationScheme;
        (o.CallbackPath, o.SignedOutCallbackPath, o.SignedOutRedirectUri) = (CallbackPath, SignedOutPath, "/teach");
        // Any page could sign somebody out by a link to it.
        o.RemoteSignOutPath = default;
        // A school's box may have no TLS; over https they are Secure.
        o.CorrelationCookie.SameSite = o.NonceCookie.SameSite = SameSiteMode.Lax;
        o.CorrelationCookie.SecurePolicy = o.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        o.BackchannelTimeout = AnswerWithin;
        o.TokenValidationParameters.ClockSkew = ClockSkew;
        o.TokenValidationParameters.ValidAlgorithms = Algorithms;
        o.EventsType = typeof(OidcEvents);
    }

    // What another issuer publishes (a proxy that sends on to the wrong place) is not kept for hours: it is asked for again at the next press.
    private sealed class PublishedBy(string authority, ILogger logger) : IConfigurationValidator<OpenIdConnectConfiguration>
    {
        public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration)
        {
            var wrong = configuration.Issuer?.TrimEnd('/') != authority.TrimEnd('/') ? $"its issuer is {configuration.Issuer}, which is not Oidc:Authority"
                : string.IsNullOrEmpty(configuration.AuthorizationEndpoint) || string.IsNullOrEmpty(configuration.TokenEndpoint) ? "it lacks an endpoint"
                : configuration.SigningKeys.Count == 0 ? "it has no keys" : null;
            if (wrong is not null)
            {
                logger.LogWarning("The document that Oidc:Authority publishes cannot be used: {Why}", wrong);
            }

            return new ConfigurationValidationResult { Succeeded = wrong is null, ErrorMessage = wrong };
        }
    }
}
