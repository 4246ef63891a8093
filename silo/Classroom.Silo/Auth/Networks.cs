using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Classroom.Silo.Auth;

/// <summary>Which addresses count as one.</summary>
public static class Networks
{
    private const int HostBytes = 8;
    private const int AroundIPv4 = 24;
    private const int AroundIPv6 = 48;
    private const int Numbers = 2;

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

    /// <summary>Where one phone may come from within a minute: an IPv4 /24, an IPv6 /48.</summary>
    public static IPNetwork Around(IPAddress? address)
    {
        var network = Of(address);
        var bits = network.AddressFamily == AddressFamily.InterNetworkV6 ? AroundIPv6 : AroundIPv4;
        var bytes = network.GetAddressBytes();
        Array.Clear(bytes, bits / 8, bytes.Length - (bits / 8));
        return new IPNetwork(new IPAddress(bytes), bits);
    }

    /// <summary>
    /// One of 65,536 numbers, for one lesson: two addresses that meet have different ones, nearly always; which of very many addresses it was, nobody can say.
    /// </summary>
    public static int NumberIn(Guid lesson, IPAddress? address) =>
        BinaryPrimitives.ReadUInt16BigEndian(SHA256.HashData([.. lesson.ToByteArray(), .. Of(address).GetAddressBytes()]).AsSpan(0, Numbers));
}
