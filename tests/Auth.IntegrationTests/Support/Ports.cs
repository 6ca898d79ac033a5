using System.Net;
using System.Net.Sockets;

namespace Auth.IntegrationTests.Support;

/// <summary>Ports for programs that need a fixed one.</summary>
public static class Ports
{
    /// <summary>A free port of this machine.</summary>
    public static int FindFree()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
