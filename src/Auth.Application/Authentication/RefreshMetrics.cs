using System.Diagnostics.Metrics;
using Auth.Domain.Sessions;

namespace Auth.Application.Authentication;

/// <summary>Counts what became of refresh tokens.</summary>
internal sealed class RefreshMetrics(Meter meter)
{
    private readonly Counter<long> _refreshes = meter.CreateCounter<long>(
        "auth.refreshes",
        "{refresh}",
        "Refresh tokens that were shown, by what became of them."
    );

    /// <summary>A token that is none of ours, or of a session long gone.</summary>
    public void Invalid() => Count("invalid");

    /// <summary>A genuine token, and what its session made of it.</summary>
    public void Genuine(Rotation rotation) =>
        Count(
            rotation switch
            {
                Rotation.Rotated => "rotated",
                Rotation.Replayed => "replayed",
                Rotation.Reused => "reuse_detected",
                _ => "ended",
            }
        );

    private void Count(string outcome) =>
        _refreshes.Add(1, new KeyValuePair<string, object?>("auth.refresh.outcome", outcome));
}
