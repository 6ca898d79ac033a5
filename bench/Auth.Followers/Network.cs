using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Auth.Followers;

/// <summary>The way to an instance, which can cut each connection after a random time of up to five seconds.</summary>
internal sealed class Network : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly bool _cut;

    public Network(bool cut)
    {
        _cut = cut;
        _listener.Start();
        Address = new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}"
            )
        );
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    public Uri? Target { private get; set; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ForwardAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (SocketException) { } // disposed
    }

    private async Task ForwardAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(Target!.Host, Target.Port);
            var (near, far) = (client.GetStream(), server.GetStream());
            using var end = new CancellationTokenSource();
            if (_cut)
            {
                end.CancelAfter(RandomNumberGenerator.GetInt32(5000));
            }

            // Whichever side ends, or is cut, first.
            await Task.WhenAny(near.CopyToAsync(far, end.Token), far.CopyToAsync(near, end.Token));
        }
    }
}
