namespace Auth.Bearer;

/// <summary>What this service knows about revoked tokens.</summary>
public sealed class AuthRevocations
{
    private readonly RevocationStore _store;
    private readonly Func<CancellationToken, Task> _refresh;

    internal AuthRevocations(RevocationStore store, Func<CancellationToken, Task> refresh) =>
        (_store, _refresh) = (store, refresh);

    /// <summary>Whether it is known which tokens have been revoked.</summary>
    public bool IsCurrent => !_store.IsStale;

    /// <summary>Fetches the revocations now. Tests use it instead of waiting.</summary>
    /// <exception cref="HttpRequestException">The issuer cannot be reached, or its answer is not acceptable.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken = default) => _refresh(cancellationToken);
}
