using Auth.Infrastructure.Persistence;

namespace Auth.Load;

/// <summary>Measures the time from the process start to its first successful response, with an existing database.</summary>
internal sealed class ColdStart(Plan plan, Published published, Report report)
{
    private const double Wanted = 3;

    public async Task RunAsync(DatabaseProvider provider, string connectionString)
    {
        await using var dataset = await Dataset.CreateAsync(provider, connectionString);
        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        List<double> ours = [];
        List<double> others = [];
        for (var i = 0; i <= plan.Starts; i++)
        {
            var one = await StartAsync(published.Service, [], dataset.Settings, "/health/ready");
            var other = await StartAsync(published.Peers, ["empty"], none, "/");
            if (i > 0) // the first one reads the files from disk
            {
                ours.Add(one);
                others.Add(other);
            }
        }

        var (own, peer) = (Pairs.Median(ours), Pairs.Median(others));
        report.Add(
            new("cold start to the first response", dataset.Engine, Row.Time(TimeSpan.FromSeconds(own)))
            {
                Peer = "empty service",
                PeerValue = Row.Time(TimeSpan.FromSeconds(peer)),
                Ratio = own / peer,
                Wanted = "≤ 3.00",
                Met = own / peer <= Wanted,
            }
        );
    }

    private static async Task<double> StartAsync(
        string assembly,
        string[] arguments,
        Dictionary<string, string> settings,
        string path
    )
    {
        var (child, start) = await Child.StartAsync(assembly, arguments, settings, path);
        child.Dispose();
        return start.TotalSeconds;
    }
}
