using Auth.Application.Abstractions;
using Auth.Application.Audit;
using Auth.Domain.Audit;

namespace Auth.Api.Audit;

/// <summary>What happened, to whom, by whom, from where.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="Type">What happened.</param>
/// <param name="Outcome"><c>success</c> or <c>failure</c>.</param>
/// <param name="UserId">The user it happened to.</param>
/// <param name="ActorId">The user who did it.</param>
/// <param name="SessionId">The session it happened to or in.</param>
/// <param name="IpAddress">The client's address.</param>
/// <param name="UserAgent">What the client called itself.</param>
/// <param name="Detail">What else matters. Never a password, a token or a hash.</param>
public sealed record AuditEventResponse(
    Guid Id,
    DateTimeOffset OccurredAt,
    string Type,
    string Outcome,
    Guid? UserId,
    Guid? ActorId,
    Guid? SessionId,
    string? IpAddress,
    string? UserAgent,
    string? Detail
)
{
    /// <summary>Shows an event.</summary>
    public static AuditEventResponse Of(AuditEvent item) =>
        new(
            item.Id,
            item.OccurredAt,
            item.Type,
            item.Outcome == AuditOutcome.Success ? "success" : "failure",
            item.UserId,
            item.ActorId,
            item.SessionId,
            item.IpAddress,
            item.UserAgent,
            item.Detail
        );
}

/// <summary>A part of the audit log.</summary>
/// <param name="Items">The events, newest first.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next part; null at the end.</param>
public sealed record AuditPageResponse(IReadOnlyList<AuditEventResponse> Items, string? NextCursor)
{
    /// <summary>Shows a page.</summary>
    public static AuditPageResponse Of(Page<AuditEvent> page) =>
        new([.. page.Items.Select(AuditEventResponse.Of)], page.NextCursor);
}
