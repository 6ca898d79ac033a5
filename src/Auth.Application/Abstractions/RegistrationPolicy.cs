using Auth.Domain.Roles;

namespace Auth.Application.Abstractions;

/// <summary>The role that new accounts get.</summary>
public sealed record RegistrationPolicy(RoleName DefaultRole);
