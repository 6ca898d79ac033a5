using Auth.Application.Abstractions;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Factors;

/// <summary>Begins the enrolment of an authenticator app; it replaces one that was begun before.</summary>
public sealed record EnrolTotpCommand(Guid UserId, string? Name) : IRequest<Result<TotpEnrolment>>;

/// <summary>The secret to put into the app.</summary>
/// <param name="Id">The factor, to confirm.</param>
/// <param name="Secret">The secret in Base32.</param>
/// <param name="Uri">The secret as an <c>otpauth://</c> URI.</param>
public sealed record TotpEnrolment(Guid Id, string Secret, string Uri) : SecretRecord;

internal sealed class EnrolTotpCommandValidator : AbstractValidator<EnrolTotpCommand>
{
    public EnrolTotpCommandValidator() => RuleFor(command => command.Name).FactorName();
}

internal sealed class EnrolTotpCommandHandler(
    IUserRepository users,
    IFactorRepository factors,
    ITotp totp,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<EnrolTotpCommand, Result<TotpEnrolment>>
{
    public async Task<Result<TotpEnrolment>> Handle(EnrolTotpCommand command, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var enrolled = await factors.ListAsync(user.Id, cancellationToken);
        if (enrolled.Count(factor => factor is { Kind: FactorKind.Totp, IsConfirmed: true }) >= Factor.MaxTotp)
        {
            return FactorErrors.LimitReached;
        }

        if (enrolled.SingleOrDefault(factor => !factor.IsConfirmed) is { } begun)
        {
            factors.Remove(begun);
        }

        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var secret = totp.Create(id, user.Email.Value);
        factors.Add(Factor.EnrolTotp(id, user.Id, command.Name, secret.Sealed, now));
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new TotpEnrolment(id, secret.Text, secret.Uri);
    }
}
