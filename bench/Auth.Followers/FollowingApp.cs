using System.Net.Http.Headers;
using Auth.Bearer;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Followers;

/// <summary>A minimal API that requires a token.</summary>
internal sealed class FollowingApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FollowingApp(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>Starts one with Auth.Bearer.</summary>
    public static Task<FollowingApp> StartAsync(string issuer, Action<AuthBearerOptions> configure) =>
        StartAsync(services => services.AddAuthBearer(issuer, "example", configure));

    /// <summary>Starts one with the framework's own bearer authentication.</summary>
    public static Task<FollowingApp> StartStockAsync(string issuer, string keySet) =>
        StartAsync(services =>
            services
                .AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
                .AddJwtBearer(options =>
                {
                    options.MapInboundClaims = false;
                    options.TokenValidationParameters = new()
                    {
                        ValidIssuer = issuer,
                        ValidAudience = "example",
                        ValidTypes = ["at+jwt"],
                        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
                        IssuerSigningKeys = JsonWebKeySet.Create(keySet).GetSigningKeys(),
                    };
                })
        );

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task<FollowingApp> StartAsync(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAuthorization();
        configure(builder.Services);
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/me", (HttpContext context) => context.User.FindFirst("sub")!.Value).RequireAuthorization();
        await app.StartAsync();
        return new(app);
    }
}

/// <summary>Sends requests to an instance, whatever their address is.</summary>
internal sealed class Redirect(Uri instance) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
{
    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        request.RequestUri = new Uri(instance, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
