namespace Auth.Api.Flows;

/// <summary>Marks actions that exist only where the service sends mail; elsewhere they are not found.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RequiresMailAttribute : Attribute;
