namespace Auth.Infrastructure.Security.Factors;

/// <summary>Where passkeys are used.</summary>
/// <param name="RelyingPartyId">The domain that passkeys belong to (WebAuthn §5.4.2): that of the pages, or a parent of it.</param>
/// <param name="Origins">The origins of the pages that create and use them.</param>
public sealed record PasskeyOptions(string RelyingPartyId, IReadOnlyList<string> Origins);
