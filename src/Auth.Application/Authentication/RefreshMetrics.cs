using System.Diagnostics.Metrics;
using Auth.Domain.Sessions;

namespace Auth.Application.Authentication;

/// <summary>Counts refresh tokens by outcome.</summary>
internal sealed class RefreshMetrics(Meter meter)
{
    private readonly Counter<long> _refreshes = meter.CreateCounter<long>(
        "auth.refreshes",
        "{refresh}",
        "Refresh requests, by outcome."
    );

    /// <summary>Counts a token.</summary>
    /// <param name="rotation">The outcome; null if it is not genuine, or its session has been deleted.</param>
    public void Count(Rotation? rotation) =>
        _refreshes.Add(
            1,
            new KeyValuePair<string, object?>(
                "auth.refresh.outcome",
                rotation switch
                {
                    null => "invalid",
                    Rotation.Rotated => "rotated",
                    Rotation.Replayed => "replayed",
                    Rotation.Reused => "reuse_detected",
                    _ => "ended",
                }
            )
        );
}
