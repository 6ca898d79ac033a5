namespace Auth.Domain.Common;

/// <summary>An expected failure with a stable code that clients rely on.</summary>
/// <param name="Code">The contract's code in upper case, for example <c>EMAIL_ALREADY_REGISTERED</c>.</param>
/// <param name="Message">A sentence for the caller. It never says why a credential was rejected.</param>
/// <param name="Kind">The kind of failure.</param>
public sealed record Error(string Code, string Message, ErrorKind Kind)
{
    /// <summary>Why a genuine token is no longer valid (<c>logout</c>, <c>roles_changed</c> …), if it is disclosed to the caller.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether refreshing helps: the session of a revoked access token goes on.</summary>
    public bool CanRefresh { get; init; }

    /// <summary>What the operation requires of the caller's authentication.</summary>
    public StepUpDemand? StepUp { get; init; }

    /// <summary>How the sign-in is completed whose password was right.</summary>
    public SecondFactorDemand? SecondFactor { get; init; }

    /// <summary>The violated rules by field name in camelCase; only for failed validation.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>When to retry; only for temporary failures.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>One or more fields violate a rule.</summary>
    public static Error Validation(IReadOnlyDictionary<string, string[]> fields) =>
        new("VALIDATION_FAILED", "One or more fields are invalid; see `errors`.", ErrorKind.Validation)
        {
            Fields = fields,
        };

    /// <summary>A single field violates a rule.</summary>
    public static Error Validation(string field, string message) =>
        Validation(new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] });
}
