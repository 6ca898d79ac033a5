using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Auth.Load;

/// <summary>Clients that each send their next request after the previous response, all in one thread.</summary>
internal sealed class ClosedLoop(IPEndPoint server, int clients)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs a workload until the time is over or there is nothing left to send, and waits for all responses.</summary>
    public Measurement Run(Workload workload, TimeSpan duration)
    {
        List<Socket> waiting = [];
        List<Socket> ready = [];
        var latencies = new Latencies();
        var errors = 0L;
        var firstError = "";

        for (var i = 0; i < clients; i++)
        {
            waiting.Add(new Connection(i, server));
        }

        var all = waiting.ToList();
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        waiting.RemoveAll(socket => !TrySendNext((Connection)socket, workload, start));
        while (waiting.Count > 0)
        {
            ready.Clear();
            ready.AddRange(waiting);
            Socket.Select(ready, null, null, s_patience);
            if (ready.Count == 0)
            {
                throw new TimeoutException("The server does not answer.");
            }

            foreach (var socket in ready)
            {
                var connection = (Connection)socket;
                if (!connection.TryReceive())
                {
                    continue;
                }

                var now = Stopwatch.GetTimestamp();
                if (workload.Expects(connection.Index, connection.Status, connection.Body))
                {
                    connection.Continue(workload.Next(connection.Index));
                    continue;
                }

                latencies.Add(now - connection.SentAt);
                if (connection.Status is >= 200 and < 300)
                {
                    workload.Answered(connection.Index, connection.Body);
                }
                else
                {
                    firstError = errors++ == 0 ? connection.Describe() : firstError;
                    workload.Refused(connection.Index);
                }

                if (now >= end || !TrySendNext(connection, workload, now))
                {
                    waiting.Remove(connection);
                }
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(start);
        all.ForEach(connection => connection.Dispose());
        return new(latencies.Count, elapsed, latencies, errors, firstError);
    }

    private static bool TrySendNext(Connection connection, Workload workload, long now)
    {
        var request = workload.Next(connection.Index);
        if (request.IsEmpty)
        {
            return false;
        }

        connection.Request(request, now);
        return true;
    }
}
