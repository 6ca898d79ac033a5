using Auth.Domain.Roles;

namespace Auth.Application.Abstractions;

/// <summary>How accounts are registered.</summary>
/// <param name="DefaultRole">The role that new accounts get.</param>
/// <param name="EmailConfirmation">Whether those who register have to confirm their address.</param>
public sealed record RegistrationPolicy(RoleName DefaultRole, EmailConfirmation EmailConfirmation);

/// <summary>Whether those who register have to confirm their address.</summary>
public enum EmailConfirmation
{
    /// <summary>Nobody is asked to.</summary>
    None,

    /// <summary>They are asked to, and can use their account before.</summary>
    Optional,

    /// <summary>There is no account before the address is confirmed.</summary>
    Required,
}
