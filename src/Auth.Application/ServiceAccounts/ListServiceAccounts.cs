using Auth.Domain.ServiceAccounts;
using MediatR;

namespace Auth.Application.ServiceAccounts;

/// <summary>Returns all service accounts, ordered by name.</summary>
public sealed record ListServiceAccountsQuery : IRequest<IReadOnlyList<ServiceAccountDetails>>;

internal sealed class ListServiceAccountsQueryHandler(IServiceAccountRepository accounts)
    : IRequestHandler<ListServiceAccountsQuery, IReadOnlyList<ServiceAccountDetails>>
{
    public async Task<IReadOnlyList<ServiceAccountDetails>> Handle(
        ListServiceAccountsQuery query,
        CancellationToken cancellationToken
    ) => [.. (await accounts.ListAsync(cancellationToken)).Select(ServiceAccountDetails.From)];
}
