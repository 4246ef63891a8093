using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Classroom.Silo.Hosting;

/// <param name="Network">What the operating system calls the interface.</param>
public sealed record MachineAddress(IPAddress Address, string Network);

/// <summary>The addresses at which others in this machine's networks may find it, the likeliest first.</summary>
public interface IMachineAddresses
{
    /// <returns>Null when the operating system does not say.</returns>
    IReadOnlyList<MachineAddress>? Now();
}

/// <summary>As the operating system has them at this moment: a cable is plugged in, a router gives another address.</summary>
public sealed class MachineAddresses : IMachineAddresses
{
    // Networks that containers, virtual machines and tunnels make on this machine: hardly a phone is in them.
    private static readonly string[] Virtual =
        ["docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vethernet", "cni", "cali", "flannel", "podman", "lxc", "tun", "tap", "wg", "zt", "tailscale"];

    public IReadOnlyList<MachineAddress>? Now()
    {
        NetworkInterface[] networks;
        try
        {
            networks = NetworkInterface.GetAllNetworkInterfaces();
        }
        catch (NetworkInformationException)
        {
            // On Linux it takes a netlink socket, which a service may be denied (RestrictAddressFamilies).
            return null;
        }

        var all = networks
            // Drivers that do not know say Unknown.
            .Where(n => n.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown && n.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(n => n.GetIPProperties() is var p ? p.UnicastAddresses.Select(a => (n.Name, a.Address, IsRouted: p.GatewayAddresses.Count > 0)) : [])
            .Where(a => IsOfALan(a.Address))
            .OrderBy(a => IsVirtual(a.Name)).ThenByDescending(a => a.IsRouted).ThenByDescending(a => IsPrivate(a.Address)).ThenBy(a => a.Name, StringComparer.Ordinal)
            .Select(a => new MachineAddress(a.Address, a.Name)).ToList();
        // Nobody types an IPv6 address who can type another.
        var old = all.Where(a => a.Address.AddressFamily == AddressFamily.InterNetwork).ToList();
        return old.Count > 0 ? old : all;
    }

    internal static bool IsVirtual(string network) => Virtual.Any(v => network.StartsWith(v, StringComparison.OrdinalIgnoreCase));

    internal static bool IsOfALan(IPAddress address) =>
        !IPAddress.IsLoopback(address) && (address.AddressFamily == AddressFamily.InterNetwork ? address.GetAddressBytes() is not [169, 254, ..]
            : address is { IsIPv6LinkLocal: false, IsIPv6Multicast: false, IsIPv4MappedToIPv6: false, IsIPv6Teredo: false });

    internal static bool IsPrivate(IPAddress address) => address.GetAddressBytes() is [10, ..] or [172, >= 16 and < 32, ..] or [192, 168, ..] || address.IsIPv6UniqueLocal;
}
