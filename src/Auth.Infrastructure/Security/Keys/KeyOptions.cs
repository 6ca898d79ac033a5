namespace Auth.Infrastructure.Security.Keys;

/// <summary>The rotation of signing keys.</summary>
public sealed record KeyOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Keys";

    /// <summary>How long a key signs.</summary>
    public TimeSpan RotationPeriod { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long a key is published before it signs.</summary>
    public TimeSpan AnnouncePeriod { get; init; } = TimeSpan.FromDays(2);
}
