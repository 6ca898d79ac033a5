using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Domain.Audit;
using Auth.Domain.Mail;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Authentication;

/// <summary>Starts the sessions of users who have just authenticated.</summary>
internal sealed class SessionStarter(
    ISessionRepository sessions,
    SessionLookup lookup,
    SignInTokens tokens,
    IKnownDevices devices,
    Notices notices,
    IAuditLog audit,
    SessionPolicy policy
)
{
    /// <summary>Starts a session, records the event, and issues the tokens, including the device token.</summary>
    public SignIn Start(
        User user,
        ClientInfo client,
        string auditType,
        Guid? deviceId,
        DateTimeOffset now,
        string methods = AuthenticationMethods.Password
    )
    {
        if (deviceId is null && user.LastSignInAt is not null)
        {
            notices.Add(MailTemplate.NewDevice, user, client, now);
        }

        user.SignIn(now);
        var session = Session.Start(user, client, policy, now, methods);
        sessions.Add(session);
        audit.Record(auditType, client, now, user.Id, user.Id, session.Id);
        return tokens.Issue(user, session, now) with
        {
            DeviceToken = devices.Issue(user, deviceId ?? Guid.CreateVersion7(now)),
        };
    }

    /// <summary>Ends the user's session whose refresh token the client replaces: nobody could log out of it there (ASVS V7.2.4).</summary>
    public async Task EndReplacedAsync(
        string? refreshToken,
        User user,
        ClientInfo client,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            refreshToken is not null
            && await lookup.FindAsync(refreshToken, cancellationToken) is { } replaced
            && replaced.UserId == user.Id
            && replaced.End(RevocationReasons.SignedInAgain, now)
        )
        {
            audit.Record(AuditTypes.SessionRevoked, client, now, user.Id, user.Id, replaced.Id);
        }
    }
}
