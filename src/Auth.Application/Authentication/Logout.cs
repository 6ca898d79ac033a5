using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Ends one session: that of a refresh token, else that of the caller's access token.</summary>
/// <param name="RefreshToken">The refresh token, if one was sent.</param>
/// <param name="SessionId">The session of the caller's access token, if one was sent.</param>
/// <param name="Client">Where the request came from.</param>
public sealed record LogoutCommand(string? RefreshToken, Guid? SessionId, ClientInfo Client) : IRequest<Result>
{
    /// <inheritdoc/>
    public override string ToString() => nameof(LogoutCommand);
}

internal sealed class LogoutCommandHandler(
    ISessionRepository sessions,
    SessionLookup lookup,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LogoutCommand, Result>
{
    public async Task<Result> Handle(LogoutCommand command, CancellationToken cancellationToken)
    {
        var session = await FindAsync(command, cancellationToken);
        var now = clock.GetUtcNow();

        if (session is not null && session.End(RevocationReasons.Logout, now))
        {
            audit.Add(
                AuditRecord.Create(
                    AuditTypes.Logout,
                    AuditOutcome.Success,
                    command.Client,
                    now,
                    session.UserId,
                    session.UserId,
                    session.Id
                )
            );
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        // Whether the token was known is nobody's business.
        return Result.Success;
    }

    private async Task<Session?> FindAsync(LogoutCommand command, CancellationToken cancellationToken) =>
        command.RefreshToken is not null ? await lookup.FindAsync(command.RefreshToken, cancellationToken)
        : command.SessionId is { } id ? await sessions.FindAsync(id, cancellationToken)
        : null;
}
