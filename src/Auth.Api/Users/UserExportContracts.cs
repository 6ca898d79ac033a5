using Auth.Api.Audit;
using Auth.Application.Users;

namespace Auth.Api.Users;

/// <summary>A permission and where it comes from.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Roles">The names of the roles that give it, in order.</param>
public sealed record PermissionSourceResponse(string Permission, IReadOnlyList<string> Roles)
{
    /// <summary>Shows a permission.</summary>
    public static PermissionSourceResponse Of(PermissionSource source) => new(source.Permission, source.Roles);
}

/// <summary>Everything that is stored about a user, but for what proves who they are.</summary>
/// <param name="ExportedAt">When it was read.</param>
/// <param name="User">The account.</param>
/// <param name="Sessions">The sessions, also those that have ended, oldest first.</param>
/// <param name="FailedSignIns">How often a wrong password came since the last right one.</param>
/// <param name="Events">What happened to the user or was done by them, oldest first.</param>
public sealed record UserExportResponse(
    DateTimeOffset ExportedAt,
    UserResponse User,
    IReadOnlyList<ExportedSessionResponse> Sessions,
    IReadOnlyList<ExportedFailuresResponse> FailedSignIns,
    IReadOnlyList<AuditEventResponse> Events
)
{
    /// <summary>Shows an export.</summary>
    public static UserExportResponse Of(UserExport export) =>
        new(
            export.ExportedAt,
            UserResponse.Of(export.User),
            [.. export.Sessions.Select(ExportedSessionResponse.Of)],
            [.. export.FailedSignIns.Select(ExportedFailuresResponse.Of)],
            [.. export.Events.Select(AuditEventResponse.Of)]
        );
}

/// <summary>A session with all that is stored about it.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="LastUsedAt">When it was last refreshed.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed before.</param>
/// <param name="AbsoluteExpiresAt">When it ends in any case.</param>
/// <param name="EndedAt">When it was ended.</param>
/// <param name="EndReason">Why it was ended.</param>
/// <param name="AuthenticatedAt">When the user last proved who they are.</param>
/// <param name="AuthenticationMethods">How (RFC 8176).</param>
/// <param name="IpAddress">The client's address at the last use.</param>
/// <param name="UserAgent">What the client called itself at the last use.</param>
public sealed record ExportedSessionResponse(
    Guid Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset AbsoluteExpiresAt,
    DateTimeOffset? EndedAt,
    string? EndReason,
    DateTimeOffset AuthenticatedAt,
    IReadOnlyList<string> AuthenticationMethods,
    string? IpAddress,
    string? UserAgent
)
{
    /// <summary>Shows a session.</summary>
    public static ExportedSessionResponse Of(ExportedSession session) =>
        new(
            session.Id,
            session.CreatedAt,
            session.LastUsedAt,
            session.ExpiresAt,
            session.AbsoluteExpiresAt,
            session.EndedAt,
            session.EndReason,
            session.AuthenticatedAt,
            session.AuthenticationMethods,
            session.IpAddress,
            session.UserAgent
        );
}

/// <summary>Wrong passwords in a row, from all unknown devices together or from one known device.</summary>
/// <param name="Failures">How many were compared.</param>
/// <param name="Refusals">How many were turned away after these.</param>
/// <param name="LastFailureAt">When the last one was compared.</param>
public sealed record ExportedFailuresResponse(int Failures, int Refusals, DateTimeOffset LastFailureAt)
{
    /// <summary>Shows a count.</summary>
    public static ExportedFailuresResponse Of(ExportedFailures count) =>
        new(count.Failures, count.Refusals, count.LastFailureAt);
}
