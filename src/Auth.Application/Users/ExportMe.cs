using Auth.Application.Abstractions;
using Auth.Application.Audit;
using Auth.Domain.Common;
using Auth.Domain.Lockout;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Reads everything that is stored about the caller.</summary>
/// <param name="UserId">The caller.</param>
public sealed record ExportMeQuery(Guid UserId) : IRequest<Result<UserExport>>;

/// <summary>
/// Everything that is stored about a user, but for what proves who they are: the hash of the password and the salts of
/// the sessions.
/// </summary>
/// <param name="ExportedAt">When it was read.</param>
/// <param name="User">The account.</param>
/// <param name="Sessions">The sessions, also those that have ended, oldest first.</param>
/// <param name="FailedSignIns">How often a wrong password came since the last right one.</param>
/// <param name="Events">What happened to the user or was done by them, oldest first.</param>
public sealed record UserExport(
    DateTimeOffset ExportedAt,
    UserDetails User,
    IReadOnlyList<ExportedSession> Sessions,
    IReadOnlyList<ExportedFailures> FailedSignIns,
    IReadOnlyList<AuditEvent> Events
);

/// <summary>Wrong passwords in a row, from all unknown devices together or from one known device.</summary>
/// <param name="Failures">How many were compared.</param>
/// <param name="Refusals">How many were turned away after these.</param>
/// <param name="LastFailureAt">When the last one was compared.</param>
public sealed record ExportedFailures(int Failures, int Refusals, DateTimeOffset LastFailureAt);

/// <summary>A session with all that is stored about it.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="CreatedAt">When the user signed in.</param>
/// <param name="LastUsedAt">When it was last refreshed.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed before.</param>
/// <param name="AbsoluteExpiresAt">When it ends in any case.</param>
/// <param name="EndedAt">When it was ended.</param>
/// <param name="EndReason">Why it was ended.</param>
/// <param name="AuthenticatedAt">When the user last proved who they are.</param>
/// <param name="AuthenticationMethods">How.</param>
/// <param name="IpAddress">The client's address at the last use.</param>
/// <param name="UserAgent">The client's user agent at the last use.</param>
public sealed record ExportedSession(
    Guid Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset AbsoluteExpiresAt,
    DateTimeOffset? EndedAt,
    string? EndReason,
    DateTimeOffset AuthenticatedAt,
    IReadOnlyList<string> AuthenticationMethods,
    string? IpAddress,
    string? UserAgent
);

internal sealed class ExportMeQueryHandler(
    IUserRepository users,
    ISessionRepository sessions,
    IFailureCountRepository failures,
    IAuditQueries audit,
    TimeProvider clock
) : IRequestHandler<ExportMeQuery, Result<UserExport>>
{
    public async Task<Result<UserExport>> Handle(ExportMeQuery query, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(query.UserId, cancellationToken) is not { } user)
        {
            return CommonErrors.NotFound;
        }

        var stored = await sessions.ListAllAsync(user.Id, cancellationToken);
        var failed = await failures.ListOfUserAsync(user.Id, cancellationToken);
        var events = await audit.ListAllOfAsync(user.Id, cancellationToken);
        return new UserExport(
            clock.GetUtcNow(),
            UserDetails.From(user),
            [.. stored.Select(Export)],
            [.. failed.Select(count => new ExportedFailures(count.Failures, count.Refusals, count.LastFailureAt))],
            [.. events.Select(AuditEvent.From).Select(item => WithoutOthers(item, user.Id))]
        );
    }

    // Where somebody else did it, the address is theirs.
    private static AuditEvent WithoutOthers(AuditEvent item, Guid userId) =>
        item.ActorId is null || item.ActorId == userId ? item : item with { IpAddress = null, UserAgent = null };

    private static ExportedSession Export(Session session) =>
        new(
            session.Id,
            session.CreatedAt,
            session.RotatedAt,
            session.ExpiresAt,
            session.AbsoluteExpiresAt,
            session.EndedAt,
            session.EndReason,
            session.AuthenticatedAt,
            session.AuthenticationMethods.Split(' '),
            session.IpAddress,
            session.UserAgent
        );
}
