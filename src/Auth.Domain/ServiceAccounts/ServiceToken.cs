using Auth.Domain.Revocations;

namespace Auth.Domain.ServiceAccounts;

/// <summary>
/// Records which secret an access token of a service was issued for, as long as the token can be valid: removing the secret
/// revokes the token.
/// </summary>
public sealed class ServiceToken : IRevocationSource
{
    /// <summary>The lifetime of access tokens of services.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly List<Revocation> _revocations = [];

    private ServiceToken() { }

    /// <summary>A version 7 UUID: the session of the token (claim <c>sid</c>).</summary>
    public Guid Id { get; private set; }

    /// <summary>The id of the account.</summary>
    public Guid AccountId { get; private set; }

    /// <summary>The id of the secret; null once the secret has been removed.</summary>
    public Guid? SecretId { get; private set; }

    /// <summary>When the token expires.</summary>
    public DateTimeOffset ExpiresAt { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<Revocation> Revocations => _revocations;

    /// <summary>Records a token for a secret, which it does not outlive.</summary>
    public static ServiceToken Issue(ServiceSecret secret, DateTimeOffset now)
    {
        var end = now + Lifetime;
        return new()
        {
            Id = Guid.CreateVersion7(now),
            AccountId = secret.AccountId,
            SecretId = secret.Id,
            ExpiresAt = secret.ExpiresAt is { } secretEnd && secretEnd < end ? secretEnd : end,
        };
    }

    /// <summary>Revokes the token, which is about to be removed.</summary>
    public void End(string reason, DateTimeOffset now) => _revocations.Add(Revocation.OfSession(Id, reason, now));
}
