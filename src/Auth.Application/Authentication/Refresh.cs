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
            var session = await sessions.FindToRotateAsync(token.SessionId, cancellationToken);
            if (session is null || !refreshTokens.IsGenuine(token, session))
            {
                metrics.Invalid();
                return SessionErrors.InvalidRefreshToken;
            }

            var now = clock.GetUtcNow();
            var readGeneration = session.Generation;
            var rotation = session.Rotate(token.Generation, command.Client, policy, now);
            var answer = rotation switch
            {
                Rotation.Rotated => await StoreAsync(session, readGeneration, now, cancellationToken),
                Rotation.Replayed => await CountReplayAsync(session, now, cancellationToken),
                Rotation.Reused => await EndReusedAsync(token, command.Client, now, cancellationToken),
                _ => SessionErrors.Ended(session.EndReasonAt(now)!),
            };
            if (answer is not null)
            {
                metrics.Genuine(rotation);
                return answer;
            }
        }

        return CommonErrors.ConcurrentUpdate;
    }

    // Each of these answers null when the session was moved on by somebody else in the meantime: read it again.

    private async Task<Result<SignIn>?> StoreAsync(
        Session session,
        int readGeneration,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        Result<SignIn> rotated = tokens.Issue(session.User, session, now);
        return await sessions.TryStoreRotationAsync(session, readGeneration, cancellationToken) ? rotated : null;
    }

    private async Task<Result<SignIn>?> CountReplayAsync(
        Session session,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var counted = await sessions.TryCountReplayAsync(session, policy.GraceReplays, cancellationToken);
        return counted ? (Result<SignIn>)tokens.Issue(session.User, session, now) : null;
    }

    private async Task<Result<SignIn>?> EndReusedAsync(
        RefreshToken token,
        ClientInfo client,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var session = await sessions.FindAsync(token.SessionId, cancellationToken);
        if (session?.Rotate(token.Generation, client, policy, now) != Rotation.Reused)
        {
            unitOfWork.Discard();
            return null;
        }

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
    }
}
