using System.Collections.Concurrent;
using System.Diagnostics.Tracing;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Classroom.Tutor.Audit;

/// <summary>A place to which this process may connect.</summary>
/// <param name="Role">provider, proxy (before a provider), database, keys, redis, server (of this installation), telemetry, sign-in.</param>
/// <param name="Port">Null: any.</param>
public sealed record AllowedPlace(string Role, string Host, int? Port)
{
    /// <summary>A provider of a model, by its endpoint.</summary>
    public static AllowedPlace Of(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new("provider", endpoint.Host, endpoint.Port);
    }

    /// <summary>The providers that are configured; with Entra ID also who signs in there.</summary>
    public static ImmutableArray<AllowedPlace> Of(ModelOptions model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var all = new ProviderOptions[] { model, model.Second }.Where(p => p.IsConfigured).ToList();
        return
        [
            .. all.Select(p => Of(new Uri(p.Endpoint!))),
            .. all.Select(p => HttpClient.DefaultProxy.GetProxy(new Uri(p.Endpoint!))).OfType<Uri>().Distinct().Select(p => new AllowedPlace("proxy", p.Host, p.Port)),
            .. all.Exists(p => p.EntraId) ? [new AllowedPlace("sign-in", "login.microsoftonline.com", 443), new AllowedPlace("sign-in", "169.254.169.254", 80)] : ImmutableArray<AllowedPlace>.Empty,
        ];
    }
}

/// <summary>
/// Sees every address that this process connects to, and every name that it looks up, whichever library does: the runtime's own events of sockets and of name
/// resolution. What was connected before it began, what native code opens and other programs of the machine are not seen.
/// </summary>
public sealed partial class EgressWatch : EventListener
{
    private const string Sockets = "System.Net.Sockets";
    /// <summary>The kind of the case that says that it was looked.</summary>
    public const string Watched = "watched";

    private const string Resolution = "System.Net.NameResolution";
    // Its own looking up of allowed names is no doing of the program.
    private static readonly AsyncLocal<bool> Own = new();
    private readonly ConcurrentDictionary<string, bool> _addresses = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<(AllowedPlace Place, IPAddress Address), bool> _places = new();
    private readonly Func<IReadOnlyList<AllowedPlace>> _allowed;

    public EgressWatch(IReadOnlyList<AllowedPlace> allowed)
        : this(() => allowed)
    {
    }

    /// <param name="allowed">Asked when the audit is over: servers may have joined meanwhile.</param>
    public EgressWatch(Func<IReadOnlyList<AllowedPlace>> allowed)
    {
        _allowed = allowed;
        // Sources that were made before this object was whole.
        foreach (var source in EventSource.GetSources().ToList())
        {
            Enable(source);
        }
    }

    /// <summary>Notes what the allowed names stand for now: a host's addresses change while an audit runs, and what they were stays allowed.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var place in _allowed())
        {
            foreach (var address in await ResolveAsync(place.Host, cancellationToken))
            {
                _places[(place, address)] = true;
            }
        }
    }

    /// <summary>Each address and name as a case of the dossier.</summary>
    public async Task<ImmutableArray<CaseResult>> FoundAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        var allowed = _allowed().Concat(_places.Keys.Select(p => p.Place)).ToList();
        return
        [
            // That it was looked: a program that connects to nobody has been observed all the same.
            Result(Watched, Watched, ""),
            .. _addresses.Keys.Order(StringComparer.Ordinal).Select(a => Result("address", a, RoleOf(IPEndPoint.Parse(a)))),
            .. _names.Keys.Order(StringComparer.OrdinalIgnoreCase).Where(n => !IPAddress.TryParse(n, out _)).Select(n => Result("name", n, allowed.FirstOrDefault(p => p.Host.Equals(n, StringComparison.OrdinalIgnoreCase))?.Role)),
        ];
    }

    protected override void OnEventSourceCreated(EventSource eventSource) => Enable(eventSource);

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData is { EventSource.Name: Sockets, EventName: "ConnectStart", Payload: [string address, ..] } && ParseAddress(address) is { } end)
        {
            _addresses[end.ToString()] = true;
        }
        else if (eventData is { EventSource.Name: Resolution, EventName: "ResolutionStart", Payload: [string name, ..] } && name.Length > 0 && !Own.Value)
        {
            _names[name] = true;
        }
    }

    /// <summary>Of <c>InterNetwork:16:{31,144,127,0,0,1,0,...}</c>: the port, then the address. Null: no address of the internet.</summary>
    internal static IPEndPoint? ParseAddress(string told)
    {
        if (Bytes().Match(told) is not { Success: true } match)
        {
            return null;
        }

        var bytes = match.Groups["bytes"].Value.Split(',').Select(b => byte.Parse(b, CultureInfo.InvariantCulture)).ToArray();
        var port = (bytes[0] << 8) | bytes[1];
        var address = match.Groups["six"].Success ? new IPAddress(bytes[6..22]) : new IPAddress(bytes[2..6]);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
    }

    private void Enable(EventSource source)
    {
        if (source.Name is Sockets or Resolution)
        {
            EnableEvents(source, EventLevel.Informational, EventKeywords.All);
        }
    }

    private string? RoleOf(IPEndPoint end) =>
        _places.Keys.FirstOrDefault(p => (p.Place.Port is null || p.Place.Port == end.Port) && p.Address.Equals(end.Address)).Place?.Role;

    private static CaseResult Result(string kind, string what, string? role)
    {
        var tallies = new Verdicts();
        tallies.Add("egress", role is not null);
        return new CaseResult($"egress-{what}", "egress", null, null, kind, what, tallies.ToImmutable()) { By = role is { Length: > 0 } ? role : null };
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Own.Value = true;
        try
        {
            return [.. (await Dns.GetHostAddressesAsync(host, cancellationToken)).Select(a => a.IsIPv4MappedToIPv6 ? a.MapToIPv4() : a)];
        }
        catch (Exception e) when (e is System.Net.Sockets.SocketException or ArgumentException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"^InterNetwork(?<six>V6)?:\d+:\{(?<bytes>[\d,]+)\}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bytes();
}
