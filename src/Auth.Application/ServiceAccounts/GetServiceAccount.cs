using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;
using MediatR;

namespace Auth.Application.ServiceAccounts;

/// <summary>Returns a service account.</summary>
public sealed record GetServiceAccountQuery(Guid Id) : IRequest<Result<ServiceAccountDetails>>;

internal sealed class GetServiceAccountQueryHandler(IServiceAccountRepository accounts)
    : IRequestHandler<GetServiceAccountQuery, Result<ServiceAccountDetails>>
{
    public async Task<Result<ServiceAccountDetails>> Handle(
        GetServiceAccountQuery query,
        CancellationToken cancellationToken
    ) =>
        await accounts.FindAsync(query.Id, cancellationToken) is { } account
            ? ServiceAccountDetails.From(account)
            : CommonErrors.NotFound;
}
