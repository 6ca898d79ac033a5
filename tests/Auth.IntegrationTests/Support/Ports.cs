using System.Net;
using System.Net.Sockets;

namespace Auth.IntegrationTests.Support;

/// <summary>Ports for programs that have to be told one.</summary>
public static class Ports
{
    /// <summary>A port of this machine that nobody listens on.</summary>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
