using System.Globalization;
using System.Security.Claims;
using Auth.Domain.Revocations;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Auth.UnitTests.Security.Tokens;

public sealed class AccessTokenHandlerTests
{
    private readonly TokenForge _forge = new();
    private readonly RevokedTokens _revoked = new();
    private readonly TestClock _clock = new(TokenWorld.Now);
    private readonly AccessTokenHandler _handler;

    public AccessTokenHandlerTests() => _handler = new(_forge.Reader, _revoked, _clock);

    [Fact]
    public async Task A_valid_token_makes_a_principal()
    {
        var result = await ValidateAsync(_forge.Valid);

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
                "amr=pwd",
                "roles=keeper",
                "permissions=keys:rotate",
                "permissions=users:read",
            ]);
        identity.Claims.ShouldAllBe(claim => claim.Issuer == TokenWorld.Issuer && claim.Subject == identity);
    }

    [Fact]
    public async Task An_expired_token_is_told_from_an_invalid_one()
    {
        _clock.Now = TokenWorld.Now.AddMinutes(16);

        (await RefusalAsync(_forge.Valid)).ShouldBeOfType<SecurityTokenExpiredException>();
    }

    [Fact]
    public async Task A_forged_token_is_refused_without_repeating_anything_of_it()
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
            var exception = await RefusalAsync(token);
            exception.ShouldBeOfType(type);
            exception.ToString().ShouldNotContain("sentinel");
            exception.ToString().ShouldNotContain(parts[1]);
        }
    }

    [Fact]
    public async Task A_token_of_an_ended_session_is_refused_with_the_reason()
    {
        (await ValidateAsync(_forge.Valid)).IsValid.ShouldBeTrue();

        _revoked.Add(Revocation.OfSession(_forge.World.Session.Id, RevocationReasons.Logout, TokenWorld.Now));

        (await RefusalAsync(_forge.Valid))
            .ShouldBeOfType<AccessTokenRevokedException>()
            .Reason.ShouldBe(RevocationReasons.Logout);
    }

    [Fact]
    public async Task A_token_from_before_a_change_of_the_user_is_refused_and_one_from_after_is_not()
    {
        _forge.World.User.ChangeRoles([], TokenWorld.Now);
        _revoked.Add(_forge.World.User.Revocations[0]);

        (await RefusalAsync(_forge.Valid))
            .ShouldBeOfType<AccessTokenRevokedException>()
            .Reason.ShouldBe(RevocationReasons.RolesChanged);
        (await ValidateAsync(_forge.World.Issue().Value)).IsValid.ShouldBeTrue();
    }

    [Fact]
    public async Task An_expired_token_of_an_ended_session_has_expired()
    {
        _revoked.Add(Revocation.OfSession(_forge.World.Session.Id, RevocationReasons.Logout, TokenWorld.Now));
        _clock.Now = TokenWorld.Now.AddMinutes(16);

        (await RefusalAsync(_forge.Valid)).ShouldBeOfType<SecurityTokenExpiredException>();
    }

    [Fact]
    public async Task The_bearer_authentication_of_the_framework_works_with_it()
    {
        (await AuthenticateAsync(_forge.Valid)).Principal!.Identity!.Name.ShouldBe(_forge.World.User.Id.ToString());
        (await AuthenticateAsync("a.b.c")).Failure.ShouldBeOfType<SecurityTokenSignatureKeyNotFoundException>();

        _revoked.Add(Revocation.OfSession(_forge.World.Session.Id, RevocationReasons.Logout, TokenWorld.Now));
        (await AuthenticateAsync(_forge.Valid)).Failure.ShouldBeOfType<AccessTokenRevokedException>();
    }

    private async Task<AuthenticateResult> AuthenticateAsync(string token)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services
            .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.TokenHandlers.Clear();
                options.TokenHandlers.Add(_handler);
                options.SaveToken = false;
            });
        await using var provider = services.BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = provider };
        context.Request.Headers.Authorization = "Bearer " + token;
        return await context.AuthenticateAsync();
    }

    private Task<TokenValidationResult> ValidateAsync(string token) => _handler.ValidateTokenAsync(token, new());

    private async Task<Exception> RefusalAsync(string token)
    {
        var result = await ValidateAsync(token);
        result.IsValid.ShouldBeFalse();
        result.SecurityToken.ShouldBeNull();
        return result.Exception;
    }

    private static string Seconds(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
