using System.Net;
using System.Net.Sockets;

namespace Classroom.Silo.Auth;

/// <summary>Which addresses count as one.</summary>
public static class Networks
{
    private const int HostBytes = 8;

    /// <summary>An IPv4 address, however it is written; of an IPv6 address its /64, since whoever has one has all of it.</summary>
    public static IPAddress Of(IPAddress? address)
    {
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6 })
        {
            return address ?? IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, HostBytes, HostBytes);
        return new IPAddress(bytes);
    }
}
