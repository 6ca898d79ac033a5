using Auth.Domain.Common;

namespace Auth.Application.Abstractions;

/// <summary>The database refused a change because of a rule that two requests raced for.</summary>
/// <param name="error">The rule, as the contract names it.</param>
/// <param name="innerException">What the database said.</param>
public sealed class ConflictException(Error error, Exception innerException) : Exception(error.Code, innerException)
{
    /// <summary>The rule, as the contract names it.</summary>
    public Error Error { get; } = error;
}
