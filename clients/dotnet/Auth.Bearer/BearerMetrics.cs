using System.Diagnostics.Metrics;

namespace Auth.Bearer;

/// <summary>The meter <c>Auth.Bearer</c>.</summary>
internal sealed class BearerMetrics
{
    private readonly Counter<long> _rejections;
    private readonly Counter<long> _documents;

    public BearerMetrics(IMeterFactory factory, RevocationStore revocations)
    {
        var meter = factory.Create("Auth.Bearer");
        _rejections = meter.CreateCounter<long>(
            "auth.bearer.rejections",
            "{request}",
            "Requests that were refused because of their access token."
        );
        _documents = meter.CreateCounter<long>(
            "auth.bearer.revocation_documents",
            "{document}",
            "Lists of revocations, by outcome: accepted, unchanged or failed."
        );
        meter.CreateObservableGauge(
            "auth.bearer.revocations",
            () => revocations.Count,
            "{revocation}",
            "Revocations in memory."
        );
        meter.CreateObservableGauge(
            "auth.bearer.stale",
            () => revocations.IsStale ? 1 : 0,
            "1",
            "1 while it is not known which tokens have been revoked."
        );
    }

    public void CountRejection(string code) =>
        _rejections.Add(1, new KeyValuePair<string, object?>("error.type", code));

    public void CountDocument(string outcome) =>
        _documents.Add(1, new KeyValuePair<string, object?>("auth.outcome", outcome));
}
