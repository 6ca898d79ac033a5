using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.OAuth;

/// <summary>Tells a service whether an access token is valid (RFC 7662).</summary>
public sealed record IntrospectTokenCommand(ClientCredentials Client, string? Token)
    : SecretRecord,
        IRequest<Result<TokenIntrospection>>;

/// <summary>The claims of a valid token; null for any other.</summary>
public sealed record TokenIntrospection(InspectedToken? Token);

internal sealed class IntrospectTokenCommandHandler(
    ClientAuthentication clients,
    IAccessTokenInspector tokens,
    IServiceAccountRepository accounts,
    ISessionRepository sessions,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<IntrospectTokenCommand, Result<TokenIntrospection>>
{
    public async Task<Result<TokenIntrospection>> Handle(
        IntrospectTokenCommand command,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var client = await clients.AuthenticateAsync(command.Client, now, cancellationToken);
        if (client.IsFailure)
        {
            return client.Error;
        }

        if (!client.Value.Account.EffectivePermissions.Contains(Permissions.TokensIntrospect))
        {
            return CommonErrors.Forbidden;
        }

        if (command.Token is null)
        {
            return OAuthErrors.InvalidRequest;
        }

        var token = tokens.Inspect(command.Token);
        var isValid = token is not null && await IsCurrentAsync(token, now, cancellationToken);
        if (client.Value.RecordsUse)
        {
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return new TokenIntrospection(isValid ? token : null);
    }

    /// <summary>
    /// Whether nothing has revoked the token. Read from the database: those who ask want to know what happened on another
    /// instance within the last second as well.
    /// </summary>
    private async Task<bool> IsCurrentAsync(
        InspectedToken token,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (token.IsService)
        {
            return await accounts.FindTokenAsync(token.SessionId, cancellationToken) is { SecretId: not null }
                && await accounts.FindAsync(token.SubjectId, cancellationToken) is { IsActive: true } account
                && !token.Version.IsOlderThan(account.AccessVersion);
        }

        return await sessions.FindAsync(token.SessionId, cancellationToken) is { } session
            && session.IsAliveAt(now)
            && session.User.IsActive
            && !token.Version.IsOlderThan(session.User.AccessVersion);
    }
}
