using Auth.Domain.Common;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.StepUp;

/// <summary>Checks whether the caller's last authentication suffices for a sensitive operation (RFC 9470).</summary>
/// <param name="UserId">The caller.</param>
/// <param name="Roles">The caller's roles.</param>
/// <param name="AuthenticatedAt">When the caller last authenticated.</param>
/// <param name="Context">How strongly.</param>
/// <param name="IsAdministrative">Whether the operation is an administrative change.</param>
public sealed record CheckStepUpQuery(
    Guid UserId,
    IReadOnlyList<string> Roles,
    DateTimeOffset AuthenticatedAt,
    AuthenticationContext Context,
    bool IsAdministrative
) : IRequest<Result>;

internal sealed class CheckStepUpQueryHandler(IUserRepository users, StepUpPolicy policy, TimeProvider clock)
    : IRequestHandler<CheckStepUpQuery, Result>
{
    public async Task<Result> Handle(CheckStepUpQuery query, CancellationToken cancellationToken)
    {
        var isRequiredByRole = query.IsAdministrative && policy.RequiresSecondFactor(query.Roles);
        if (!policy.IsEnabled && !isRequiredByRole)
        {
            return Result.Success;
        }

        // A session may have been raised by a factor that has been removed since.
        var hasSecondFactor = await users.FindAsync(query.UserId, cancellationToken) is { HasSecondFactor: true };
        return isRequiredByRole && !hasSecondFactor
            ? policy.DemandSecondFactor()
            : policy.Check(query.AuthenticatedAt, query.Context, hasSecondFactor, clock.GetUtcNow());
    }
}
