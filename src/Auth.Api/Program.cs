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

if (!CommandLineTask.TryRead(args, out var task, out var settingArguments))
{
    return await CommandLineTask.ReportUsageAsync();
}

var builder = WebApplication.CreateBuilder(settingArguments);

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
app.LogWarnings(warnings);

FirstAdministratorNotice? administrator;
try
{
    await app.Services.InitializeInfrastructureAsync(app.Lifetime.ApplicationStopping);
    if (task is not null)
    {
        return await task.RunAsync(app.Services);
    }

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
app.UseSecurityHeaders();
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
