using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Classroom.Silo.Hosting;

/// <summary>How a phone finds this program.</summary>
public enum Reach
{
    /// <summary>By the address that the browser itself has: behind a proxy, in a container, among several silos this process does not know.</summary>
    AsAsked,

    /// <summary>By <c>Ortaq:PublicUrl</c>.</summary>
    Public,

    /// <summary>By an address of this machine in its network.</summary>
    Network,

    /// <summary>Not at all: it listens for this machine alone.</summary>
    ThisMachine,

    /// <summary>Not at all: this machine is in no network.</summary>
    NoNetwork,
}

/// <param name="Url">Without a slash at its end.</param>
/// <param name="Network">What the operating system calls the interface.</param>
public sealed record JoinAddress(string Url, string Network);

/// <summary>
/// What the board of a school's box shows, whose browser has <c>localhost</c> in its address bar: an address that a phone can open. Where there are
/// several, a teacher chooses, and a file in the data folder remembers the network: addresses change there.
/// </summary>
public sealed class JoinAddresses(
    IServer server, IMachineAddresses machine, IOptions<SiteOptions> site, IOptions<DatabaseOptions> database, DataFolder data, TimeProvider time, ILogger<JoinAddresses> logger)
{
    private const string FileName = "join-network";
    private static readonly TimeSpan ConnectsWithin = TimeSpan.FromSeconds(2);

    // Whoever came lately shows that phones find the way.
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();
    private long _reached = long.MinValue;
    private string? _network;

    public BrowserAddress? PublicUrl { get; } = BrowserAddress.Of(site.Value.PublicUrl);

    /// <summary>A request from another machine has come within the last minutes.</summary>
    public bool WasReached => Volatile.Read(ref _reached) is var at && at != long.MinValue && time.GetElapsedTime(at) < Lately;

    private string FilePath => Path.Combine(data.Folder, FileName);

    /// <summary>Who asks from this machine itself has the same address at both ends, or a loopback one.</summary>
    public void Note(ConnectionInfo connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.RemoteIpAddress is { } remote && !IPAddress.IsLoopback(remote) && !remote.Equals(connection.LocalIpAddress))
        {
            Volatile.Write(ref _reached, time.GetTimestamp());
        }
    }

    /// <summary>As it is now; the one that the board shows stands first.</summary>
    public (Reach Reach, IReadOnlyList<JoinAddress> Addresses) Look()
    {
        if (PublicUrl is not null)
        {
            return (Reach.Public, [new JoinAddress(PublicUrl.ToString(), "")]);
        }

        var listening = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(Parsed).ToList() ?? [];
        // A container's own address, or that of one silo of several, leads no phone anywhere.
        if (listening.Count == 0 || IsContainer || !string.IsNullOrWhiteSpace(database.Value.Redis))
        {
            return (Reach.AsAsked, []);
        }

        // A phone that does not trust the box's certificate is let in by http.
        var open = listening.Where(l => !BrowserAddress.IsThisMachine(l.Host)).OrderByDescending(l => l.Scheme == Uri.UriSchemeHttp).ToList();
        if (open.Count == 0)
        {
            return (Reach.ThisMachine, []);
        }

        if (machine.Now() is not { } networks)
        {
            return (Reach.AsAsked, []);
        }

        var chosen = Chosen;
        var found = networks
            .Select(a => (a.Network, Listener: open.FirstOrDefault(l => !IPAddress.TryParse(l.Host.Trim('[', ']'), out var only) || IsAny(only) || only.Equals(a.Address)), a.Address))
            .Where(a => a.Listener is not null)
            .Select(a => new JoinAddress(new UriBuilder(a.Listener!.Scheme, a.Address.ToString(), a.Listener.Port).Uri.GetLeftPart(UriPartial.Authority), a.Network))
            .OrderByDescending(a => a.Network == chosen).ToList();
        return found.Count > 0 ? (Reach.Network, found) : (Reach.NoNetwork, []);
    }

    /// <summary>The board shows this one from now on, at the next start too.</summary>
    /// <returns>False when it is none of them.</returns>
    public bool Choose(string? url)
    {
        var (reach, addresses) = Look();
        if (reach != Reach.Network || addresses.FirstOrDefault(a => a.Url == url) is not { } address)
        {
            return false;
        }

        lock (_lock)
        {
            _network = address.Network;
            try
            {
                File.WriteAllText(FilePath, address.Network);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It holds until the next start.
                logger.LogWarning("Data:Folder: the network that was chosen for joining cannot be kept ({Message})", e.Message);
            }
        }

        return true;
    }

    /// <summary>Whether a connection to it opens from here. It says nothing of a firewall that lets this machine through, and phones not.</summary>
    public static async Task<bool> AnswersAsync(JoinAddress address, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(address);
        var uri = new Uri(address.Url);
        using var client = new TcpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ConnectsWithin);
        try
        {
            await client.ConnectAsync(uri.DnsSafeHost, uri.Port, limit.Token);
            return true;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private static bool IsContainer => string.Equals(Environment.GetEnvironmentVariable("DOTNET_RUNNING_IN_CONTAINER"), "true", StringComparison.OrdinalIgnoreCase);

    private string? Chosen
    {
        get
        {
            lock (_lock)
            {
                return _network ??= Kept();
            }
        }
    }

    private string? Kept()
    {
        try
        {
            return File.Exists(FilePath) ? File.ReadAllText(FilePath).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Any name but localhost is every address to the web server.
    private static BindingAddress Parsed(string url) => BindingAddress.Parse(url);

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
