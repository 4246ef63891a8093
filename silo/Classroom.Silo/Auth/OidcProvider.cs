using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Auth;

/// <summary>The organisation's provider as this process knows it; asked for what it publishes when somebody needs it, and again while it was away.</summary>
public sealed class OidcProvider(IOptionsMonitor<OpenIdConnectOptions> options, ILogger<OidcProvider> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Whether its addresses are known. A document that was read once serves while the provider is down.</summary>
    public async Task<bool> IsKnownAsync(CancellationToken cancellationToken)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        wait.CancelAfter(Patience);
        try
        {
            return await options.Get(OidcSetup.Scheme).ConfigurationManager!.GetConfigurationAsync(wait.Token) is { AuthorizationEndpoint.Length: > 0 };
        }
        catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException or OperationCanceledException or ArgumentException or System.Text.Json.JsonException)
        {
            logger.LogWarning("The organisation's sign-in does not answer ({Kind})", (e.InnerException ?? e).GetType().Name);
            return false;
        }
    }

    /// <summary>Where this process asks it for keys, tokens and claims, as it publishes; none while it does not answer.</summary>
    public async Task<ImmutableArray<string>> AddressesAsync(CancellationToken cancellationToken) =>
        await IsKnownAsync(cancellationToken) && await options.Get(OidcSetup.Scheme).ConfigurationManager!.GetConfigurationAsync(cancellationToken) is { } known
            ? [.. new[] { known.JwksUri, known.TokenEndpoint, known.UserInfoEndpoint }.Where(a => !string.IsNullOrEmpty(a))] : [];

    /// <summary>Where the browser signs out of the organisation too; null when it has no such page or is not known.</summary>
    public async Task<string?> SignOutAsync(HttpContext context, string page)
    {
        if (!await IsKnownAsync(context.RequestAborted)
            || await options.Get(OidcSetup.Scheme).ConfigurationManager!.GetConfigurationAsync(context.RequestAborted) is not { EndSessionEndpoint.Length: > 0 })
        {
            return null;
        }

        // The handler answers with a redirection, which a page that asked by script cannot follow to another site: it is told where to go instead.
        await context.SignOutAsync(OidcSetup.Scheme, new AuthenticationProperties { RedirectUri = page });
        var next = context.Response.Headers.Location.ToString();
        context.Response.Headers.Remove("Location");
        context.Response.StatusCode = StatusCodes.Status200OK;
        return next;
    }
}
