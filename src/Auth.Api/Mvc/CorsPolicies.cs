namespace Auth.Api.Mvc;

/// <summary>Names the CORS policies beside the default one, which has the configured origins.</summary>
internal static class CorsPolicies
{
    /// <summary>Any page may read: public keys and discovery, without credentials.</summary>
    public const string Public = "public";
}
