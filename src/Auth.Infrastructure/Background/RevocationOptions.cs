namespace Auth.Infrastructure.Background;

/// <summary>How instances learn of each other's revocations.</summary>
public sealed record RevocationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Revocation";

    /// <summary>How often each instance asks the database what is new.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long access tokens are still accepted when the database cannot be asked.</summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromMinutes(1);
}
