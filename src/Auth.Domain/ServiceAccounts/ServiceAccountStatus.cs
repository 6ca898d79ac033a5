namespace Auth.Domain.ServiceAccounts;

/// <summary>The status of a service account.</summary>
public enum ServiceAccountStatus
{
    /// <summary>It can get access tokens.</summary>
    Active,

    /// <summary>It cannot, and its tokens are revoked.</summary>
    Disabled,
}
