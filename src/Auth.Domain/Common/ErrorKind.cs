namespace Auth.Domain.Common;

/// <summary>The kinds of expected failures.</summary>
public enum ErrorKind
{
    /// <summary>The input violates a rule.</summary>
    Validation,

    /// <summary>The caller is not authenticated.</summary>
    Unauthenticated,

    /// <summary>The caller is authenticated but not allowed to do this.</summary>
    Forbidden,

    /// <summary>The resource does not exist.</summary>
    NotFound,

    /// <summary>The state of the resource does not allow it.</summary>
    Conflict,

    /// <summary>There were too many requests.</summary>
    TooManyRequests,

    /// <summary>The service is temporarily unavailable.</summary>
    Unavailable,
}
