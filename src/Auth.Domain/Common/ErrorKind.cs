namespace Auth.Domain.Common;

/// <summary>The kinds of expected failures.</summary>
public enum ErrorKind
{
    /// <summary>The input breaks a rule.</summary>
    Validation,

    /// <summary>The caller is not known, or no longer.</summary>
    Unauthenticated,

    /// <summary>The caller is known and may not do this.</summary>
    Forbidden,

    /// <summary>There is no such thing.</summary>
    NotFound,

    /// <summary>The state of the data does not allow it.</summary>
    Conflict,

    /// <summary>Too often in too short a time.</summary>
    TooManyRequests,

    /// <summary>The service cannot do it at the moment.</summary>
    Unavailable,
}
