using Auth.Application.Abstractions;
using Auth.Application.Factors;
using Auth.Domain.Audit;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.Application.StepUp;

/// <summary>Records on the session that its user has authenticated again.</summary>
internal sealed class StepUpCompletion(IAccessTokenIssuer accessTokens, IAuditLog audit)
{
    /// <summary>Raises the session to what was proved, and issues an access token that says so.</summary>
    public AccessToken StepUp(User user, Session session, MatchedFactor? factor, ClientInfo client, DateTimeOffset now)
    {
        session.StepUp(MethodsOf(session, factor), now);
        audit.Record(AuditTypes.StepUpSucceeded, client, now, user.Id, user.Id, session.Id);
        return accessTokens.Issue(user, session, now);
    }

    private static string MethodsOf(Session session, MatchedFactor? factor) =>
        factor switch
        {
            null => AuthenticationMethods.Password,
            { Assertion: null } => MatchedFactor.MethodsOfCode(session),
            _ => factor.Methods, // a passkey is both factors
        };
}
