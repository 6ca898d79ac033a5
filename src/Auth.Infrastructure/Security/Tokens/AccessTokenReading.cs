namespace Auth.Infrastructure.Security.Tokens;

/// <summary>What came of reading an access token: the token, or why it does not hold.</summary>
internal readonly record struct AccessTokenReading(VerifiedAccessToken? Token, AccessTokenFault Fault)
{
    public static implicit operator AccessTokenReading(VerifiedAccessToken token) => new(token, AccessTokenFault.None);

    public static implicit operator AccessTokenReading(AccessTokenFault fault) => new(null, fault);
}

/// <summary>What is wrong with an access token. Only <see cref="Expired"/> is told to whoever shows it.</summary>
internal enum AccessTokenFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is no JWS in compact form, or too long.</summary>
    Malformed,

    /// <summary>Its header is not the one that tokens of a key of ours have.</summary>
    UnknownKey,

    /// <summary>The signature is not ours.</summary>
    WrongSignature,

    /// <summary>It is signed, but a claim is missing, stands twice, or does not say what it has to.</summary>
    WrongClaims,

    /// <summary>Its time is over, and nothing else is wrong with it.</summary>
    Expired,
}
