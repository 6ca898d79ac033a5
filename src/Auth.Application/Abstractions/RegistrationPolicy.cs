using Auth.Domain.Roles;

namespace Auth.Application.Abstractions;

/// <summary>The role of new accounts.</summary>
public sealed record RegistrationPolicy(RoleName DefaultRole);
