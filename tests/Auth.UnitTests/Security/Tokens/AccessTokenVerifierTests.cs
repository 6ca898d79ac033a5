using System.Globalization;
using System.Security.Claims;
using Auth.Domain.Revocations;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;

namespace Auth.UnitTests.Security.Tokens;

public sealed class AccessTokenVerifierTests
{
    private readonly TokenForge _forge = new();
    private readonly FakeTimeProvider _clock = new(TokenWorld.Now);
    private readonly RevokedTokens _revoked;
    private readonly AccessTokenCache _seen = new();
    private readonly AccessTokenVerifier _verifier;

    public AccessTokenVerifierTests()
    {
        _revoked = new(_clock);
        _verifier = new(_forge.Reader, _revoked, _seen, _clock);
    }

    [Fact]
    public void A_valid_token_creates_a_principal()
    {
        var result = Verify(_forge.Valid);

        result.IsValid.ShouldBeTrue();
        result.Exception.ShouldBeNull();
        var token = result.SecurityToken.ShouldBeOfType<VerifiedAccessToken>();
        var identity = result.ClaimsIdentity;
        identity.AuthenticationType.ShouldBe("Bearer");
        identity.Name.ShouldBe(_forge.World.User.Id.ToString());
        new ClaimsPrincipal(identity).IsInRole("keeper").ShouldBeTrue();
        new ClaimsPrincipal(identity).IsInRole("admin").ShouldBeFalse();
        identity
            .Claims.Select(claim => $"{claim.Type}={claim.Value}")
            .ShouldBe([
                $"sub={_forge.World.User.Id}",
                $"sid={_forge.World.Session.Id}",
                $"jti={token.JwtId}",
                "ver=1",
                $"auth_time={Seconds(TokenWorld.Now)}",
                $"iat={Seconds(TokenWorld.Now)}",
                $"exp={Seconds(token.ExpiresAt)}",
                "acr=pwd",
                "amr=pwd",
                "roles=keeper",
                "permissions=keys:rotate",
                "permissions=users:read",
            ]);
        identity.Claims.ShouldAllBe(claim => claim.Issuer == TokenWorld.Issuer && claim.Subject == identity);
    }

    [Fact]
    public void An_expired_token_is_distinguished_from_an_invalid_one()
    {
        _clock.AdjustTime(TokenWorld.Now.AddMinutes(16));

        (Refusal(_forge.Valid)).ShouldBeOfType<SecurityTokenExpiredException>();
    }

    [Fact]
    public void A_forged_token_is_rejected_without_being_echoed()
    {
        var parts = _forge.Valid.Split('.');
        var otherSignature = _forge.World.Issue().Value.Split('.')[2];
        var refusals = new Dictionary<string, Type>(StringComparer.Ordinal)
        {
            ["sentinel"] = typeof(SecurityTokenMalformedException),
            ["sentinel.sentinel.sentinel"] = typeof(SecurityTokenSignatureKeyNotFoundException),
            [$"{parts[0]}.{parts[1]}.{otherSignature}"] = typeof(SecurityTokenInvalidSignatureException),
            [_forge.SignPayload(_forge.PayloadWith("aud", "\"sentinel\""))] = typeof(SecurityTokenValidationException),
            [""] = typeof(SecurityTokenMalformedException),
        };

        foreach (var (token, type) in refusals)
        {
            var exception = Refusal(token);
            exception.ShouldBeOfType(type);
            exception.ToString().ShouldNotContain("sentinel");
            exception.ToString().ShouldNotContain(parts[1]);
        }
    }

    [Fact]
    public void A_token_of_an_ended_session_is_rejected_with_the_reason()
    {
        Verify(_forge.Valid).IsValid.ShouldBeTrue();

        _revoked.Add(Revocation.OfSession(_forge.World.Session.Id, RevocationReasons.Logout, TokenWorld.Now));

        (Refusal(_forge.Valid)).ShouldBeOfType<AccessTokenRevokedException>().Reason.ShouldBe(RevocationReasons.Logout);
    }

    [Fact]
    public void Tokens_issued_before_a_change_of_the_user_are_rejected_and_later_ones_are_not()
    {
        _forge.World.User.ChangeRoles([], TokenWorld.Now);
        _revoked.Add(_forge.World.User.Revocations[0]);

        (Refusal(_forge.Valid))
            .ShouldBeOfType<AccessTokenRevokedException>()
            .Reason.ShouldBe(RevocationReasons.RolesChanged);
        Verify(_forge.World.Issue().Value).IsValid.ShouldBeTrue();
    }

    [Fact]
    public void An_expired_token_of_an_ended_session_is_reported_as_expired()
    {
        _revoked.Add(Revocation.OfSession(_forge.World.Session.Id, RevocationReasons.Logout, TokenWorld.Now));
        _clock.AdjustTime(TokenWorld.Now.AddMinutes(16));

        (Refusal(_forge.Valid)).ShouldBeOfType<SecurityTokenExpiredException>();
    }

