namespace Auth.Domain.Revocations;

/// <summary>An aggregate some of whose changes revoke access tokens.</summary>
public interface IRevocationSource
{
    /// <summary>What was revoked since the aggregate was read; stored together with the change.</summary>
    IReadOnlyList<Revocation> Revocations { get; }
}
