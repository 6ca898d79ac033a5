using Auth.Api.Authentication;
using Auth.Api.Authorization;
using Auth.Api.CommandLine;
using Auth.Api.Hosting;
using Auth.Api.OpenApi;
using Auth.Api.Problems;
using Auth.Api.RateLimiting;
using Auth.Application.Abstractions;
using Auth.Infrastructure;

var commandLine = CommandLineArguments.Parse(args);
if (commandLine.WantsHelp)
{
    await CommandLineArguments.ExplainAsync(Console.Out);
    return Verb.Success;
}

if (commandLine.Mistake is { } mistake)
{
    await Console.Error.WriteLineAsync($"{mistake} --help lists what there is.");
    return Verb.Misuse;
}

var builder = WebApplication.CreateBuilder(HostArguments.Before(commandLine.Settings));

AuthSettings settings;
try
{
    settings = builder.ReadSettings(commandLine.Verb?.File ?? SqliteFileUse.CreateIfMigrating);
}
catch (SettingsException exception)
{
    return commandLine.Verb == Doctor.Verb
        ? await Doctor.ReportAsync(exception)
        : await new StartFailure(exception.Problems).ReportAsync();
}

builder.AddHosting(settings);
if (commandLine.Verb is not null)
{
    builder.LogForVerb();
}

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

await using var app = builder.Build();
if (commandLine.Verb is { } verb)
{
    return await verb.ExecuteAsync(new(app.Services, settings, commandLine.Operand, commandLine.Options));
}

app.LogWarnings(settings.Warnings);

// The database beside the way of a request: both take their time the first time.
var initialization = Task.Run(() => app.Services.InitializeInfrastructureAsync(app.Lifetime.ApplicationStopping));
app.UseDraining();
app.UseConfiguredForwardedHeaders(settings);
app.UsePathPrefix(settings.Hosting);
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

// Otherwise added only when the service runs, and the request that warms it up would reach no controller.
app.UseEndpoints(_ => { });
await app.WarmUpAsync();

try
{
    await initialization;
    var administrator = await app.EnsureConfiguredAdministratorAsync(settings);
    await app.StartAsync();
    administrator ??= await app.EnsureDevelopmentAdministratorAsync(settings);
    app.AnnounceStart(settings, administrator);
}
catch (Exception exception) when (StartFailure.Find(exception, settings.Database) is { } failure)
{
    await app.StopAsync(); // what was started before the server
    return await failure.ReportAsync();
}

await app.WaitForShutdownAsync();
return 0;
