using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using Auth.Application.Passwords;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Flows;

/// <summary>Sets the first password of an invited user, and signs them in.</summary>
public sealed record AcceptInvitationCommand(string? Token, string? Password, string? DisplayName, ClientInfo Client)
    : SecretRecord,
        IRequest<Result<SignIn>>,
        IRetriesConflicts;

internal sealed class AcceptInvitationCommandValidator : AbstractValidator<AcceptInvitationCommand>
{
    public AcceptInvitationCommandValidator(PasswordLength length)
    {
        RuleFor(command => command.Token).NotEmpty().WithMessage("The token of the link is required.");
        RuleFor(command => command.Password).NewPassword(length);
        RuleFor(command => command.DisplayName).DisplayName();
    }
}

internal sealed class AcceptInvitationCommandHandler(
    FlowProofs proofs,
    IMailFlowRepository flows,
    IUserRepository users,
    NewPasswords passwords,
    SessionStarter starter,
    FailureReset failures,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<AcceptInvitationCommand, Result<SignIn>>
{
    public async Task<Result<SignIn>> Handle(AcceptInvitationCommand command, CancellationToken cancellationToken)
    {
        var proof = await proofs.FindByLinkAsync(command.Token!, cancellationToken);
        if (proof is null || await FindUserAsync(proof.Flow, cancellationToken) is not { } invited)
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        var name = command.DisplayName ?? invited.DisplayName;
        var hash = await passwords.HashUncheckedAsync(command.Password!, invited.Email, name, cancellationToken);
        return hash.IsFailure
            ? hash.Error
            : await unitOfWork.RetryAsync(clock, () => AcceptAsync(command, proof, hash.Value, cancellationToken));
    }

    private async Task<Result<SignIn>> AcceptAsync(
        AcceptInvitationCommand command,
        FlowProof proof,
        string passwordHash,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        if (
            await flows.FindAsync(proof.Flow.Id, cancellationToken) is not { } flow
            || !proof.IsStillValidFor(flow, now)
            || await FindUserAsync(flow, cancellationToken) is not { } user
        )
        {
            return CommonErrors.InvalidOrExpiredToken;
        }

        user.AcceptInvitation(passwordHash, command.DisplayName, now);
        flow.Consume(now);
        var signIn = starter.Start(user, command.Client, AuditTypes.InvitationAccepted, deviceId: null, now);
        await failures.ResetAsync(user); // guesses from before there was a password
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return signIn;
    }

    private async Task<User?> FindUserAsync(MailFlow flow, CancellationToken cancellationToken) =>
        flow.Purpose == FlowPurpose.Invitation
        && await users.FindAsync(flow.UserId!.Value, cancellationToken) is { IsActive: true, IsInvited: true } user
        && flow.IsBoundTo(user)
            ? user
            : null;
}
