using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Revocations;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using MediatR;

namespace Auth.Application.Authentication;

/// <summary>
/// Ends every session that the request has a valid credential for: each refresh token, where an invalid one never hides a
/// valid one, or the session of a valid access token, which may be that of a service.
/// </summary>
public sealed record LogoutCommand(IReadOnlyList<string> RefreshTokens, Guid? SessionId, ClientInfo Client)
    : SecretRecord,
        IRequest<Result<LoggedOut>>;

/// <summary>Whether any credential was genuine, even if its session had ended before.</summary>
public sealed record LoggedOut(bool ProvedSession);

internal sealed class LogoutCommandHandler(
    ISessionRepository sessions,
    SessionLookup lookup,
    IServiceAccountRepository serviceAccounts,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<LogoutCommand, Result<LoggedOut>>
{
    public async Task<Result<LoggedOut>> Handle(LogoutCommand command, CancellationToken cancellationToken)
    {
        var proved = await FindAsync(command, cancellationToken);
        var service = await FindServiceTokenAsync(command, proved, cancellationToken);
        var now = clock.GetUtcNow();
        var ended = proved.Where(session => session.End(RevocationReasons.Logout, now)).ToList();
        foreach (var session in ended)
        {
            audit.Record(AuditTypes.Logout, command.Client, now, session.UserId, session.UserId, session.Id);
        }

        if (service is not null)
        {
            service.End(RevocationReasons.Logout, now);
            serviceAccounts.Remove(service);
            audit.Record(AuditTypes.Logout, command.Client, now, service.AccountId, service.AccountId, service.Id);
        }

        if (ended.Count > 0 || service is not null)
        {
            await unitOfWork.SaveChangesAsync(cancellationToken);
        }

        return new LoggedOut(proved.Count > 0 || service is not null);
    }

    private async Task<ServiceToken?> FindServiceTokenAsync(
        LogoutCommand command,
        IReadOnlyList<Session> proved,
        CancellationToken cancellationToken
    ) =>
        command.SessionId is { } id && proved.All(session => session.Id != id)
            ? await serviceAccounts.FindTokenAsync(id, cancellationToken)
            : null;

    /// <summary>The sessions of all genuine credentials. Two credentials of the same session return the same object.</summary>
    private async Task<IReadOnlyList<Session>> FindAsync(LogoutCommand command, CancellationToken cancellationToken)
    {
        List<Session?> found = [];
        foreach (var token in command.RefreshTokens)
        {
            found.Add(await lookup.FindAsync(token, cancellationToken));
        }

        if (command.SessionId is { } id)
        {
            found.Add(await sessions.FindAsync(id, cancellationToken));
        }

        return [.. found.OfType<Session>()];
    }
}
