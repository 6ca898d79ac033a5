using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Auth.Application.Abstractions;
using Auth.Domain.Keys;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Users;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Auth.UnitTests.Security.Tokens;

public sealed class AccessTokenIssuerTests
{
    public static TheoryData<string> Algorithms => [.. SigningAlgorithms.All];

    [Fact]
    public void The_header_contains_only_algorithm_key_and_type()
    {
        var world = new TokenWorld();

        var header = Part(world.Issue(), 0);

        header.GetRawText().ShouldBe($$"""{"alg":"ES256","kid":"{{world.Key.Id}}","typ":"at+jwt"}""");
    }

    [Fact]
    public void A_token_of_a_service_has_a_client_id_and_no_authentication()
    {
        var world = new TokenWorld();
        var (account, token) = CreateService();

        var issued = world.Tokens.Issue(account, token, ["articles:read"], TokenWorld.Now);

        var payload = Part(issued, 1);
        payload
            .EnumerateObject()
            .Select(claim => claim.Name)
            .ShouldBe([
                "iss",
                "aud",
                "sub",
                "sid",
                "jti",
                "iat",
                "nbf",
                "exp",
                "client_id",
                "ver",
                "roles",
                "permissions",
            ]);
        payload.GetProperty("sub").GetGuid().ShouldBe(account.Id);
        payload.GetProperty("client_id").GetGuid().ShouldBe(account.Id);
        payload.GetProperty("sid").GetGuid().ShouldBe(token.Id);
        issued.Lifetime.ShouldBe(TimeSpan.FromMinutes(5));
        payload.GetProperty("permissions").GetRawText().ShouldBe("""["articles:read"]""");
    }

    [Fact]
    public void A_token_of_a_service_lives_no_longer_than_those_of_users()
    {
        var world = new TokenWorld(configure: options => options.AccessTokenLifetime = TimeSpan.FromMinutes(2));
        var (account, token) = CreateService();

        world.Tokens.Issue(account, token, [], TokenWorld.Now).Lifetime.ShouldBe(TimeSpan.FromMinutes(2));
    }

    [Fact]
    public void The_claims_are_those_of_the_contract_without_personal_data()
    {
        var world = new TokenWorld();

        var token = world.Issue();

        var payload = Part(token, 1);
        payload
            .EnumerateObject()
            .Select(claim => claim.Name)
            .ShouldBe([
                "iss",
                "aud",
                "sub",
                "sid",
                "jti",
                "iat",
                "nbf",
                "exp",
                "auth_time",
                "acr",
                "amr",
                "ver",
                "roles",
                "permissions",
            ]);
        var now = TokenWorld.Now.ToUnixTimeSeconds();
        payload.GetProperty("iss").GetString().ShouldBe(TokenWorld.Issuer);
        payload.GetProperty("aud").GetString().ShouldBe(TokenWorld.Audience);
        payload.GetProperty("sub").GetString().ShouldBe(world.User.Id.ToString("D"));
        payload.GetProperty("sid").GetString().ShouldBe(world.Session.Id.ToString("D"));
        Base64Url.DecodeFromChars(payload.GetProperty("jti").GetString()).Length.ShouldBe(16);
        payload.GetProperty("iat").GetInt64().ShouldBe(now);
        payload.GetProperty("nbf").GetInt64().ShouldBe(now);
        payload.GetProperty("exp").GetInt64().ShouldBe(now + (long)token.Lifetime.TotalSeconds);
        payload.GetProperty("auth_time").GetInt64().ShouldBe(now);
        payload.GetProperty("amr").GetRawText().ShouldBe("""["pwd"]""");
        payload.GetProperty("ver").GetInt32().ShouldBe(1);
        payload.GetProperty("roles").GetRawText().ShouldBe("""["keeper"]""");
        payload.GetProperty("permissions").GetRawText().ShouldBe("""["keys:rotate","users:read"]""");
    }

    [Theory]
    [InlineData("Super User")]
    [InlineData("Редактор")]
    [InlineData("編集者")]
    public void A_role_takes_up_as_many_bytes_as_are_counted(string name)
    {
        var world = new TokenWorld();
        var role = Role.Create(RoleName.From(name), description: null, ["a:b"], number: 0, TokenWorld.Now);
        var user = User.Register(EmailAddress.From("somebody@example.com"), "hash", "Somebody", role, TokenWorld.Now);
        var bare = User.Import(user.Email, emailConfirmed: true, "hash", "Somebody", [], TokenWorld.Now);

        var token = world.Tokens.Issue(user, TokenWorld.StartSession(user), TokenWorld.Now);
        var without = world.Tokens.Issue(bare, TokenWorld.StartSession(user), TokenWorld.Now);

        const int absentCommas = 2; // of the first element of each array
        (PayloadLength(token) - PayloadLength(without)).ShouldBe(role.TokenSize - absentCommas);
        Part(token, 1).GetProperty("roles")[0].GetString().ShouldBe(name);
        new AccessTokenReader(world.Keys, world.Options)
            .Read(token.Value, TokenWorld.Now)
            .Token.ShouldNotBeNull()
            .Roles.ShouldBe([name]);

        static int PayloadLength(AccessToken token) => Base64Url.DecodeFromChars(token.Value.Split('.')[1]).Length;
    }

