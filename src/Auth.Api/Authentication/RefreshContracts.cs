namespace Auth.Api.Authentication;

/// <summary>The refresh token to exchange.</summary>
public sealed record RefreshRequest
{
    /// <summary>The refresh token. If it is absent or empty, the cookie is used.</summary>
    public string? RefreshToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RefreshRequest);
}

/// <summary>The sessions to end.</summary>
public sealed record LogoutRequest
{
    /// <summary>The refresh token of a session to end. If a cookie or an access token is sent as well, their sessions also end.</summary>
    public string? RefreshToken { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(LogoutRequest);
}
