namespace Auth.Api.Authorization;

/// <summary>Declares that services may call an action without a permission. All others are about the caller's own account.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AllowsServicesAttribute : Attribute;