    [Fact]
    public void A_cached_token_gets_the_same_result_without_being_read_again()
    {
        Remember();
        var first = Verify(_forge.Valid);

        Verify(new string(_forge.Valid.AsSpan())).ShouldBeSameAs(first);
    }

    [Fact]
    public void A_cached_token_expires_to_the_second()
    {
        Remember();
        var expiresAt = Verify(_forge.Valid).SecurityToken.ShouldBeOfType<VerifiedAccessToken>().ExpiresAt;

        _clock.AdjustTime(expiresAt.AddTicks(-1));
        Verify(_forge.Valid).IsValid.ShouldBeTrue();
        _clock.AdjustTime(expiresAt);
        Refusal(_forge.Valid).ShouldBeOfType<SecurityTokenExpiredException>();
        _seen.Count.ShouldBe(0);
    }

    [Fact]
    public void A_cached_token_is_rejected_when_its_key_is_revoked()
    {
        Remember();

        _forge.World.Keys.Load([]);

        Refusal(_forge.Valid).ShouldBeOfType<SecurityTokenSignatureKeyNotFoundException>();
        _seen.Count.ShouldBe(0);
    }

    [Fact]
    public void A_cached_token_is_rejected_when_its_role_has_changed()
    {
        Remember();

        var role = _forge.World.User.Roles[0];
        role.Permit([], number: 1, TokenWorld.Now);
        _revoked.Add(Revocation.OfRole(role.Id, role.Name, role.PermissionsVersion, TokenWorld.Now));

        Refusal(_forge.Valid)
            .ShouldBeOfType<AccessTokenRevokedException>()
            .Reason.ShouldBe(RevocationReasons.RolesChanged);
    }

    [Fact]
    public void A_cached_token_is_read_again_if_the_clock_was_set_back()
    {
        Remember();

        _clock.AdjustTime(TokenWorld.Now.AddMinutes(-5));
        Verify(_forge.Valid).IsValid.ShouldBeTrue();

        _clock.AdjustTime(TokenWorld.Now.AddMinutes(-5).AddTicks(-1));
        Refusal(_forge.Valid).ShouldBeOfType<SecurityTokenValidationException>();
    }

    [Fact]
    public void A_token_that_differs_from_a_cached_one_by_one_character_is_rejected()
    {
        Remember();

        for (var i = 0; i < _forge.Valid.Length; i++)
        {
            var other = _forge.Valid.ToCharArray();
            other[i] = other[i] == 'A' ? 'B' : 'A';
            Verify(new string(other)).IsValid.ShouldBeFalse();
        }

        _seen.Count.ShouldBe(1);
    }

    [Fact]
    public void An_invalid_token_is_not_cached()
    {
        _revoked.Add(Revocation.OfSession(_forge.World.Session.Id, RevocationReasons.Logout, TokenWorld.Now));
        for (var i = 0; i < 3; i++)
        {
            Refusal("a.b.c");
            Refusal(_forge.SignPayload(_forge.PayloadWith("aud", "\"other\"")));
            Refusal(_forge.Valid);
        }

        _seen.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_revocation_takes_effect_at_once_for_all_concurrent_requests()
    {
        var tokens = Enumerable.Range(0, 8).Select(_ => _forge.World.Issue().Value).ToArray();
        using var started = new CountdownEvent(4);
        using var stop = new CancellationTokenSource();
        var revoked = 0;
        var accepted = 0;
        var callers = Enumerable
            .Range(0, 4)
            .Select(_ =>
                Task.Run(() =>
                {
                    for (var i = 0; !stop.IsCancellationRequested; i++)
                    {
                        var knew = Volatile.Read(ref revoked);
                        if (Verify(tokens[i % tokens.Length]).IsValid && knew == 1)
                        {
                            Interlocked.Increment(ref accepted);
                        }

                        if (i == tokens.Length)
                        {
                            started.Signal();
                        }
                    }
                })
            )
            .ToArray();

        started.Wait(TestContext.Current.CancellationToken);
        _revoked.Add(Revocation.OfSession(_forge.World.Session.Id, RevocationReasons.Logout, TokenWorld.Now));
        Volatile.Write(ref revoked, 1);
        tokens.ShouldAllBe(token => !Verify(token).IsValid);
        await stop.CancelAsync();
        await Task.WhenAll(callers);

        accepted.ShouldBe(0);
    }

    private void Remember()
    {
        Verify(_forge.Valid).IsValid.ShouldBeTrue();
        Verify(_forge.Valid).IsValid.ShouldBeTrue();
        _seen.Count.ShouldBe(1);
    }

    private TokenValidationResult Verify(string token) => _verifier.TryGetCached(token) ?? _verifier.Verify(token);

    private Exception Refusal(string token)
    {
        var result = Verify(token);
        result.IsValid.ShouldBeFalse();
        result.SecurityToken.ShouldBeNull();
        return result.Exception;
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
