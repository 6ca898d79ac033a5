using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Auth.Application.Behaviors;

/// <summary>The metrics and traces of use cases, named according to OpenTelemetry's semantic conventions.</summary>
public sealed class UseCaseTelemetry
{
    /// <summary>The name of the meter and of the activity source of this service.</summary>
    public const string Name = "Auth";

    private const string UseCaseTag = "auth.use_case.name";
    private const string ErrorTag = "error.type";

    private static readonly ActivitySource s_activities = new(Name);

    private readonly Histogram<double> _duration;

    /// <summary>Creates the instruments.</summary>
    public UseCaseTelemetry(Meter meter) =>
        _duration = meter.CreateHistogram(
            "auth.use_case.duration",
            "s",
            "Duration of use cases, by error code.",
            tags: null,
            new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
            }
        );

    /// <summary>Starts a span; null if there is no listener.</summary>
    internal static Activity? Begin(string useCase) => s_activities.StartActivity(useCase)?.SetTag(UseCaseTag, useCase);

    /// <summary>Records the outcome of a use case.</summary>
    /// <param name="useCase">Its name.</param>
    /// <param name="span">Its span, which ends with this.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="error">The error code, or the type of the exception; null on success.</param>
    internal void End(string useCase, Activity? span, TimeSpan elapsed, string? error)
    {
        var tags = new TagList { { UseCaseTag, useCase } };
        if (error is not null)
        {
            tags.Add(ErrorTag, error);
            span?.SetTag(ErrorTag, error);
        }

        _duration.Record(elapsed.TotalSeconds, tags);
        span?.Dispose();
    }
}
