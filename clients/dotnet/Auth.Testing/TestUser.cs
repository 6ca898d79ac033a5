namespace Auth.Testing;

/// <summary>A user with a session. What is changed here is known at once to the services that use the host. Not thread-safe.</summary>
public sealed class TestUser
{
    private readonly AuthTestHost _host;
    private readonly string _email;
    private readonly string _password = AuthTestHost.NewPassword();
    private readonly SortedSet<string> _permissions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _roles = new(StringComparer.Ordinal) { "viewer" };
    private readonly Queue<string> _recoveryCodes = new();
    private bool _isChanged;
    private TestSession? _session;

    internal TestUser(AuthTestHost host, string name)
    {
        _host = host;
        Name = name;
        _email = $"{name}@example.com";
    }

    /// <summary>The name in the test.</summary>
    public string Name { get; }

    /// <summary>Grants permissions.</summary>
    public TestUser With(params string[] permissions)
    {
        foreach (var permission in permissions)
        {
            _isChanged |= _permissions.Add(permission);
        }

        return this;
    }

    /// <summary>Adds built-in roles.</summary>
    public TestUser InRole(params string[] roles)
    {
        foreach (var role in roles)
        {
            _isChanged |= _roles.Add(role);
        }

        return this;
    }

    /// <summary>Returns the current access token; registers the user, or signs them in, if they have none.</summary>
    public async Task<string> GetTokenAsync(CancellationToken cancellationToken = default)
    {
        _session ??= await _host.RegisterAsync(_email, _password, cancellationToken);
        if (_isChanged)
        {
            await GrantAsync(_session.User.Id, cancellationToken);
            _session = await _host.RefreshAsync(_session, cancellationToken);
            _isChanged = false;
        }

        return _session.AccessToken;
    }

    /// <summary>Signs in again, on another device: the new access token is used from now on.</summary>
    public async Task SignInAsync(CancellationToken cancellationToken = default)
    {
        await GetTokenAsync(cancellationToken);
        _session = await _host.SignInAsync(_email, _password, cancellationToken);
    }

    /// <summary>Gets the next access token of the session.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await GetTokenAsync(cancellationToken);
        _session = await _host.RefreshAsync(_session!, cancellationToken);
    }

    /// <summary>
    /// Authenticates again with a second factor, and enrols one first if there is none: the next access token has <c>acr</c>
    /// <c>mfa</c>. Works ten times more.
    /// </summary>
    public async Task StepUpAsync(CancellationToken cancellationToken = default)
    {
        await GetTokenAsync(cancellationToken);
        await _host.StepUpAsync(_session!, _recoveryCodes, cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    /// <summary>Logs out. The access token stays the same, and is revoked.</summary>
    public async Task LogOutAsync(CancellationToken cancellationToken = default)
    {
        await GetTokenAsync(cancellationToken);
        await _host.SignOutAsync(_session!, cancellationToken);
    }

    /// <summary>Disables the account.</summary>
    public async Task DisableAsync(CancellationToken cancellationToken = default)
    {
        await GetTokenAsync(cancellationToken);
        await _host.SendAsAdminAsync(
            HttpMethod.Post,
            $"/api/users/{_session!.User.Id}/disable",
            body: null,
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private async Task GrantAsync(Guid id, CancellationToken cancellationToken)
    {
        var roles = _roles.ToList();
        if (_permissions.Count > 0)
        {
            var role = $"{Name}-{Guid.CreateVersion7():n}";
            await _host.SendAsAdminAsync(
                HttpMethod.Post,
                "/api/roles",
                new { name = role, permissions = _permissions },
                cancellationToken
            );
            roles.Add(role);
        }

        await _host.SendAsAdminAsync(HttpMethod.Put, $"/api/users/{id}/roles", new { roles }, cancellationToken);
    }
}
