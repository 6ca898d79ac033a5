using System.Net;
using System.Net.Http.Json;
using Auth.Bearer;
using Auth.UnitTests.Security.Tokens;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Auth.UnitTests.Bearer;

/// <summary>The public documents of the issuer of a <see cref="TokenForge"/>, and a reader that knows only them.</summary>
internal sealed class IssuerStub : HttpMessageHandler
{
    private readonly TokenForge _forge;

    public IssuerStub(TokenForge forge)
    {
        _forge = forge;
        Options = new AuthBearerOptions
        {
            Authority = TokenWorld.Issuer,
            Audience = TokenWorld.Audience,
            Backchannel = this,
        };
        Client = new(Options, Clock);
        Keys = new(Client, Options, Clock, NullLogger<IssuerKeys>.Instance);
        Reader = new(Keys, Options, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(TokenWorld.Now);

    public AuthBearerOptions Options { get; }

    public IssuerClient Client { get; }

    public IssuerKeys Keys { get; }

    public AccessTokenReader Reader { get; }

    /// <summary>The list of revocations.</summary>
    public string Revocations { get; set; } = "";

    /// <summary>The number of times that the keys were fetched.</summary>
    public int KeyRequests { get; private set; }

    /// <summary>Returns the code of the error; null if the token is accepted.</summary>
    public async Task<string?> ReadAsync(string token)
    {
        try
        {
            await Reader.ReadAsync(token);
            return null;
        }
        catch (BearerException failure)
        {
            return failure.Error.Code;
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        object document;
        if (request.RequestUri!.AbsolutePath == "/.well-known/openid-configuration")
        {
            document = new
            {
                issuer = TokenWorld.Issuer,
                jwks_uri = $"{TokenWorld.Issuer}/.well-known/jwks.json",
                revocations_uri = $"{TokenWorld.Issuer}/.well-known/revocations",
            };
        }
        else if (request.RequestUri.AbsolutePath == "/.well-known/revocations")
        {
            return Task.FromResult(
                new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(Revocations) }
            );
        }
        else
        {
            KeyRequests++;
            document = new
            {
                keys = _forge
                    .World.Keys.ListPublished(TokenWorld.Now)
                    .Select(key => new
                    {
                        kid = key.Id,
                        alg = key.Algorithm,
                        use = "sig",
                        kty = key.KeyType,
                        crv = key.Curve,
                        x = key.X,
                        y = key.Y,
                        n = key.Modulus,
                        e = key.Exponent,
                    }),
            };
        }

        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = JsonContent.Create(document) });
    }
}
