namespace Classroom.Silo.Hosting;

/// <summary>What stands in a browser's address bar before the path: scheme, host and port, which together are an origin.</summary>
public sealed record BrowserAddress
{
    private const string Https = "https";

    private BrowserAddress(Uri uri) => (Scheme, Host, Port) = (uri.Scheme, HostOf(uri), uri.Port);

    public string Scheme { get; }

    /// <summary>Lower case, ASCII, without the dot that may end a full name; an IPv6 address without brackets.</summary>
    public string Host { get; }

    public int Port { get; }

    /// <summary>A name that a browser knows by certificates: neither this machine's own name nor an address.</summary>
    public bool IsDomain => Uri.CheckHostName(Host) == UriHostNameType.Dns && !IsThisMachine(Host);

    /// <returns>Null when it is not an http or https address with nothing behind host and port.</returns>
    public static BrowserAddress? Of(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or Https && uri.Host.Length > 0 && uri.UserInfo.Length == 0
        && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 ? new BrowserAddress(uri) : null;

    /// <summary>What the request itself says that it was sent to; behind a proxy, what a proxy of <c>Ortaq:Proxies</c> says.</summary>
    public static BrowserAddress? Of(HttpRequest request, string? scheme = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Of($"{scheme ?? request.Scheme}://{request.Host.Value}");
    }

    /// <summary>
    /// Whether a page of this origin is ours. Invariant: a page of another site never is. Three ways, because a proxy may change what arrives here:
    /// the browser compared for itself (Sec-Fetch-Site, which no page can write); it is <c>Ortaq:PublicUrl</c>; or it is what the request was sent to. Where the
    /// request came without TLS, https of the same host is ours too: a proxy that ends TLS and is not named in <c>Ortaq:Proxies</c> says nothing of it.
    /// </summary>
    public static bool IsOurs(HttpRequest request, string origin, BrowserAddress? publicUrl)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Headers["Sec-Fetch-Site"] is ["same-origin"]
            || (Of(origin) is { } page && (page == publicUrl || page == Of(request) || (!request.IsHttps && page == Of(request, Https))));
    }

    /// <summary>A name by which a machine calls itself, and reaches nobody else.</summary>
    public static bool IsThisMachine(string host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
            || (System.Net.IPAddress.TryParse(host.Trim('[', ']'), out var address) && System.Net.IPAddress.IsLoopback(address));
    }

    public override string ToString() => new UriBuilder(Scheme, Host, Port).Uri.GetLeftPart(UriPartial.Authority);

    private static string HostOf(Uri uri) => uri.IdnHost.TrimEnd('.').ToLowerInvariant();
}
