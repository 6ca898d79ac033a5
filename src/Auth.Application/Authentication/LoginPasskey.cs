using Auth.Application.Abstractions;
using Auth.Application.Factors;
using Auth.Application.Passwords;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Signs a user in with a passkey alone, which is both factors: the authenticator has verified the user.</summary>
public sealed record LoginPasskeyCommand(
    string? ChallengeToken,
    string? Credential,
    ClientInfo Client,
    IReadOnlyList<string> DeviceTokens,
    string? ReplacedRefreshToken = null
) : SecretRecord, IRequest<Result<SignIn>>, IRetriesConflicts;

internal sealed class LoginPasskeyCommandValidator : AbstractValidator<LoginPasskeyCommand>
{
    public LoginPasskeyCommandValidator()
    {
        RuleFor(command => command.ChallengeToken).NotEmpty().WithMessage("The challenge token is required.");
        RuleFor(command => command.Credential).NotEmpty().WithMessage("The signature of the passkey is required.");
    }
}

internal sealed class LoginPasskeyCommandHandler(
    IUserRepository users,
    FactorVerification verification,
    IKnownDevices devices,
    SessionStarter starter,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LoginPasskeyCommand, Result<SignIn>>
{
    public async Task<Result<SignIn>> Handle(LoginPasskeyCommand command, CancellationToken cancellationToken)
    {
        var proof = new FactorProof(ChallengeToken: command.ChallengeToken, Credential: command.Credential);
        var owner = await verification.FindOwnerAsync(proof, cancellationToken);
        var user = owner is { } id ? await users.FindAsync(id, cancellationToken) : null;

        // Signatures cannot be guessed, so that neither failures are counted nor a lock of the password matters here.
        var match = user is { IsActive: true }
            ? await verification.MatchAsync(
                user,
                proof,
                ChallengePurpose.PasskeySignIn,
                clock.GetUtcNow(),
                cancellationToken
            )
            : null;
        return await unitOfWork.RetryAsync(
            clock,
            async () =>
                match is not null
                && await users.FindAsync(user!.Id, cancellationToken) is { IsActive: true } current
                && await verification.TryUseAsync(match, current, command.Client, clock.GetUtcNow(), cancellationToken)
                    ? await SignInAsync(command, match, current, cancellationToken)
                    : await RefuseAsync(command, user)
        );
    }

    private async Task<Result<SignIn>> SignInAsync(
        LoginPasskeyCommand command,
        MatchedFactor match,
        User user,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        await starter.EndReplacedAsync(command.ReplacedRefreshToken, user, command.Client, now, cancellationToken);
        var deviceId = devices.FindAny(command.DeviceTokens, user);
        var signIn = starter.Start(user, command.Client, AuditTypes.LoginSucceeded, deviceId, now, match.Methods);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return signIn;
    }

    private async Task<Result<SignIn>> RefuseAsync(LoginPasskeyCommand command, User? user)
    {
        audit.Record(AuditTypes.LoginFailed, command.Client, clock.GetUtcNow(), user?.Id, detail: "passkey");
        await unitOfWork.SaveChangesAsync(CancellationToken.None);
        return PasswordErrors.InvalidCredentials;
    }
}
