using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;
using MediatR;

namespace Auth.Application.ServiceAccounts;

/// <summary>Returns the secrets of a service account, oldest first.</summary>
public sealed record ListServiceSecretsQuery(Guid AccountId) : IRequest<Result<ServiceSecretDetails[]>>;

internal sealed class ListServiceSecretsQueryHandler(IServiceAccountRepository accounts)
    : IRequestHandler<ListServiceSecretsQuery, Result<ServiceSecretDetails[]>>
{
    public async Task<Result<ServiceSecretDetails[]>> Handle(
        ListServiceSecretsQuery query,
        CancellationToken cancellationToken
    )
    {
        if (await accounts.FindAsync(query.AccountId, cancellationToken) is not { } account)
        {
            return CommonErrors.NotFound;
        }

        ServiceSecretDetails[] secrets =
        [
            .. account
                .Secrets.OrderBy(secret => secret.CreatedAt)
                .ThenBy(secret => secret.Id)
                .Select(ServiceSecretDetails.From),
        ];
        return secrets;
    }
}
