using Auth.Application.Abstractions;
using Auth.Application.Authentication;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.OAuth;

/// <summary>Ends the session that a refresh token or an access token belongs to (RFC 7009). Any other text is ignored.</summary>
public sealed record RevokeTokenCommand(string? Token, ClientInfo Client) : SecretRecord, IRequest<Result>;

internal sealed class RevokeTokenCommandHandler(IMediator mediator, IAccessTokenInspector tokens)
    : IRequestHandler<RevokeTokenCommand, Result>
{
    public async Task<Result> Handle(RevokeTokenCommand command, CancellationToken cancellationToken)
    {
        if (command.Token is null)
        {
            return OAuthErrors.InvalidRequest;
        }

        var sessionId = tokens.Inspect(command.Token)?.SessionId;
        var result = await mediator.Send(
            new LogoutCommand([command.Token], sessionId, command.Client),
            cancellationToken
        );
        return result.IsFailure ? result.Error : Result.Success;
    }
}
