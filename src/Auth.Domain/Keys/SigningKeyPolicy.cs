namespace Auth.Domain.Keys;

/// <summary>How long signing keys stay in each state.</summary>
/// <param name="RotationPeriod">How long a key signs.</param>
/// <param name="AnnouncePeriod">How long a key is published before it signs.</param>
/// <param name="TokenLifetime">
/// How long a key is published after it has signed its last token: at least the lifetime of that token.
/// </param>
public sealed record SigningKeyPolicy(TimeSpan RotationPeriod, TimeSpan AnnouncePeriod, TimeSpan TokenLifetime);
