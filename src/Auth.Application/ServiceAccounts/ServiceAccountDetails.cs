using Auth.Domain.ServiceAccounts;

namespace Auth.Application.ServiceAccounts;

/// <summary>The read model of a service account. The members are those of <see cref="ServiceAccount"/>.</summary>
public sealed record ServiceAccountDetails(
    Guid Id,
    string Name,
    string? Description,
    IReadOnlyList<string> Roles,
    ServiceAccountStatus Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt
)
{
    /// <summary>Creates the read model of an account.</summary>
    public static ServiceAccountDetails From(ServiceAccount account) =>
        new(
            account.Id,
            account.Name,
            account.Description,
            account.RoleNames,
            account.Status,
            account.CreatedAt,
            account.LastUsedAt
        );
}

/// <summary>The read model of a secret. The members are those of <see cref="ServiceSecret"/>.</summary>
public sealed record ServiceSecretDetails(
    Guid Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt
)
{
    /// <summary>Creates the read model of a secret.</summary>
    public static ServiceSecretDetails From(ServiceSecret secret) =>
        new(secret.Id, secret.CreatedAt, secret.ExpiresAt, secret.LastUsedAt);
}
