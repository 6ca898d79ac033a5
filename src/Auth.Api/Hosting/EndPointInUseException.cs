using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Auth.Api.Hosting;

/// <summary>Another process listens on the address, which Kestrel's own exception contains only in its message.</summary>
internal sealed class EndPointInUseException(EndPoint endPoint, SocketException cause)
    : IOException($"{Describe(endPoint)} is already in use.", cause)
{
    /// <summary>Binds a socket as Kestrel does by default.</summary>
    public static Socket Bind(EndPoint endPoint)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new EndPointInUseException(endPoint, failure);
        }
    }

    private static string Describe(EndPoint endPoint) =>
        endPoint is not IPEndPoint { Address: var address, Port: var port } ? $"{endPoint}"
        : address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            ? FormattableString.Invariant($"Port {port}")
        : FormattableString.Invariant($"Port {port} on {address}");
}
