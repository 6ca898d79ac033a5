namespace Auth.Testing;

/// <summary>The tokens of a session.</summary>
internal sealed record TestSession(string AccessToken, string RefreshToken, TestSessionUser User)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(TestSession);
}

/// <summary>The user of a session.</summary>
internal sealed record TestSessionUser(Guid Id);

internal sealed record TestSteppedUp(string AccessToken)
{
    public override string ToString() => nameof(TestSteppedUp);
}

internal sealed record TestApp(Guid Id, string Secret)
{
    public override string ToString() => nameof(TestApp);
}

internal sealed record TestRecoveryCodes(IReadOnlyList<string>? RecoveryCodes)
{
    public override string ToString() => nameof(TestRecoveryCodes);
}
