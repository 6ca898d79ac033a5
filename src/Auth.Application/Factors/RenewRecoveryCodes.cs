using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Factors;

/// <summary>Replaces the caller's recovery codes; earlier ones are no longer valid.</summary>
public sealed record RenewRecoveryCodesCommand(Guid UserId, ClientInfo Client) : IRequest<Result<RecoveryCodeList>>;

/// <summary>New recovery codes, to show once.</summary>
public sealed record RecoveryCodeList(IReadOnlyList<string> Codes) : SecretRecord;

internal sealed class RenewRecoveryCodesCommandHandler(
    IUserRepository users,
    FactorChanges changes,
    Notices notices,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RenewRecoveryCodesCommand, Result<RecoveryCodeList>>
{
    public async Task<Result<RecoveryCodeList>> Handle(
        RenewRecoveryCodesCommand command,
        CancellationToken cancellationToken
    )
    {
        // Without a factor there is nothing that a code could replace.
        if (await users.FindAsync(command.UserId, cancellationToken) is not { HasSecondFactor: true } user)
        {
            return CommonErrors.NotFound;
        }

        var now = clock.GetUtcNow();
        var codes = await changes.RenewRecoveryCodesAsync(user, command.Client, now, cancellationToken);
        user.ReplaceRecoveryCodes();
        notices.Add(MailTemplate.RecoveryCodesMade, user, command.Client, now);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new RecoveryCodeList(codes);
    }
}
