using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>Exchanges a refresh token for its successor and a new access token.</summary>
public sealed record RefreshCommand(string? RefreshToken, ClientInfo Client) : IRequest<Result<SignIn>>
{
    /// <inheritdoc/>
    public override string ToString() => nameof(RefreshCommand);
}

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
    // Each lost race means that somebody else moved the same session on, so a caller loses twice at the most in
    // practice. The bound only keeps a defect from becoming an endless loop.
    private const int MaxAttempts = 20;

    public async Task<Result<SignIn>> Handle(RefreshCommand command, CancellationToken cancellationToken)
    {
        if (command.RefreshToken is null || refreshTokens.Read(command.RefreshToken) is not { } token)
        {
            metrics.Invalid();
            return SessionErrors.InvalidRefreshToken;
        }

        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var session = await sessions.FindAsync(token.SessionId, cancellationToken);
            if (session is null || !refreshTokens.IsGenuine(token, session))
            {
                metrics.Invalid();
                return SessionErrors.InvalidRefreshToken;
            }

            var now = clock.GetUtcNow();
            var rotation = session.Rotate(token.Generation, command.Client, policy, now);
            if (await TryCarryOutAsync(rotation, session, command.Client, now, cancellationToken) is { } answer)
            {
                metrics.Genuine(rotation);
                return answer;
            }

            unitOfWork.Discard();
        }

        return CommonErrors.ConcurrentUpdate;
    }

    /// <returns>Null when the session was moved on by somebody else in the meantime: read it again.</returns>
    private async Task<Result<SignIn>?> TryCarryOutAsync(
        Rotation rotation,
        Session session,
        ClientInfo client,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        switch (rotation)
        {
            case Rotation.Rotated:
                Result<SignIn> rotated = tokens.Issue(session.User, session, now);
                return await unitOfWork.TrySaveChangesAsync(cancellationToken) ? rotated : null;

            case Rotation.Replayed:
                var counted = await sessions.TryCountReplayAsync(session, policy.GraceReplays, cancellationToken);
                return counted ? (Result<SignIn>)tokens.Issue(session.User, session, now) : null;

            case Rotation.Reused:
                audit.Add(
                    AuditRecord.Create(
                        AuditTypes.TokenReuseDetected,
                        AuditOutcome.Failure,
                        client,
                        now,
                        session.UserId,
                        sessionId: session.Id
                    )
                );
                Result<SignIn> reused = SessionErrors.TokenReuseDetected;
                return await unitOfWork.TrySaveChangesAsync(cancellationToken) ? reused : null;

            default:
                return SessionErrors.Ended(session.EndReasonAt(now)!);
        }
    }
}
