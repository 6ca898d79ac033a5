namespace Auth.Application.Abstractions;

/// <summary>
/// The permissions that the access token of the current request is limited to. Handlers read the roles of a caller again, but
/// only the token says that a service has asked for less than its roles allow.
/// </summary>
public sealed class CallerScope
{
    /// <summary>The permissions; null if the caller is not a service.</summary>
    public IReadOnlyCollection<string>? Permissions { get; private set; }

    /// <summary>Limits the caller, who is a service.</summary>
    public void Limit(IReadOnlyCollection<string> permissions) => Permissions = permissions;
}
