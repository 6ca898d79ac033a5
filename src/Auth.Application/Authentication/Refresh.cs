using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Exchanges a refresh token for its successor and a new access token.</summary>
public sealed record RefreshCommand(string? RefreshToken, ClientInfo Client) : SecretRecord, IRequest<Result<SignIn>>;

internal sealed class RefreshCommandHandler(
    ISessionRepository sessions,
    IRefreshTokens refreshTokens,
    SignInTokens tokens,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    SessionPolicy policy,
    RefreshMetrics metrics,
    TimeProvider clock
) : IRequestHandler<RefreshCommand, Result<SignIn>>
{
    public async Task<Result<SignIn>> Handle(RefreshCommand command, CancellationToken cancellationToken)
    {
        Result<SignIn> answer = SessionErrors.InvalidRefreshToken;
        if (command.RefreshToken is null || refreshTokens.Read(command.RefreshToken) is not { } token)
        {
            metrics.Count(null);
            return answer;
        }

        var now = clock.GetUtcNow();
        var rotation = await sessions.TryRotateAsync(token.SessionId, Decide, policy.GraceReplays, cancellationToken);
        if (rotation == Rotation.Reused)
        {
            // Decides again on the state that is saved with the audit record: the session may have been ended meanwhile.
            var session = await sessions.FindAsync(token.SessionId, cancellationToken);
            rotation = session is null ? null : Decide(session);
            if (rotation == Rotation.Reused)
            {
                audit.Record(AuditTypes.TokenReuseDetected, command.Client, now, session!.UserId, null, session.Id);
                await unitOfWork.SaveChangesAsync(cancellationToken);
            }
        }

        metrics.Count(rotation);
        return answer;

        // Everything is in memory, including the tokens: saving is the last step that can fail.
        Rotation? Decide(Session session)
        {
            if (!refreshTokens.IsGenuine(token, session))
            {
                return null;
            }

            var decision = session.Rotate(token.Generation, command.Client, policy, now);
            answer = decision switch
            {
                Rotation.Rotated or Rotation.Replayed => tokens.Issue(session.User, session, now),
                Rotation.Reused => SessionErrors.TokenReuseDetected,
                _ => SessionErrors.Ended(session.EndReasonAt(now)!),
            };
            return decision;
        }
    }
}
