using Auth.Domain.Common;

namespace Auth.Domain.ServiceAccounts;

/// <summary>Errors about service accounts.</summary>
public static class ServiceAccountErrors
{
    /// <summary>The account has two secrets that have not expired.</summary>
    public static readonly Error SecretLimitReached = new(
        "SECRET_LIMIT_REACHED",
        "A service account can have two secrets at a time. Delete one that is no longer used first.",
        ErrorKind.Conflict
    );

    /// <summary>Another service account has this name.</summary>
    public static Error NameTaken() =>
        Error.Validation("name", "Another service account has this name. Names are case-insensitive.");

    /// <summary>The instant at which a secret should expire has passed.</summary>
    public static Error ExpiresInThePast() => Error.Validation("expiresAt", "The time must be in the future.");
}
