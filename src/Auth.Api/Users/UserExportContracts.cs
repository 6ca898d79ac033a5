using System.Text.Json;
using Auth.Api.Audit;
using Auth.Api.Factors;
using Auth.Application.Users;
using Auth.Domain.Lockout;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;

namespace Auth.Api.Users;

/// <summary>A permission and the roles that grant it.</summary>
/// <param name="Permission">The permission.</param>
/// <param name="Roles">The names of the roles that grant it, in alphabetical order.</param>
public sealed record PermissionSourceResponse(string Permission, IReadOnlyList<string> Roles)
{
    /// <summary>Creates the response for a permission.</summary>
    public static PermissionSourceResponse From(PermissionSource source) => new(source.Permission, source.Roles);
}

/// <summary>Everything that is stored about a user, except credentials.</summary>
/// <param name="ExportedAt">When the data was read.</param>
/// <param name="User">The account.</param>
/// <param name="Sessions">The sessions, including those that have ended, oldest first.</param>
/// <param name="Factors">The second factors.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are left.</param>
/// <param name="FailedSignIns">The wrong passwords since the last successful sign-in.</param>
/// <param name="Mails">The mails of the last days, oldest first.</param>
/// <param name="MailFlows">The requests for mails with a link or code, oldest first.</param>
/// <param name="Events">The audit events about the user or caused by them, oldest first.</param>
public sealed record UserExportResponse(
    DateTimeOffset ExportedAt,
    UserResponse User,
    IReadOnlyList<ExportedSessionResponse> Sessions,
    IReadOnlyList<FactorResponse> Factors,
    int RecoveryCodesLeft,
    IReadOnlyList<ExportedFailuresResponse> FailedSignIns,
    IReadOnlyList<ExportedMailResponse> Mails,
    IReadOnlyList<ExportedMailFlowResponse> MailFlows,
    IReadOnlyList<AuditEventResponse> Events
)
{
    /// <summary>Creates the response for an export.</summary>
    public static UserExportResponse From(UserExport export) =>
        new(
            export.ExportedAt,
            UserResponse.From(export.User),
            [.. export.Sessions.Select(ExportedSessionResponse.From)],
            [.. export.Factors.Factors.Select(FactorResponse.From)],
            export.Factors.RecoveryCodesLeft,
            [.. export.FailedSignIns.Select(ExportedFailuresResponse.From)],
            [.. export.Mails.Select(ExportedMailResponse.From)],
            [.. export.MailFlows.Select(ExportedMailFlowResponse.From)],
            [.. export.Events.Select(AuditEventResponse.From)]
        );
}

/// <summary>Everything that is stored about a session.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="LastUsedAt">When the session was last refreshed.</param>
/// <param name="ExpiresAt">When the session expires unless it is refreshed.</param>
/// <param name="AbsoluteExpiresAt">When the session expires at the latest.</param>
/// <param name="EndedAt">When the session ended.</param>
/// <param name="EndReason">Why the session ended.</param>
/// <param name="AuthenticatedAt">When the user last authenticated.</param>
/// <param name="AuthenticationMethods">The authentication methods (RFC 8176).</param>
/// <param name="IpAddress">The client's IP address when the session was last used.</param>
/// <param name="UserAgent">The client's user agent when the session was last used.</param>
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
    /// <summary>Creates the response for a session.</summary>
    public static ExportedSessionResponse From(Session session) =>
        new(
            session.Id,
            session.CreatedAt,
            session.RotatedAt,
            session.ExpiresAt,
            session.AbsoluteExpiresAt,
            session.EndedAt,
            session.EndReason,
            session.AuthenticatedAt,
            session.AuthenticationMethods.Split(' '),
            session.IpAddress,
            session.UserAgent
        );
}

/// <summary>Consecutive wrong passwords, from all unknown devices together or from one known device.</summary>
/// <param name="Failures">The number of wrong passwords.</param>
/// <param name="Refusals">The number of later attempts that were rejected without checking the password.</param>
/// <param name="LastFailureAt">When the last wrong password was sent.</param>
public sealed record ExportedFailuresResponse(int Failures, int Refusals, DateTimeOffset LastFailureAt)
{
    /// <summary>Creates the response for a count.</summary>
    public static ExportedFailuresResponse From(FailureCount count) =>
        new(count.Failures, count.Refusals, count.LastFailureAt);
}

/// <summary>A mail to the user. Its text is not stored.</summary>
/// <param name="Template">What it says, for example <c>password_changed</c>.</param>
/// <param name="Culture">The language.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="SentAt">When it was sent; null if it was not.</param>
public sealed record ExportedMailResponse(
    string Template,
    string Culture,
    DateTimeOffset CreatedAt,
    DateTimeOffset? SentAt
)
{
    /// <summary>Shows a mail.</summary>
    public static ExportedMailResponse From(OutgoingMail mail) =>
        new(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(mail.Template.ToString()),
            mail.Culture,
            mail.CreatedAt,
            mail.SentAt
        );
}

/// <summary>A request for a mail with a link or code.</summary>
/// <param name="Purpose">
/// <c>email_verification</c>, <c>password_reset</c>, <c>email_change</c>, <c>email_change_undo</c> or <c>invitation</c>.
/// </param>
/// <param name="CreatedAt">When the mail was first requested.</param>
/// <param name="Mails">How many mails were sent.</param>
/// <param name="ExpiresAt">When the link of the last mail expires.</param>
/// <param name="ConsumedAt">When the link or code was used or invalidated.</param>
public sealed record ExportedMailFlowResponse(
    string Purpose,
    DateTimeOffset CreatedAt,
    int Mails,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ConsumedAt
)
{
    /// <summary>Shows a flow.</summary>
    public static ExportedMailFlowResponse From(MailFlow flow) =>
        new(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(flow.Purpose.ToString()),
            flow.CreatedAt,
            flow.Generation,
            flow.ExpiresAt,
            flow.ConsumedAt
        );
}
