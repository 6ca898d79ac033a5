using Auth.Application.Authentication;
using Auth.Application.Mail;
using Auth.Application.Users;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.Flows;

/// <summary>Does what a confirmed address allows: creates the account of a registration, or marks the address of a user.</summary>
internal sealed class EmailVerification(
    IMailFlowRepository flows,
    IUserRepository users,
    NewUsers newUsers,
    SessionStarter starter,
    IAddressSeal addresses,
    IAuditLog audit,
    TimeProvider clock
)
{
    /// <summary>Completes a flow whose proofs were checked. The caller saves.</summary>
    public async Task<Result<VerifiedEmail>> CompleteAsync(
        MailFlow flow,
        ClientInfo client,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        if (flow.Registration is { } registration)
        {
            return await RegisterAsync(flow, registration, client, now, cancellationToken);
        }

        if (
            flow.UserId is not { } id
            || await users.FindAsync(id, cancellationToken) is not { IsActive: true } user
            || !flow.IsBoundTo(user)
        )
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        user.ConfirmEmail();
        flow.Consume(now);
        audit.Record(AuditTypes.EmailVerified, client, now, user.Id, user.Id);
        return new VerifiedEmail(SignIn: null);
    }

    private async Task<Result<VerifiedEmail>> RegisterAsync(
        MailFlow flow,
        PendingRegistration registration,
        ClientInfo client,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var email = addresses.Open(flow.Id, flow.SealedAddress);
        var user = await newUsers.RegisterAsync(
            email,
            registration.PasswordHash,
            registration.DisplayName,
            now,
            cancellationToken
        );
        if (user.IsFailure)
        {
            return CommonErrors.InvalidOrExpiredToken; // somebody else has proven the address meanwhile
        }

        user.Value.ConfirmEmail();
        flows.TakeRegistrations(addresses.ListHashes(email));
        var signIn = starter.Start(user.Value, client, AuditTypes.UserRegistered, deviceId: null, now);
        audit.Record(AuditTypes.EmailVerified, client, now, user.Value.Id, user.Value.Id);
        return new VerifiedEmail(signIn);
    }
}
