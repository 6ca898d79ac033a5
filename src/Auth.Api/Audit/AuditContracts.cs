using Auth.Application.Abstractions;
using Auth.Application.Audit;
using Auth.Domain.Audit;

namespace Auth.Api.Audit;

/// <summary>An event in the audit log.</summary>
/// <param name="Id">The record's id.</param>
/// <param name="OccurredAt">When the event occurred.</param>
/// <param name="Type">The type of event, for example <c>login.failed</c>.</param>
/// <param name="Outcome"><c>success</c> or <c>failure</c>.</param>
/// <param name="UserId">The user whom the event is about.</param>
/// <param name="ActorId">The user who did it.</param>
/// <param name="SessionId">The session that the event is about, or in which it occurred.</param>
/// <param name="IpAddress">The client's address.</param>
/// <param name="UserAgent">The client's user agent.</param>
/// <param name="Detail">Further details; never a password, a token or a hash.</param>
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
    /// <summary>Creates the response for an event.</summary>
    public static AuditEventResponse From(AuditEvent item) =>
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

/// <summary>A page of the audit log.</summary>
/// <param name="Items">The events, newest first.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last page.</param>
public sealed record AuditPageResponse(IReadOnlyList<AuditEventResponse> Items, string? NextCursor)
{
    /// <summary>Creates the response for a page.</summary>
    public static AuditPageResponse From(Page<AuditEvent> page) =>
        new([.. page.Items.Select(AuditEventResponse.From)], page.NextCursor);
}
