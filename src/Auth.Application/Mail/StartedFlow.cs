using Auth.Application.Abstractions;

namespace Auth.Application.Mail;

/// <summary>The answer to a request for a mail, whether one is sent or not.</summary>
/// <param name="FlowToken">Proves, together with the link or the code, that the same client started the flow.</param>
/// <param name="ExpiresAt">When the code expires.</param>
public sealed record StartedFlow(string FlowToken, DateTimeOffset ExpiresAt) : SecretRecord;
