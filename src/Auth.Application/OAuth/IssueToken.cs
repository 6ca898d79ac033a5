using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;
using MediatR;

namespace Auth.Application.OAuth;

/// <summary>Issues an access token to a service (RFC 6749 §4.4).</summary>
public sealed record IssueTokenCommand(ClientCredentials Client, string? GrantType, string? Scope)
    : SecretRecord,
        IRequest<Result<ServiceAccessToken>>;

/// <summary>An access token of a service, and the permissions in it.</summary>
public sealed record ServiceAccessToken(AccessToken AccessToken, IReadOnlyList<string> Permissions) : SecretRecord;

internal sealed class IssueTokenCommandHandler(
    ClientAuthentication clients,
    IServiceAccountRepository accounts,
    IAccessTokenIssuer tokens,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<IssueTokenCommand, Result<ServiceAccessToken>>
{
    private const string ClientCredentialsGrant = "client_credentials";

    public async Task<Result<ServiceAccessToken>> Handle(IssueTokenCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var client = await clients.AuthenticateAsync(command.Client, now, cancellationToken);
        if (client.IsFailure)
        {
            return client.Error;
        }

        if (command.GrantType != ClientCredentialsGrant)
        {
            return command.GrantType is null ? OAuthErrors.InvalidRequest : OAuthErrors.UnsupportedGrantType;
        }

        var (account, secret, _) = client.Value;
        if (Narrow(account.EffectivePermissions, command.Scope) is not { } permissions)
        {
            return OAuthErrors.InvalidScope;
        }

        var token = ServiceToken.Issue(secret, now);
        accounts.Add(token);
        var accessToken = tokens.Issue(account, token, permissions, now);

        // Fails if the secret is removed at this moment; the next attempt then no longer finds it.
        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new ServiceAccessToken(accessToken, permissions);
    }

    /// <summary>The permissions of a scope; null if it is malformed or contains others.</summary>
    private static IReadOnlyList<string>? Narrow(IReadOnlyList<string> permissions, string? scope)
    {
        if (scope is null)
        {
            return permissions;
        }

        var asked = scope.Split(' ');
        return asked.All(permissions.Contains) ? [.. permissions.Where(asked.Contains)] : null;
    }
}
