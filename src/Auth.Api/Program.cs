using System.Security.Cryptography;
using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.CommandLine;
using Auth.Api.Hosting;
using Auth.Api.OpenApi;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.Abstractions;
using Auth.Infrastructure;

if (!Verb.TryFind(args, out var verb, out var arguments))
{
    return await Verb.ExplainAsync(Console.Error);
}

// What a verb works on is no setting, though a path looks like one.
var builder = WebApplication.CreateBuilder(verb is null ? args : Verb.SettingsOf(arguments));

AuthSettings settings;
IReadOnlyList<string> warnings;
try
{
    (settings, warnings) = builder.ReadSettings();
}
catch (SettingsException exception)
{
    return await exception.ReportAsync();
}

builder.AddHosting(settings);
builder.Services.AddSingleton(settings.Cookies);
builder.Services.AddSingleton(settings.Cors);
builder.Services.AddSingleton<RefreshTokenCookie>();
builder.Services.AddSingleton<DeviceCookie>();
builder.Services.AddSingleton<CrossSiteRule>();
builder.Services.AddAddressLimits(settings.RateLimiting);
builder.Services.AddControllersAndProblems();
builder.Services.AddBearerAuthentication();
builder.Services.AddAccessPolicies();
builder.Services.AddUseCases(settings);
if (settings.Swagger.Enabled)
{
    builder.Services.AddOpenApiDocument(new PasswordLength(settings.Passwords.MinLength));
}

var app = builder.Build();
if (verb is not null)
{
    return await verb.ExecuteAsync(app.Services, arguments);
}

app.LogWarnings(warnings);

FirstAdministratorNotice? administrator;
try
{
    await app.Services.InitializeInfrastructureAsync(app.Lifetime.ApplicationStopping);
    administrator = await app.EnsureFirstAdministratorAsync(settings.Bootstrap);
}
catch (SettingsException exception)
{
    return await exception.ReportAsync();
}
catch (CryptographicException exception)
{
    return await new SettingsException([$"Security:MasterKey: {exception.Message}"]).ReportAsync();
}

app.AnnounceStart(settings, administrator);
app.UseConfiguredForwardedHeaders(settings);
app.UseSecurityHeaders(settings.Cors);
app.UseProblems();
if (settings.Swagger.Enabled)
{
    app.UseOpenApiPages();
}

app.UseRouting();
app.UseCors();
app.UseAddressLimits(settings.RateLimiting);
app.UseAuthentication();
app.UseRoutingRefusals();
app.UseAuthorization();
app.MapControllersWithHead();

await app.RunAsync();
return 0;
