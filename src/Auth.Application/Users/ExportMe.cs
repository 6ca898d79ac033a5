using Auth.Application.Abstractions;
using Auth.Application.Audit;
using Auth.Application.Factors;
using Auth.Domain.Common;
using Auth.Domain.Factors;
using Auth.Domain.Lockout;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Returns everything that is stored about the caller.</summary>
public sealed record ExportMeQuery(Guid UserId) : IRequest<Result<UserExport>>;

/// <summary>
/// Everything that is stored about a user, except credentials: the password hash and the
/// salts of the sessions.
/// </summary>
public sealed record UserExport(
    DateTimeOffset ExportedAt,
    UserDetails User,
    IReadOnlyList<Session> Sessions,
    FactorList Factors,
    IReadOnlyList<FailureCount> FailedSignIns,
    IReadOnlyList<OutgoingMail> Mails,
    IReadOnlyList<MailFlow> MailFlows,
    IReadOnlyList<AuditEvent> Events
);

internal sealed class ExportMeQueryHandler(
    IUserRepository users,
    ISessionRepository sessions,
    IFailureCountRepository failures,
    IOutgoingMailRepository mails,
    IMailFlowRepository flows,
    IFactorRepository factors,
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

        var events = await audit.ListAllOfAsync(user.Id, cancellationToken);
        return new UserExport(
            clock.GetUtcNow(),
            UserDetails.From(user),
            await sessions.ListAllAsync(user.Id, cancellationToken),
            FactorList.From(
                await factors.ListAsync(user.Id, cancellationToken),
                await factors.CountRecoveryCodesAsync(user.Id, cancellationToken)
            ),
            await failures.ListOfUserAsync(user.Id, cancellationToken),
            await mails.ListOfUserAsync(user.Id, cancellationToken),
            await flows.ListOfUserAsync(user.Id, cancellationToken),
            [.. events.Select(AuditEvent.From).Select(item => WithoutOthers(item, user.Id))]
        );
    }

    // If somebody else caused the event, the address is theirs.
    private static AuditEvent WithoutOthers(AuditEvent item, Guid userId) =>
        item.ActorId is null || item.ActorId == userId ? item : item with { IpAddress = null, UserAgent = null };
}
