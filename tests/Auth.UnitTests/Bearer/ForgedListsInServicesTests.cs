using System.Diagnostics.Metrics;
using Auth.Bearer;
using Auth.UnitTests.Security.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Auth.UnitTests.Bearer;

/// <summary>Lists of revocations that the issuer's own key has signed, and that are not lists of this issuer for services.</summary>
public sealed class ForgedListsInServicesTests : IDisposable
{
    private const string Header = """{"alg":"ES256","kid":"KID","typ":"revocations+jwt"}""";

    private readonly TokenForge _forge = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IssuerStub _issuer;
    private readonly RevocationStore _store;
    private readonly RevocationFollower _follower;

    public ForgedListsInServicesTests()
    {
        _issuer = new(_forge);
        _store = new(_issuer.Options, _issuer.Clock);
        _follower = new(
            _issuer.Client,
            _issuer.Keys,
            _store,
            _issuer.Options,
            new BearerMetrics(_services.GetRequiredService<IMeterFactory>(), _store),
            _issuer.Clock,
            NullLogger<RevocationFollower>.Instance
        );
    }

    public void Dispose()
    {
        _follower.Dispose();
        _issuer.Client.Dispose();
        _services.Dispose();
    }

    [Fact]
    public async Task A_genuine_list_is_accepted()
    {
        await ReadAsync(Header, Payload());

        _store.Count.ShouldBe(1);
        _store.IsStale.ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"at+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"JWT"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID"}""")]
    [InlineData("""{"alg":"ES256","typ":"revocations+jwt"}""")]
    [InlineData("""{"alg":"PS256","kid":"KID","typ":"revocations+jwt"}""")]
    [InlineData("""{"alg":"ES256","kid":"KID","typ":"revocations+jwt","crit":["exp"]}""")]
    public Task A_list_with_another_header_is_refused(string header) => ShouldRefuseAsync(header, Payload());

    [Theory]
    [InlineData("iss", "\"https://other.example\"")]
    [InlineData("iss", "\"https://auth.example/\"")]
    [InlineData("iss", "null")]
    [InlineData("exp", "1")]
    [InlineData("exp", "\"9999999999\"")]
    [InlineData("full", "false")]
    [InlineData("events", "null")]
    [InlineData("events", "[{}]")]
    public Task A_list_with_another_content_is_refused(string member, string json) =>
        ShouldRefuseAsync(Header, Payload((member, json)));

    [Fact]
    public async Task A_list_that_says_something_twice_is_refused()
    {
        var payload = Payload();
        await ShouldRefuseAsync(Header, payload[..^1] + ",\"iss\":\"https://auth.example\"}");
    }

    private async Task ShouldRefuseAsync(string header, string payload)
    {
        await Should.ThrowAsync<HttpRequestException>(() => ReadAsync(header, payload));

        _store.Count.ShouldBe(0);
        _store.IsStale.ShouldBeTrue();
    }

    private Task ReadAsync(string header, string payload)
    {
        _issuer.Revocations = _forge.Sign(
            header.Replace("KID", _forge.World.Key.Id, StringComparison.Ordinal),
            payload
        );
        return _follower.Status.RefreshAsync(TestContext.Current.CancellationToken);
    }

    private static string Payload(params (string Name, string Json)[] changes)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["iss"] = $"\"{TokenWorld.Issuer}\"",
            ["iat"] = $"{TokenForge.Now}",
            ["exp"] = $"{TokenForge.Now + 60}",
            ["cursor"] = "\"AAAAAAAAAAAAAAAAAAAAAA\"",
            ["full"] = "true",
            ["events"] = $"[{{\"t\":\"s\",\"h\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"exp\":{TokenForge.Now + 900}}}]",
        };
        foreach (var (name, json) in changes)
        {
            members[name] = json;
        }

        return "{" + string.Join(',', members.Select(member => $"\"{member.Key}\":{member.Value}")) + "}";
    }
}
