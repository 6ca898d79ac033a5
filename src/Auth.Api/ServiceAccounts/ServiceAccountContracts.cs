using Auth.Application.ServiceAccounts;

namespace Auth.Api.ServiceAccounts;

/// <summary>A new service account.</summary>
public sealed record CreateServiceAccountRequest
{
    /// <summary>The name, unique without regard to case.</summary>
    public string? Name { get; init; }

    /// <summary>The purpose of the account.</summary>
    public string? Description { get; init; }

    /// <summary>The names of the roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The status; <c>active</c> by default.</summary>
    public string? Status { get; init; }

    internal ServiceAccountInput ToInput() => new(Name, Description, Roles, Status);
}

/// <summary>The new properties of a service account.</summary>
public sealed record ReplaceServiceAccountRequest
{
    /// <summary>The name, unique without regard to case.</summary>
    public string? Name { get; init; }

    /// <summary>The purpose of the account.</summary>
    public string? Description { get; init; }

    /// <summary>The names of the roles.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The status; absent to keep it.</summary>
    public string? Status { get; init; }

    internal ServiceAccountInput ToInput() => new(Name, Description, Roles, Status);
}

/// <summary>A service account.</summary>
/// <param name="Id">The id, which is also the <c>client_id</c> and the claim <c>sub</c>.</param>
/// <param name="Name">The name.</param>
/// <param name="Description">The purpose of the account.</param>
/// <param name="Roles">The names of the roles, in alphabetical order.</param>
/// <param name="Status">Whether the account can get access tokens.</param>
/// <param name="CreatedAt">When the account was created.</param>
/// <param name="LastUsedAt">When the account last authenticated, to within a minute.</param>
public sealed record ServiceAccountResponse(
    Guid Id,
    string Name,
    string? Description,
    IReadOnlyList<string> Roles,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt
)
{
    /// <summary>Creates the response for an account.</summary>
    public static ServiceAccountResponse From(ServiceAccountDetails account) =>
        new(
            account.Id,
            account.Name,
            account.Description,
            account.Roles,
            ServiceAccountStatusNames.NameOf(account.Status),
            account.CreatedAt,
            account.LastUsedAt
        );
}

/// <summary>A new secret of a service account.</summary>
public sealed record AddServiceSecretRequest
{
    /// <summary>When the secret expires; absent for never.</summary>
    public string? ExpiresAt { get; init; }
}

/// <summary>A secret of a service account, without the secret itself.</summary>
/// <param name="Id">The id of the secret.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
/// <param name="LastUsedAt">When it was last used, to within a minute.</param>
public sealed record ServiceSecretResponse(
    Guid Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt
)
{
    /// <summary>Creates the response for a secret.</summary>
    public static ServiceSecretResponse From(ServiceSecretDetails secret) =>
        new(secret.Id, secret.CreatedAt, secret.ExpiresAt, secret.LastUsedAt);
}

/// <summary>A new secret of a service account.</summary>
/// <param name="Id">The id of the secret.</param>
/// <param name="Secret">The secret, which is never shown again.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">When it expires; null for never.</param>
/// <param name="LastUsedAt">Always null.</param>
public sealed record AddedServiceSecretResponse(
    Guid Id,
    string Secret,
    DateTimeOffset CreatedAt,
    DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt
)
{
    /// <summary>Creates the response for a new secret.</summary>
    public static AddedServiceSecretResponse From(AddedServiceSecret added) =>
        new(added.Details.Id, added.Secret, added.Details.CreatedAt, added.Details.ExpiresAt, added.Details.LastUsedAt);

    /// <inheritdoc/>
    public override string ToString() => nameof(AddedServiceSecretResponse);
}
