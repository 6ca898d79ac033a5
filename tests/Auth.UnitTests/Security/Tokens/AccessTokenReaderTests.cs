using System.Text.Json.Nodes;
using Auth.Domain.Keys;
using Auth.Infrastructure.Security.Tokens;

namespace Auth.UnitTests.Security.Tokens;

public sealed class AccessTokenReaderTests
{
    private readonly TokenForge _forge = new();

    public static TheoryData<string> Algorithms => [.. SigningAlgorithms.All];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Issued_tokens_are_readable(string algorithm)
    {
        var world = new TokenWorld(algorithm);
        var issued = world.Issue();

        var (token, fault) = new AccessTokenReader(world.Keys, world.Options).Read(issued.Value, TokenWorld.Now);

        fault.ShouldBe(AccessTokenFault.None);
        token.ShouldNotBeNull();
        token.UserId.ShouldBe(world.User.Id);
        token.SessionId.ShouldBe(world.Session.Id);
        token.JwtId.Length.ShouldBe(22);
        token.Id.ShouldBe(token.JwtId);
        token.TokenVersion.ShouldBe(1);
        token.Roles.ShouldBe(["keeper"]);
        token.Permissions.ShouldBe(["keys:rotate", "users:read"]);
        token.IssuedAt.ShouldBe(TokenWorld.Now);
        token.ExpiresAt.ShouldBe(TokenWorld.Now + issued.Lifetime);
        token.AuthenticatedAt.ShouldBe(TokenWorld.Now);
        token.AuthenticationMethods.ShouldBe(["pwd"]);
        token.Issuer.ShouldBe(TokenWorld.Issuer);
        token.ValidFrom.ShouldBe(TokenWorld.Now.UtcDateTime);
        token.ValidTo.ShouldBe((TokenWorld.Now + issued.Lifetime).UtcDateTime);
        token.SigningKey.ShouldBeNull();
        token.ToString().ShouldBe(nameof(VerifiedAccessToken));
    }

    [Fact]
    public void A_token_without_roles_is_read()
    {
        _forge.World.User.ChangeRoles([], TokenWorld.Now);

        var token = _forge.Read(_forge.World.Issue().Value).Token.ShouldNotBeNull();

        token.Roles.ShouldBeEmpty();
        token.Permissions.ShouldBeEmpty();
        token.TokenVersion.ShouldBe(2);
    }

    [Fact]
    public void Issuer_and_audience_may_contain_characters_that_JSON_escapes()
    {
        var world = new TokenWorld(configure: options =>
        {
            options.Issuer = "ä \"quoted\" \\ <&'+>\n";
            options.Audience = "\ud83d\ude00 \"";
        });

        var reader = new AccessTokenReader(world.Keys, world.Options);

        reader.Read(world.Issue().Value, TokenWorld.Now).Fault.ShouldBe(AccessTokenFault.None);
    }

    [Fact]
    public void A_token_is_valid_until_the_second_it_expires()
    {
        var issued = _forge.World.Issue();
        var end = TokenWorld.Now + issued.Lifetime;

        _forge.Reader.Read(issued.Value, end.AddTicks(-1)).Fault.ShouldBe(AccessTokenFault.None);
        _forge.Reader.Read(issued.Value, end).Fault.ShouldBe(AccessTokenFault.Expired);
        _forge.Reader.Read(issued.Value, end.AddYears(50)).Fault.ShouldBe(AccessTokenFault.Expired);
    }

    [Fact]
    public void A_token_is_reported_as_expired_only_if_it_is_otherwise_valid()
    {
        _forge.Read(_forge.Valid, 901).Fault.ShouldBe(AccessTokenFault.Expired);

        var foreign = new TokenForge();
        _forge.Read(foreign.Valid, 901).Fault.ShouldBe(AccessTokenFault.UnknownKey);
        var signature = foreign.SignPayload(_forge.Payload).Split('.')[2];
        var parts = _forge.Valid.Split('.');
        _forge.Read($"{parts[0]}.{parts[1]}.{signature}", 901).Fault.ShouldBe(AccessTokenFault.InvalidSignature);
        var otherAudience = _forge.SignPayload(_forge.PayloadWith("aud", "\"other\""));
        _forge.Read(otherAudience, 901).Fault.ShouldBe(AccessTokenFault.InvalidClaims);
    }

    [Theory]
    [InlineData(0, 0, 900, 0, nameof(AccessTokenFault.None))]
    [InlineData(300, 300, 1200, 300, nameof(AccessTokenFault.None))]
    [InlineData(301, 0, 1201, 0, nameof(AccessTokenFault.InvalidClaims))]
    [InlineData(0, 301, 900, 0, nameof(AccessTokenFault.InvalidClaims))]
    [InlineData(0, 0, 900, 301, nameof(AccessTokenFault.InvalidClaims))]
    [InlineData(86400, 0, 87300, 0, nameof(AccessTokenFault.InvalidClaims))]
    [InlineData(0, 0, 1, 0, nameof(AccessTokenFault.None))]
    [InlineData(0, 0, 0, 0, nameof(AccessTokenFault.InvalidClaims))]
    [InlineData(0, 0, -1, 0, nameof(AccessTokenFault.InvalidClaims))]
    [InlineData(-1, -1, 0, -1, nameof(AccessTokenFault.Expired))]
    [InlineData(0, 0, 86400, 0, nameof(AccessTokenFault.None))]
    [InlineData(0, 0, 86401, 0, nameof(AccessTokenFault.InvalidClaims))]
    [InlineData(-899, -899, 86400 - 899, 0, nameof(AccessTokenFault.None))]
    [InlineData(-900, -900, 86400 - 900, 0, nameof(AccessTokenFault.Expired))]
    [InlineData(0, 0, 900, -86400 * 30, nameof(AccessTokenFault.None))]
    public void Times_are_limited(long issued, long notBefore, long expires, long authenticated, string fault) =>
        _forge
            .Read(_forge.SignPayload(_forge.PayloadWithTimes(issued, notBefore, expires, authenticated)))
            .Fault.ToString()
            .ShouldBe(fault);

