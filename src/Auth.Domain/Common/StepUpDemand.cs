namespace Auth.Domain.Common;

/// <summary>What an operation requires of the caller's authentication (RFC 9470 §3).</summary>
/// <param name="MaxAge">How long ago it may have been.</param>
/// <param name="AcrValues">The weakest authentication context that is accepted (claim <c>acr</c>).</param>
public sealed record StepUpDemand(TimeSpan MaxAge, string AcrValues);
