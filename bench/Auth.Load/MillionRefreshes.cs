using System.Globalization;
using Auth.Infrastructure.Persistence;

namespace Auth.Load;

/// <summary>Refreshes ten thousand sessions a million times at full load, and reports what becomes slower or larger.</summary>
internal sealed class MillionRefreshes(Plan plan, Published published, Report report)
{
    private const int QuickDivisor = 20;

    public async Task RunAsync(DatabaseProvider provider, string connectionString)
    {
        await using var dataset = await Dataset.CreateAsync(provider, connectionString);
        var (service, _) = await Child.StartAsync(published.Service, [], dataset.Settings, "/health/ready");
        using var child = service;
        var refreshes = new Refreshes(dataset.RefreshTokens, Plan.Clients);
        service.Measure(refreshes, Plan.Clients, plan.WarmUp);

        var quick = plan == Plan.Quick;
        refreshes.Left = quick ? 1_000_000 / QuickDivisor : 1_000_000;
        var minute = TimeSpan.FromMinutes(1) / (quick ? QuickDivisor : 1);
        for (var i = 1; refreshes.Left > 0; i++)
        {
            var measurement = service.Measure(refreshes, Plan.Clients, minute);
            report.Add(
                new(
                    string.Create(CultureInfo.InvariantCulture, $"a million refreshes, minute {i}"),
                    dataset.Engine,
                    Row.Rate(measurement.Rate)
                )
                {
                    P50 = Row.Time(measurement.Latencies.Percentile(0.5)),
                    P99 = Row.Time(measurement.Latencies.Percentile(0.99)),
                    ProcessorTime = Row.Time(measurement.ProcessorTime),
                    Peer = "resident memory",
                    PeerValue = Row.Mebibytes(service.ResidentMemory),
                    Wanted = "no error",
                    Met = measurement.Errors == 0,
                }
            );
        }
    }
}
