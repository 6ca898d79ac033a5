namespace Auth.Api.RateLimiting;

/// <summary>The names and defaults of the rate limits.</summary>
public static class RateLimitPolicies
{
    /// <summary>Limits sign-ins.</summary>
    public const string Login = "Login";

    /// <summary>Limits registrations.</summary>
    public const string Register = "Register";

    /// <summary>Limits refreshes.</summary>
    public const string Refresh = "Refresh";

    /// <summary>Limits the other operations that require a password.</summary>
    public const string ChangePassword = "ChangePassword";

    /// <summary>Limits requests for mails, and the use of their links and codes.</summary>
    public const string MailFlows = "MailFlows";

    /// <summary>Limits requests of services for tokens, and their revocation.</summary>
    public const string Tokens = "Tokens";

    /// <summary>Limits checks of tokens by services, which may be as many as requests to those services.</summary>
    public const string Introspection = "Introspection";

    /// <summary>The factor by which limits are higher in Development.</summary>
    public const int DevelopmentFactor = 100;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    /// <summary>The defaults. They allow an office behind one address to sign in within minutes of nine o'clock.</summary>
    public static IReadOnlyDictionary<string, RateLimit> Defaults { get; } =
        new Dictionary<string, RateLimit>(StringComparer.Ordinal)
        {
            [Login] = new(300, s_minute),
            [Register] = new(300, s_minute),
            [Refresh] = new(1200, s_minute),
            [ChangePassword] = new(120, s_minute),
            [MailFlows] = new(120, s_minute),
            [Tokens] = new(1200, s_minute),
            [Introspection] = new(30_000, s_minute),
        };
}
