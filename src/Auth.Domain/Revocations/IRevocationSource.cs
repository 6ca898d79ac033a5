namespace Auth.Domain.Revocations;

/// <summary>An aggregate some of whose changes withdraw access tokens.</summary>
public interface IRevocationSource
{
    /// <summary>What was withdrawn since the aggregate was read; stored together with the change.</summary>
    IReadOnlyList<Revocation> Revocations { get; }
}
