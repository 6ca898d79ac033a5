using Auth.Domain.Roles;

namespace Auth.Application.Abstractions;

/// <summary>What new accounts get.</summary>
/// <param name="DefaultRole">The name of their role.</param>
public sealed record RegistrationPolicy(RoleName DefaultRole);
