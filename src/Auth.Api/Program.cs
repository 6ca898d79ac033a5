using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.Hosting;
using Auth.Api.Problems;

var builder = WebApplication.CreateBuilder(args);

AuthSettings settings;
IReadOnlyList<string> warnings;
try
{
    (settings, warnings) = builder.ReadSettings();
}
catch (SettingsException exception)
{
    foreach (var problem in exception.Problems)
    {
        await Console.Error.WriteLineAsync(problem);
    }

    return 1;
}

builder.AddHosting(settings);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(settings.Cookies);
builder.Services.AddSingleton(settings.Cors);
builder.Services.AddSingleton<RefreshTokenCookie>();
builder.Services.AddSingleton<CrossSiteRule>();
builder.Services.AddControllersAndProblems();
builder.Services.AddBearerAuthentication();
builder.Services.AddAccessPolicies();
builder.Services.AddHealthChecks();

// Application and infrastructure: services.AddApplication(), services.AddInfrastructure(settings …).

var app = builder.Build();
app.LogWarnings(warnings);

// Start-up: migrate, seed, first administrator.

app.UseConfiguredForwardedHeaders(settings);
app.UseSecurityHeaders();
app.UseProblems();
app.UseRouting();
app.UseCors();
app.UseAuthentication();
app.UseRoutingRefusals();
app.UseAuthorization();
app.MapControllersWithHead();

await app.RunAsync();
return 0;
