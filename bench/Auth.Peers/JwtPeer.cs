using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Peers;

/// <summary>A minimal API with the framework's own bearer authentication, which returns the claims of the token.</summary>
internal static class JwtPeer
{
    public static Task RunAsync(string issuer, string audience, string keySetFile)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = new()
                {
                    ValidIssuer = issuer,
                    ValidAudience = audience,
                    ValidTypes = ["at+jwt"],
                    IssuerSigningKeys = JsonWebKeySet.Create(File.ReadAllText(keySetFile)).GetSigningKeys(),
                };
            });
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/me", (ClaimsPrincipal user) => Me.Of(user)).RequireAuthorization();
        return app.RunAsync();
    }

    private sealed record Me(
        Guid UserId,
        Guid SessionId,
        IReadOnlyList<string> Roles,
        IReadOnlyList<string> Permissions,
        DateTimeOffset AuthenticatedAt,
        DateTimeOffset ExpiresAt
    )
    {
        public static Me Of(ClaimsPrincipal user) =>
            new(
                Guid.Parse(user.FindFirstValue("sub")!),
                Guid.Parse(user.FindFirstValue("sid")!),
                [.. user.FindAll("roles").Select(claim => claim.Value)],
                [.. user.FindAll("permissions").Select(claim => claim.Value)],
                Instant(user, "auth_time"),
                Instant(user, "exp")
            );

        private static DateTimeOffset Instant(ClaimsPrincipal user, string claim) =>
            DateTimeOffset.FromUnixTimeSeconds(
                long.Parse(user.FindFirstValue(claim)!, NumberStyles.None, CultureInfo.InvariantCulture)
            );
    }
}
