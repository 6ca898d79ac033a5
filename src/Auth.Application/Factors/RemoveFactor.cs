using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Factors;

/// <summary>Removes one of the caller's factors.</summary>
public sealed record RemoveFactorCommand(Guid UserId, Guid FactorId, ClientInfo Client) : IRequest<Result>;

internal sealed class RemoveFactorCommandHandler(
    IUserRepository users,
    IFactorRepository factors,
    FactorChanges changes,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<RemoveFactorCommand, Result>
{
    public async Task<Result> Handle(RemoveFactorCommand command, CancellationToken cancellationToken)
    {
        // The user first: a factor that is added or removed after that changes the user's version, and this attempt is lost.
        if (await users.FindAsync(command.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var enrolled = (await factors.ListAsync(user.Id, cancellationToken))
            .Where(factor => factor.IsConfirmed)
            .ToList();
        if (enrolled.Find(factor => factor.Id == command.FactorId) is not { } removed)
        {
            return CommonErrors.NotFound;
        }

        var areAll = enrolled.Count == 1;
        await changes.RemoveAsync(
            user,
            user.Id,
            [removed],
            areAll,
            command.Client,
            clock.GetUtcNow(),
            cancellationToken
        );
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return Result.Success;
    }
}
