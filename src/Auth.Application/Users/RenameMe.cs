using Auth.Application.Abstractions;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Changes the caller's display name.</summary>
public sealed record RenameMeCommand(Guid UserId, string? DisplayName) : IRequest<Result<UserDetails>>;

internal sealed class RenameMeCommandValidator : AbstractValidator<RenameMeCommand>
{
    public RenameMeCommandValidator() => RuleFor(command => command.DisplayName).DisplayName();
}

internal sealed class RenameMeCommandHandler(IUserRepository users, IUnitOfWork unitOfWork)
    : IRequestHandler<RenameMeCommand, Result<UserDetails>>
{
    public async Task<Result<UserDetails>> Handle(RenameMeCommand command, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        user.Rename(command.DisplayName);
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return UserDetails.From(user);
    }
}
