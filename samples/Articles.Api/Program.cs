using System.Collections.Concurrent;
using Articles.Api;

// A service of its own that verifies access tokens of Auth: it knows the issuer's address and nothing else.
var builder = WebApplication.CreateBuilder(args);

// Only from an issuer on this machine without https, and with a policy for each permission, such as articles:read.
builder.Services.AddAuthBearer(builder.Configuration["Auth:Authority"]!, builder.Configuration["Auth:Audience"]!);

builder.Services.AddAuthorizationBuilder().AddPolicy("editors", policy => policy.RequireRole("editor", "admin"));

// Ready once it is known which tokens have been revoked.
builder.Services.AddHealthChecks().AddAuthBearer();

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

var app = builder.Build();

app.UseCors();
app.UseAuthentication();
app.UseAuthorization();

app.MapHealthChecks("/health/ready");

var articles = new ConcurrentQueue<Article>([new("Keys that rotate without anybody noticing")]);

app.MapGet("/articles", () => articles).RequirePermission("articles:read");
app.MapPost(
        "/articles",
        (Article article) =>
        {
            articles.Enqueue(article);
            return Results.Created("/articles", article);
        }
    )
    .RequirePermission("articles:write");

// Everything is gone afterwards, so the writer has to have used a second factor within the last ten minutes (RFC 9470).
app.MapDelete("/articles", articles.Clear)
    .RequirePermission("articles:write")
    .RequireStepUp(TimeSpan.FromMinutes(10), "mfa");
app.MapGet("/drafts", () => Array.Empty<Article>()).RequireAuthorization("editors");
app.MapGet("/whoami", (HttpContext context) => new { id = context.User.Identity?.Name }).RequireAuthorization();

app.Run();
