using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Auth.IntegrationTests.Support;

/// <summary>Ports for programs that need a fixed one.</summary>
public static class Ports
{
    // Below the ports that systems choose themselves: one of those could become an outgoing connection of another test
    // before the program listens on it.
    private const int First = 12_000;
    private const int Count = 18_000;

    private static int s_next = RandomNumberGenerator.GetInt32(Count);

    /// <summary>A free port of this machine, different for each caller.</summary>
    public static int FindFree()
    {
        while (true)
        {
            var port = First + (Interlocked.Increment(ref s_next) % Count);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException taken)
                when (taken.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied) { }
        }
    }
}
