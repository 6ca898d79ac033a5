using System.Collections.Concurrent;
using Articles.Api;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

// A service of its own that verifies access tokens of Auth: it knows the issuer's address and nothing else.
var builder = WebApplication.CreateBuilder(args);

builder
    .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
    .AddJwtBearer(options =>
    {
        options.Authority = builder.Configuration["Auth:Authority"];
        options.Audience = builder.Configuration["Auth:Audience"];
        options.RequireHttpsMetadata = !builder.Environment.IsDevelopment(); // https, except for an issuer on this machine
        options.AutomaticRefreshInterval = TimeSpan.FromMinutes(15); // the default keeps a revoked key for 12 hours
        options.RefreshInterval = TimeSpan.FromSeconds(10); // ask for unknown keys as often; the default is 5 minutes
        options.MapInboundClaims = false; // keeps the names of sub and roles
        options.TokenValidationParameters.NameClaimType = "sub";
        options.TokenValidationParameters.RoleClaimType = "roles";
        options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30); // the default accepts 5 minutes more
        options.TokenValidationParameters.ValidTypes = ["at+jwt"]; // no other kind of token of the same issuer
        options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256]; // Jwt:Algorithm there
        options.TokenValidationParameters.TryAllIssuerSigningKeys = false; // only the key that the token names
    });

// Otherwise keys that the issuer has revoked are accepted for one more hour.
builder.Services.PostConfigure<JwtBearerOptions>(
    JwtBearerDefaults.AuthenticationScheme,
    options => ((BaseConfigurationManager)options.ConfigurationManager!).UseLastKnownGoodConfiguration = false
);

builder
    .Services.AddAuthorizationBuilder()
    .AddPolicy("articles:read", policy => policy.RequireClaim("permissions", "articles:read"))
    .AddPolicy("articles:write", policy => policy.RequireClaim("permissions", "articles:write"))
    .AddPolicy("editors", policy => policy.RequireRole("editor", "admin"));

// Pages on these origins may call this service, and read from WWW-Authenticate that a token has expired.
builder.Services.AddCors(options =>
    options.AddDefaultPolicy(policy =>
        policy
            .WithOrigins(builder.Configuration.GetSection("Cors:AllowedOrigins").Get<string[]>() ?? [])
            .WithExposedHeaders("WWW-Authenticate")
            .AllowAnyHeader()
            .AllowAnyMethod()
    )
);

// Refusals say why, as problem details.
builder.Services.AddProblemDetails(options =>
    options.CustomizeProblemDetails = context =>
        context.ProblemDetails.Detail ??= context.ProblemDetails.Status switch
        {
            StatusCodes.Status401Unauthorized => "Send a valid access token as Authorization: Bearer.",
            StatusCodes.Status403Forbidden => "The token is valid, but its user lacks the permission or role for this.",
            _ => null,
        }
);

var app = builder.Build();

// In this order, or the refusals of authorization would be sent without a body.
app.UseStatusCodePages();
app.UseCors();
app.UseAuthentication();
app.UseAuthorization();

var articles = new ConcurrentQueue<Article>([new("Keys that rotate without anybody noticing")]);

app.MapGet("/articles", () => articles).RequireAuthorization("articles:read");
app.MapPost(
        "/articles",
        (Article article) =>
        {
            articles.Enqueue(article);
            return Results.Created("/articles", article);
        }
    )
    .RequireAuthorization("articles:write");
app.MapGet("/drafts", () => Array.Empty<Article>()).RequireAuthorization("editors");
app.MapGet("/whoami", (HttpContext context) => new { id = context.User.Identity?.Name }).RequireAuthorization();

app.Run();
