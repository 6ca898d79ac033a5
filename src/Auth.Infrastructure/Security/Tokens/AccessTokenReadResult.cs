namespace Auth.Infrastructure.Security.Tokens;

/// <summary>The result of validating an access token: the token, or why it is invalid.</summary>
internal readonly record struct AccessTokenReadResult(VerifiedAccessToken? Token, AccessTokenFault Fault)
{
    public static implicit operator AccessTokenReadResult(VerifiedAccessToken token) =>
        new(token, AccessTokenFault.None);

    public static implicit operator AccessTokenReadResult(AccessTokenFault fault) => new(null, fault);
}

/// <summary>What is wrong with an access token. Clients learn only of <see cref="Expired"/>.</summary>
internal enum AccessTokenFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is not a JWS in compact serialization, or is too long.</summary>
    Malformed,

    /// <summary>Its header is not that of any of our keys.</summary>
    UnknownKey,

    /// <summary>The signature is invalid.</summary>
    InvalidSignature,

    /// <summary>A claim is missing, duplicate or wrong.</summary>
    InvalidClaims,

    /// <summary>It has expired, and nothing else is wrong with it.</summary>
    Expired,
}
