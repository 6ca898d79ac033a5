namespace Auth.Domain.Revocations;

/// <summary>An aggregate some of whose changes revoke access tokens.</summary>
public interface IRevocationSource
{
    /// <summary>The revocations since the aggregate was read; saved together with the change.</summary>
    IReadOnlyList<Revocation> Revocations { get; }
}
