using Auth.Domain.ServiceAccounts;

namespace Auth.UnitTests.ServiceAccounts;

public sealed class ServiceTokenTests
{
    private static readonly DateTimeOffset s_now = new(2031, 5, 6, 7, 8, 9, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 300)]
    [InlineData(299, 299)]
    [InlineData(300, 300)]
    [InlineData(301, 300)]
    public void A_token_is_valid_for_five_minutes_and_no_longer_than_its_secret(int? secretEnds, int expected)
    {
        var account = ServiceAccount.Create(new("Newsletter", Description: null, Status: null), [], s_now);
        var secret = account
            .AddSecret(secretEnds is { } seconds ? s_now.AddSeconds(seconds) : null, s_now)
            .Value!.Secret;

        var token = ServiceToken.Issue(secret, s_now);

        token.ExpiresAt.ShouldBe(s_now.AddSeconds(expected));
        (token.AccountId, token.SecretId).ShouldBe((account.Id, secret.Id));
    }

    [Fact]
    public void An_ended_token_is_revoked_as_a_session()
    {
        var account = ServiceAccount.Create(new("Newsletter", Description: null, Status: null), [], s_now);
        var token = ServiceToken.Issue(account.AddSecret(expiresAt: null, s_now).Value!.Secret, s_now);

        token.End("secret_removed", s_now);

        var revocation = token.Revocations.ShouldHaveSingleItem();
        (revocation.SubjectId, revocation.TokenVersion, revocation.Reason).ShouldBe((token.Id, null, "secret_removed"));
    }
}
