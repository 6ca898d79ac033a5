using System.Reflection;
using Auth.Application.Pipeline;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Auth.Api.Hosting;

/// <summary>
/// Sends metrics and traces to an OpenTelemetry collector. Everything about it is set by OpenTelemetry's own environment
/// variables; without an endpoint among them nothing is collected.
/// </summary>
internal sealed class TelemetryExport : IHostedService, IDisposable
{
    /// <summary>The standard setting that says where to send to.</summary>
    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The framework's meters that say something about a service like this one.</summary>
    private static readonly string[] s_meters =
    [
        UseCaseTelemetry.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Npgsql",
        "System.Runtime",
    ];

    private static readonly string[] s_activitySources = [UseCaseTelemetry.Name, "Microsoft.AspNetCore", "Npgsql"];

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <summary>Whether there is somewhere to send to.</summary>
    public static bool IsConfigured(IConfiguration configuration) =>
        !string.IsNullOrEmpty(configuration[EndpointSetting]);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var version = typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        // The environment has the last word.
        var resource = ResourceBuilder
            .CreateEmpty()
            .AddService("auth", serviceVersion: version?.InformationalVersion)
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(s_meters)
            .AddOtlpExporter()
            .Build();
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(s_activitySources)
            .AddOtlpExporter()
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends what has been collected and not been sent yet.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
