namespace Auth.Infrastructure.Background;

/// <summary>How instances learn of each other's revocations.</summary>
public sealed record RevocationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Revocation";

    /// <summary>How often each instance polls the database for new revocations.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long access tokens are still accepted while the database cannot be reached.</summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromMinutes(1);
}
