namespace Auth.Api.Problems;

/// <summary>
/// Declares the problems of an action for the OpenAPI document. Those that follow from its signature and policy are added
/// automatically.
/// </summary>
/// <param name="codes">The codes.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProblemCodesAttribute(params string[] codes) : Attribute
{
    /// <summary>The codes.</summary>
    public IReadOnlyList<string> Codes { get; } = codes;
}
