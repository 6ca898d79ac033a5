namespace Auth.Bearer;

/// <summary>How access tokens are verified.</summary>
public sealed class AuthBearerOptions
{
    private static readonly TimeSpan s_longestSkew = TimeSpan.FromMinutes(5);

    /// <summary>The address of the service that issues the tokens: its <c>Jwt:Issuer</c>, and the claim <c>iss</c>.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The claim <c>aud</c> of the tokens: <c>Jwt:Audience</c> of the service.</summary>
    public string Audience { get; set; } = "";

    /// <summary>
    /// The accepted signature algorithms, of <c>ES256</c>, <c>PS256</c> and <c>RS256</c>. Each key verifies only its own.
    /// </summary>
    public IList<string> Algorithms { get; } = ["ES256"];

    /// <summary>
    /// How far the clocks of this service and of the issuer may differ, at most five minutes: the issuer lists revocations for
    /// that long after the tokens have expired.
    /// </summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the issuer must be reached over HTTPS, unless it is on this machine.</summary>
    public bool RequireHttps { get; set; } = true;

    /// <summary>What happens to tokens when this service no longer knows which have been revoked.</summary>
    public StaleBehavior OnStale { get; set; } = StaleBehavior.Reject;

    /// <summary>How long the start of the application waits for the first list of revocations.</summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often revocations are fetched when the issuer does not send them by itself.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the issuer is asked to send revocations as server-sent events.</summary>
    public bool UseEventStream { get; set; } = true;

    /// <summary>Sends the requests to the issuer; by default a handler of its own.</summary>
    public HttpMessageHandler? Backchannel { get; set; }

    internal void Check()
    {
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority))
        {
            throw new InvalidOperationException($"The authority '{Authority}' is not an absolute URL.");
        }

        if (RequireHttps && authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback)
        {
            throw new InvalidOperationException($"The authority '{Authority}' must use https.");
        }

        if (Audience.Length == 0)
        {
            throw new InvalidOperationException("The audience is required.");
        }

        if (ClockSkew < TimeSpan.Zero || ClockSkew > s_longestSkew)
        {
            throw new InvalidOperationException("The clock skew must be between zero and five minutes.");
        }

        if (PollInterval <= TimeSpan.Zero)
        {
            throw new InvalidOperationException("The poll interval must be longer than zero.");
        }

        if (Algorithms.Count == 0 || Algorithms.Any(algorithm => !IssuerKey.Algorithms.Contains(algorithm)))
        {
            throw new InvalidOperationException(
                $"The algorithms must be some of {string.Join(", ", IssuerKey.Algorithms)}."
            );
        }
    }
}

/// <summary>What happens to tokens when the list of revocations is too old.</summary>
public enum StaleBehavior
{
    /// <summary>Requests with tokens are answered with 503, because a token could have been revoked.</summary>
    Reject,

    /// <summary>Tokens are accepted unless they are known to be revoked: a log-out takes effect when the token expires.</summary>
    Accept,
}
