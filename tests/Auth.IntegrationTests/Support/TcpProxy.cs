using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Auth.IntegrationTests.Support;

/// <summary>How connections behave.</summary>
public enum ProxyMode
{
    /// <summary>They reach the server.</summary>
    Forward,

    /// <summary>They are refused.</summary>
    Refuse,

    /// <summary>They are accepted, but nothing is forwarded in either direction.</summary>
    Hang,

    /// <summary>They are accepted and reset at once.</summary>
    Reset,
}

/// <summary>A proxy to a database server, which can disturb connections and change the target.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Link, bool> _links = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private TcpListener? _listener;
    private volatile TaskCompletionSource _open = OpenGate();

    public TcpProxy(int target)
    {
        Target = target;
        Port = Ports.FindFree();
        Listen();
    }

    /// <summary>The port to connect to.</summary>
    public int Port { get; }

    /// <summary>The port that new connections are forwarded to.</summary>
    public int Target { get; set; }

    /// <summary>The number of open connections.</summary>
    public int Connections => _links.Count;

    /// <summary>How connections behave.</summary>
    public ProxyMode Mode { get; private set; }

    /// <summary>Changes how connections behave, including open ones.</summary>
    public void Switch(ProxyMode mode)
    {
        Mode = mode;
        if (mode == ProxyMode.Hang)
        {
            _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        else
        {
            _open.TrySetResult();
        }

        if (mode is ProxyMode.Refuse or ProxyMode.Reset)
        {
            CutAll();
        }

        if (mode == ProxyMode.Refuse)
        {
            Stop();
        }
        else
        {
            Listen();
        }
    }

    /// <summary>Resets all open connections.</summary>
    public void CutAll()
    {
        foreach (var link in _links.Keys)
        {
            link.Cut();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        Stop();
        CutAll();
        _stopping.Dispose();
    }

    private static TaskCompletionSource OpenGate()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }

    private void Listen()
    {
        lock (_lock)
        {
            if (_listener is null)
            {
                _listener = new TcpListener(IPAddress.Loopback, Port);
                _listener.Start();
                _ = AcceptAsync(_listener);
            }
        }
    }

    private void Stop()
    {
        lock (_lock)
        {
            _listener?.Dispose();
            _listener = null;
        }
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await listener.AcceptSocketAsync(_stopping.Token);
            }
            catch (Exception failure)
                when (failure is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return; // no longer listening
            }

            _ = RelayAsync(client);
        }
    }

    private async Task RelayAsync(Socket client)
    {
        var link = new Link(client);
        _links[link] = true;
        try
        {
            if (Mode == ProxyMode.Reset)
            {
                return;
            }

            await _open.Task.WaitAsync(_stopping.Token);
            await link.Server.ConnectAsync(IPAddress.Loopback, Target, _stopping.Token);
            await Task.WhenAny(PumpAsync(client, link.Server), PumpAsync(link.Server, client));
        }
        catch (Exception failure)
            when (failure is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side has closed, so the other is closed as well.
        }
        finally
        {
            link.Cut();
            _links.TryRemove(link, out _);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, _stopping.Token) is > 0 and var length)
            {
                await _open.Task.WaitAsync(_stopping.Token);
                await to.SendAsync(buffer.AsMemory(0, length), _stopping.Token);
            }
        }
        catch (Exception failure)
            when (failure is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The connection ended in one way or another.
        }
    }

    private sealed class Link(Socket client)
    {
        private int _cut;

        public Socket Server { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        /// <summary>Resets both sides, like a router that has lost its state.</summary>
        public void Cut()
        {
            if (Interlocked.Exchange(ref _cut, 1) != 0)
            {
                return;
            }

            foreach (var socket in new[] { client, Server })
            {
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                socket.Dispose();
            }
        }
    }
}
