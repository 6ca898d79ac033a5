namespace Auth.Load;

/// <summary>The service and a peer, measured in turn.</summary>
internal sealed class Pairs
{
    private readonly List<(Measurement? Peer, Measurement Own)> _pairs = [];

    /// <summary>Adds a turn of each.</summary>
    /// <param name="peer">The peer; null if it is not available.</param>
    /// <param name="own">The service.</param>
    public void Add(Measurement? peer, Measurement own)
    {
        peer?.RequireSuccess();
        own.RequireSuccess();
        _pairs.Add((peer, own));
    }

    /// <summary>The highest rate so far.</summary>
    public double HighestRate(double otherwise) =>
        _pairs.Count == 0 ? otherwise : _pairs.Max(pair => Math.Max(pair.Own.Rate, pair.Peer?.Rate ?? 0));

    /// <summary>Adds the medians to the report, if there is anything.</summary>
    /// <param name="report">The report.</param>
    /// <param name="what">The name of the measurement.</param>
    /// <param name="engine">The engine.</param>
    /// <param name="peer">The peer.</param>
    /// <param name="wanted">The minimum ratio of the rates; null if there is no target.</param>
    public void Report(Report report, string what, string engine, string peer, double? wanted)
    {
        if (_pairs.Count == 0)
        {
            return;
        }

        var latencies = new Latencies();
        _pairs.ForEach(pair => latencies.Add(pair.Own.Latencies));
        var row = new Row(what, engine, Row.Rate(Median(_pairs.Select(pair => pair.Own.Rate))))
        {
            P50 = Row.Time(latencies.Percentile(0.5)),
            P99 = Row.Time(latencies.Percentile(0.99)),
            ProcessorTime = ProcessorTime(_pairs.Select(pair => pair.Own)),
        };
        List<Measurement> peers = [.. _pairs.Select(pair => pair.Peer).OfType<Measurement>()];
        if (peers.Count == 0)
        {
            report.Add(row);
            return;
        }

        var ratio = Median(_pairs.Select(pair => pair.Own.Rate / pair.Peer!.Rate));
        report.Add(
            row with
            {
                Peer = peer,
                PeerValue = Row.Rate(Median(peers.Select(one => one.Rate))),
                PeerProcessorTime = ProcessorTime(peers),
                Ratio = ratio,
                Wanted = wanted is null ? "" : Row.AtLeast(wanted.Value),
                Met = wanted is null ? null : ratio >= wanted,
            }
        );
    }

    internal static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string ProcessorTime(IEnumerable<Measurement> measurements) =>
        Row.Time(TimeSpan.FromMicroseconds(Median(measurements.Select(one => one.ProcessorTime.TotalMicroseconds))));
}
