namespace Auth.Api.RateLimiting;

/// <summary>The names of the limits per client address, and what they are unless configured.</summary>
public static class RateLimitPolicies
{
    /// <summary>For signing in.</summary>
    public const string Login = "Login";

    /// <summary>For making accounts.</summary>
    public const string Register = "Register";

    /// <summary>For exchanging refresh tokens.</summary>
    public const string Refresh = "Refresh";

    /// <summary>For whatever else a password is asked for.</summary>
    public const string ChangePassword = "ChangePassword";

    /// <summary>How many times as much is allowed in Development.</summary>
    public const int DevelopmentFactor = 100;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    /// <summary>The limits unless configured. An office behind one address signs in within minutes of nine o'clock.</summary>
    public static IReadOnlyDictionary<string, RateLimit> Defaults { get; } =
        new Dictionary<string, RateLimit>(StringComparer.Ordinal)
        {
            [Login] = new(300, s_minute),
            [Register] = new(300, s_minute),
            [Refresh] = new(1200, s_minute),
            [ChangePassword] = new(120, s_minute),
        };
}