    [Fact]
    public void A_shortened_lifetime_applies_to_older_tokens_too()
    {
        _forge.World.Options.AccessTokenLifetime = TimeSpan.FromMinutes(1);

        _forge.Read(_forge.Valid, 59).Token.ShouldNotBeNull().ExpiresAt.ShouldBe(TokenWorld.Now.AddMinutes(1));
        _forge.Read(_forge.Valid, 60).Fault.ShouldBe(AccessTokenFault.Expired);
    }

    [Theory]
    [InlineData("azp", "\"x\"")]
    [InlineData("acr", "1.5e3")]
    [InlineData("scope", "null")]
    [InlineData("groups", "[\"a\",1,true,null]")]
    public void Members_that_a_newer_version_may_add_are_ignored(string name, string json) =>
        _forge.Read(_forge.SignPayload(_forge.PayloadWith(name, json))).Fault.ShouldBe(AccessTokenFault.None);

    [Fact]
    public void A_token_of_a_service_has_a_client_id_in_place_of_an_authentication()
    {
        var id = _forge.World.User.Id.ToString();
        var service = JsonNode.Parse(_forge.Payload)!.AsObject();
        service.Remove("auth_time");
        service.Remove("amr");
        service["client_id"] = id;

        var token = Read(service).Token.ShouldNotBeNull();
        token.IsService.ShouldBeTrue();
        token.AuthenticatedAt.ShouldBeNull();
        token.AuthenticationMethods.ShouldBeEmpty();
        _forge.Read(_forge.Valid).Token.ShouldNotBeNull().IsService.ShouldBeFalse();

        Read(With(service, "client_id", Guid.CreateVersion7().ToString()))
            .Fault.ShouldBe(AccessTokenFault.InvalidClaims);
        Read(With(service, "client_id", 1)).Fault.ShouldBe(AccessTokenFault.InvalidClaims);
        Read(With(service, "auth_time", TokenForge.Now)).Fault.ShouldBe(AccessTokenFault.InvalidClaims);
        Read(With(service, "amr", new JsonArray("pwd"))).Fault.ShouldBe(AccessTokenFault.InvalidClaims);
        var user = JsonNode.Parse(_forge.Payload)!.AsObject();
        Read(With(user, "client_id", id)).Fault.ShouldBe(AccessTokenFault.InvalidClaims);
        user.Remove("amr");
        Read(user).Fault.ShouldBe(AccessTokenFault.InvalidClaims);

        AccessTokenReadResult Read(JsonObject payload) => _forge.Read(_forge.SignPayload(payload.ToJsonString()));

        static JsonObject With(JsonObject payload, string name, JsonNode value)
        {
            var changed = payload.DeepClone().AsObject();
            changed[name] = value;
            return changed;
        }
    }

    [Fact]
    public void Claim_order_and_white_space_do_not_matter()
    {
        var payload = _forge.PayloadWith("iss", null).Replace(",", " ,\n\t", StringComparison.Ordinal);
        payload = payload[..^1] + $" , \"iss\" : \"{TokenWorld.Issuer}\" }}";

        _forge.Read(_forge.SignPayload(payload)).Fault.ShouldBe(AccessTokenFault.None);
    }

    [Fact]
    public void Revoking_a_key_revokes_its_tokens()
    {
        _forge.World.Keys.Load([]);

        _forge.Read(_forge.Valid).Fault.ShouldBe(AccessTokenFault.UnknownKey);
    }

    [Fact]
    public void A_token_has_at_most_8_KiB()
    {
        var longest = Padded(AccessTokenReader.MaxLength);

        longest.Length.ShouldBe(AccessTokenReader.MaxLength);
        _forge.Read(longest).Fault.ShouldBe(AccessTokenFault.None);
        _forge.Read(Padded(AccessTokenReader.MaxLength + 4)).Fault.ShouldBe(AccessTokenFault.Malformed);
        _forge.Read(Padded(1 << 20)).Fault.ShouldBe(AccessTokenFault.Malformed);
    }

    // Three bytes of the payload are four characters.
    private string Padded(int length)
    {
        var token = _forge.SignPayload(_forge.PayloadWith("x", "\"\""));
        var padding = (length - token.Length) / 4 * 3;
        while (token.Length < length)
        {
            token = _forge.SignPayload(_forge.PayloadWith("x", $"\"{new string('a', padding++)}\""));
        }

        return token;
    }
}
