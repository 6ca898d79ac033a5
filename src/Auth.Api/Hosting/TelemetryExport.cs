using System.Diagnostics;
using System.Reflection;
using Auth.Application.Behaviors;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Auth.Api.Hosting;

/// <summary>
/// Exports metrics and traces to an OpenTelemetry collector, configured by OpenTelemetry's own environment variables.
/// Without an endpoint nothing is collected.
/// </summary>
internal static class TelemetryExport
{
    private const string EndpointSetting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetryExport(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration[EndpointSetting]))
        {
            return;
        }

        var version = typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>();
        builder
            .Services.AddOpenTelemetry()
            // Environment variables take precedence.
            .ConfigureResource(resource =>
                resource
                    .Clear()
                    .AddService("auth", serviceVersion: version?.InformationalVersion)
                    .AddTelemetrySdk()
                    .AddEnvironmentVariableDetector()
            )
            .WithMetrics(metrics =>
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddMeter(UseCaseTelemetry.Name, "Npgsql")
                    .AddOtlpExporter()
            )
            .WithTracing(traces =>
                traces
                    .AddAspNetCoreInstrumentation()
                    .AddSource(UseCaseTelemetry.Name, "Npgsql")
                    .AddProcessor(new RequestSpanProcessor())
                    .AddOtlpExporter()
            );
    }

    /// <summary>
    /// Keeps only tags of a request's span that the service itself sets. Paths, queries, addresses and user agents come from
    /// the client and may be personal.
    /// </summary>
    private sealed class RequestSpanProcessor : BaseProcessor<Activity>
    {
        private const string Source = "Microsoft.AspNetCore";

        private static readonly HashSet<string> s_kept =
        [
            "http.request.method",
            "http.response.status_code",
            "http.route",
            "error.type",
            "url.scheme",
        ];

        public override void OnEnd(Activity data)
        {
            if (data.Source.Name != Source)
            {
                return;
            }

            foreach (var (name, _) in data.TagObjects.Where(tag => !s_kept.Contains(tag.Key)).ToList())
            {
                data.SetTag(name, value: null);
            }
        }
    }
}