    [Theory]
    [InlineData(300)]
    [InlineData(7200)]
    public void A_token_of_a_session_from_a_clock_that_was_ahead_is_valid_at_once(int secondsAhead)
    {
        var world = new TokenWorld();
        var now = TokenWorld.Now.AddSeconds(-secondsAhead);

        var token = world.Tokens.Issue(world.User, world.Session, now);

        Part(token, 1).GetProperty("auth_time").GetInt64().ShouldBe(now.ToUnixTimeSeconds());
        new AccessTokenReader(world.Keys, world.Options).Read(token.Value, now).Fault.ShouldBe(AccessTokenFault.None);
    }

    [Fact]
    public void Roles_and_permissions_are_arrays_even_when_empty()
    {
        var world = new TokenWorld();
        world.User.ChangeRoles([], TokenWorld.Now);

        var payload = Part(world.Issue(), 1);

        payload.GetProperty("roles").GetRawText().ShouldBe("[]");
        payload.GetProperty("permissions").GetRawText().ShouldBe("[]");
    }

    [Theory]
    [InlineData(900, 855, 900)]
    [InlineData(86400, 82080, 86400)]
    [InlineData(1, 1, 1)]
    [InlineData(20, 19, 20)]
    public void The_lifetime_varies_within_a_twentieth(int configured, int shortest, int longest)
    {
        var world = new TokenWorld(configure: options =>
            options.AccessTokenLifetime = TimeSpan.FromSeconds(configured)
        );

        var lifetimes = Enumerable.Range(0, 200).Select(_ => (int)world.Issue().Lifetime.TotalSeconds).ToHashSet();

        lifetimes.Min().ShouldBeGreaterThanOrEqualTo(shortest);
        lifetimes.Max().ShouldBeLessThanOrEqualTo(longest);
        (lifetimes.Count > 1).ShouldBe(shortest < longest);
    }

    [Theory]
    [InlineData(600, 600)]
    [InlineData(10.9, 10)]
    [InlineData(0.5, 1)]
    [InlineData(-60, 1)]
    public void Tokens_expire_no_later_than_their_session_unless_it_is_very_short(double left, int lifetime)
    {
        var world = new TokenWorld();

        world
            .Tokens.Issue(world.User, world.Session, world.Session.ExpiresAt.AddSeconds(-left))
            .Lifetime.ShouldBe(TimeSpan.FromSeconds(lifetime));
    }

    [Fact]
    public void No_two_tokens_are_the_same()
    {
        var world = new TokenWorld();

        Enumerable
            .Range(0, 100)
            .Select(_ => world.Issue().Value)
            .Distinct(StringComparer.Ordinal)
            .Count()
            .ShouldBe(100);
    }

    [Fact]
    public void Without_a_signing_key_the_service_is_unavailable()
    {
        var world = new TokenWorld();
        world.Keys.Load([]);

        Should.Throw<ServiceUnavailableException>(world.Issue).RetryAfter.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Theory]
    [InlineData(70, true)]
    [InlineData(700, false)]
    public void A_token_too_long_to_be_read_is_not_issued(int permissions, bool isIssued)
    {
        var world = new TokenWorld();
        var user = TokenWorld.CreateUser([.. Enumerable.Range(0, permissions).Select(i => $"articles:write-{i}")]);

        if (isIssued)
        {
            Should.NotThrow(() => world.Tokens.Issue(user, world.Session, TokenWorld.Now));
        }
        else
        {
            Should.Throw<InvalidOperationException>(() => world.Tokens.Issue(user, world.Session, TokenWorld.Now));
        }
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task A_stock_resource_server_accepts_the_token(string algorithm)
    {
        var world = new TokenWorld(algorithm, options => options.AccessTokenLifetime = TimeSpan.FromHours(1));
        var token = world.Issue().Value;

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new()
            {
                ValidIssuer = TokenWorld.Issuer,
                ValidAudience = TokenWorld.Audience,
                ValidTypes = ["at+jwt"],
                ValidAlgorithms = [algorithm],
                IssuerSigningKey = PublicKeyOf(world),
                LifetimeValidator = (_, expires, _, _) => expires > TokenWorld.Now,
            }
        );

        result.Exception.ShouldBeNull();
        result.Claims["sub"].ShouldBe(world.User.Id.ToString());
    }

    [Fact]
    public void A_token_does_not_print_itself() => new TokenWorld().Issue().ToString().ShouldBe(nameof(AccessToken));

    private static SecurityKey PublicKeyOf(TokenWorld world)
    {
        if (world.SigningKey.PublicKey is [])
        {
            return new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(world.Options.Secret))
            {
                KeyId = world.Key.Id,
            };
        }

        if (world.SigningKey.Algorithm == SigningAlgorithms.ES256)
        {
            var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(world.SigningKey.PublicKey, out _);
            return new ECDsaSecurityKey(ecdsa) { KeyId = world.Key.Id };
        }

        var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(world.SigningKey.PublicKey, out _);
        return new RsaSecurityKey(rsa) { KeyId = world.Key.Id };
    }

    private static (ServiceAccount Account, ServiceToken Token) CreateService()
    {
        var account = ServiceAccount.Create(
            new("Newsletter", Description: null, Status: null),
            [Role.CreateSystem(RoleName.From("author"), "", ["articles:read", "articles:write"], TokenWorld.Now)],
            TokenWorld.Now
        );
        var secret = account.AddSecret(expiresAt: null, TokenWorld.Now).Value!.Secret;
        return (account, ServiceToken.Issue(secret, TokenWorld.Now));
    }

    private static JsonElement Part(AccessToken token, int index) =>
        JsonElement.Parse(Base64Url.DecodeFromChars(token.Value.Split('.')[index]));
}
