using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Classroom.Tests;

/// <summary>
/// Hosts of the test's own on one machine: a network namespace each, joined by a bridge in a namespace of its own. What a host's program needs
/// of the servers outside, and what the test needs of it, passes through this process from loopback to loopback. A host is cut off as a
/// network cuts it off: its packets are dropped, and nobody is told. Needs root and iproute2.
/// </summary>
public sealed class Hosts : IAsyncDisposable
{
    private readonly string _bridge;
    private readonly string[] _names;
    private readonly List<Forward> _forwards = [];

    private Hosts(int count)
    {
        _bridge = string.Create(CultureInfo.InvariantCulture, $"ortaq{Environment.ProcessId}-{Random.Shared.Next(100_000)}");
        _names = [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"{_bridge}-{i}"))];
    }

    /// <summary>The namespace of a host.</summary>
    public string NameOf(int host) => _names[host];

    public static string AddressOf(int host) => string.Create(CultureInfo.InvariantCulture, $"10.77.0.{host + 1}");

    public static async Task<Hosts> StartAsync(int count)
    {
        var hosts = new Hosts(count);
        await RunAsync("ip", "netns", "add", hosts._bridge);
        await RunAsync("ip", "-n", hosts._bridge, "link", "add", "lan", "type", "bridge");
        await RunAsync("ip", "-n", hosts._bridge, "link", "set", "lan", "up");
        foreach (var (name, i) in hosts._names.Select((n, i) => (n, i)))
        {
            await RunAsync("ip", "netns", "add", name);
            await RunAsync("ip", "-n", hosts._bridge, "link", "add", PortOf(i), "type", "veth", "peer", "name", "lan", "netns", name);
            await RunAsync("ip", "-n", hosts._bridge, "link", "set", PortOf(i), "master", "lan", "up");
            await RunAsync("ip", "-n", name, "addr", "add", AddressOf(i) + "/24", "dev", "lan");
            await RunAsync("ip", "-n", name, "link", "set", "lan", "up");
            await RunAsync("ip", "-n", name, "link", "set", "lo", "up");
        }

        return hosts;
    }

    /// <summary>A server of this machine at the same port of every host's own loopback.</summary>
    public void Offer(int port)
    {
        foreach (var name in _names)
        {
            _forwards.Add(new Forward(name, SocketIn(name), Socket, port));
        }
    }

    /// <summary>A server of this machine at an address of the hosts' network, as if it ran on that host.</summary>
    /// <returns>Its address there.</returns>
    public string Serve(int host, int port)
    {
        _forwards.Add(new Forward(_names[host], SocketIn(_names[host]), Socket, port, IPAddress.Parse(AddressOf(host))));
        return string.Create(CultureInfo.InvariantCulture, $"http://{AddressOf(host)}:{port}");
    }

    /// <summary>A host's program at the same port of this machine's loopback.</summary>
    public void Reach(int host, int port) => _forwards.Add(new Forward("", Socket(), () => SocketIn(_names[host]), port));

    /// <summary>From now on a host hears none of the others, and they do not hear it.</summary>
    public Task CutAsync(int host) => RunAsync("bridge", "-n", _bridge, "link", "set", "dev", PortOf(host), "state", "0");

    /// <summary>The servers that were offered are gone for it, too.</summary>
    public void CutFromServers(int host) => _forwards.Where(f => f.At == _names[host]).ToList().ForEach(f => f.Cut());

    public async Task HealAsync(int host)
    {
        await RunAsync("bridge", "-n", _bridge, "link", "set", "dev", PortOf(host), "state", "3");
        _forwards.ForEach(f => f.Heal());
    }

    public async ValueTask DisposeAsync()
    {
        _forwards.ForEach(f => f.Dispose());
        foreach (var name in _names.Append(_bridge))
        {
            await RunAsync("ip", "netns", "del", name);
        }
    }

    private static string PortOf(int host) => string.Create(CultureInfo.InvariantCulture, $"port{host}");

    private static Socket Socket() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    // A socket stays in the namespace in which it was made, whoever uses it; the thread that made it ends.
    private static Socket SocketIn(string name)
    {
        const int Network = 0x40000000;
        Socket? made = null;
        var error = 0;
        var thread = new Thread(() =>
        {
            using var handle = File.OpenHandle("/run/netns/" + name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            error = Enter((int)handle.DangerousGetHandle(), Network) == 0 ? 0 : Marshal.GetLastPInvokeError();
            made = error == 0 ? Socket() : null;
        });
        thread.Start();
        thread.Join();
        return made ?? throw new InvalidOperationException($"Namespace {name} cannot be entered: error {error}.");
    }

#pragma warning disable SYSLIB1054 // One call of a test needs no generated code.
    [DllImport("libc", EntryPoint = "setns", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Enter(int descriptor, int kind);
#pragma warning restore SYSLIB1054

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
        }
    }

    /// <summary>From a port of one loopback, or of another address, to the same port of another loopback.</summary>
    private sealed class Forward : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly List<Socket> _open = [];
        private readonly Socket _listener;
        private readonly Func<Socket> _other;
        private readonly IPEndPoint _end;
        private bool _isCut;

        public Forward(string at, Socket listener, Func<Socket> other, int port, IPAddress? address = null)
        {
            (At, _listener, _other, _end) = (at, listener, other, new IPEndPoint(IPAddress.Loopback, port));
            listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            listener.Bind(new IPEndPoint(address ?? IPAddress.Loopback, port));
            listener.Listen(512);
            _ = AcceptAsync();
        }

        /// <summary>The host at which it listens; empty at this machine's own.</summary>
        public string At { get; }

        public void Cut()
        {
            lock (_lock)
            {
                _isCut = true;
                _open.ForEach(s => s.Close(0));
                _open.Clear();
            }
        }

        public void Heal()
        {
            lock (_lock)
            {
                _isCut = false;
            }
        }

        public void Dispose()
        {
            Cut();
            _listener.Dispose();
        }

        private async Task AcceptAsync()
        {
            while (true)
            {
                Socket one;
                try
                {
                    one = await _listener.AcceptAsync();
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    return;
                }

                _ = PassAsync(one);
            }
        }

        private async Task PassAsync(Socket one)
        {
            Socket? two = null;
            try
            {
                two = _other();
                lock (_lock)
                {
                    if (_isCut)
                    {
                        return;
                    }

                    _open.AddRange([one, two]);
                }

                await two.ConnectAsync(_end);
                (one.NoDelay, two.NoDelay) = (true, true);
                await Task.WhenAny(CopyAsync(one, two), CopyAsync(two, one));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Either end is gone: the other one learns it.
            }
            finally
            {
                lock (_lock)
                {
                    _open.RemoveAll(s => s == one || s == two);
                }

                one.Close(0);
                two?.Close(0);
            }
        }

        private static async Task CopyAsync(Socket from, Socket to)
        {
            var buffer = new byte[16 * 1024];
            try
            {
                for (int read; (read = await from.ReceiveAsync(buffer)) > 0;)
                {
                    for (var sent = 0; sent < read;)
                    {
                        sent += await to.SendAsync(buffer.AsMemory(sent, read - sent));
                    }
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The other direction ends with this one.
            }
        }
    }
}
