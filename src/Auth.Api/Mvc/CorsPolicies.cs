namespace Auth.Api.Mvc;

/// <summary>The names of CORS policies besides the default one, which allows the configured origins.</summary>
internal static class CorsPolicies
{
    /// <summary>Allows any origin without credentials: public keys and discovery.</summary>
    public const string Public = "public";
}
