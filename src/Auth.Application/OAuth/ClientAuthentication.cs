using Auth.Application.Abstractions;
using Auth.Domain.Common;
using Auth.Domain.ServiceAccounts;

namespace Auth.Application.OAuth;

/// <summary>What a client authenticates with (RFC 6749 §2.3.1); null for what it did not send.</summary>
public sealed record ClientCredentials(string? ClientId, string? ClientSecret) : SecretRecord;

/// <summary>A service that has authenticated.</summary>
/// <param name="Account">The account.</param>
/// <param name="Secret">The secret that was sent.</param>
/// <param name="RecordsUse">Whether the use of the secret is to be saved.</param>
internal sealed record AuthenticatedClient(ServiceAccount Account, ServiceSecret Secret, bool RecordsUse);

/// <summary>Authenticates services by their secrets.</summary>
internal sealed class ClientAuthentication(IServiceAccountRepository accounts)
{
    /// <summary>Authenticates a client, and records that its secret was used.</summary>
    public async Task<Result<AuthenticatedClient>> AuthenticateAsync(
        ClientCredentials credentials,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Random secrets of 256 bits cannot be guessed, so that attempts are not counted, and no slow hash is needed.
        if (
            !Guid.TryParseExact(credentials.ClientId, "D", out var id)
            || credentials.ClientSecret is null
            || !ClientSecret.TryParse(credentials.ClientSecret, out var text)
            || await accounts.FindAsync(id, cancellationToken) is not { } account
            || account.FindSecret(text, now) is not { } secret
        )
        {
            return OAuthErrors.InvalidClient;
        }

        return new AuthenticatedClient(account, secret, account.Use(secret, now));
    }
}
