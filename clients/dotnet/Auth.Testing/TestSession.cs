namespace Auth.Testing;

/// <summary>The tokens of a session.</summary>
internal sealed record TestSession(string AccessToken, string RefreshToken, TestSessionUser User)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(TestSession);
}

/// <summary>The user of a session.</summary>
internal sealed record TestSessionUser(Guid Id);
