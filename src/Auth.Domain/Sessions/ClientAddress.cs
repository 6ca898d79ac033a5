using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Auth.Domain.Sessions;

/// <summary>Identifies clients by address.</summary>
public static class ClientAddress
{
    private const int NetworkLength = 8;

    /// <summary>
    /// Returns a number for the client: its IPv4 address, or the first 64 bits of its IPv6 address, because a single customer
    /// has any number of addresses within them.
    /// </summary>
    public static ulong NetworkOf(IPAddress? address)
    {
        if (address is null)
        {
            return 0;
        }

        Span<byte> bytes = stackalloc byte[16];
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && !address.IsIPv4MappedToIPv6)
        {
            address.TryWriteBytes(bytes, out _);
            return BinaryPrimitives.ReadUInt64BigEndian(bytes[..NetworkLength]);
        }

        address.MapToIPv4().TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes);
    }
}
