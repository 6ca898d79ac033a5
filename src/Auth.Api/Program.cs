using Auth.Api.CommandLine;
using Auth.Api.Configuration;
using Auth.Api.Hosting;
using Auth.Infrastructure;

var (command, settingArguments) = SettingArguments.Split(args);
if (command is not [])
{
    return await Commands.InvokeAsync(command, settingArguments);
}

var builder = WebApplication.CreateBuilder(HostArguments.WithDefaults(settingArguments));
AuthSettings settings;
try
{
    settings = builder.ReadSettings(SqliteFileUse.CreateIfMigrating);
}
catch (SettingsException exception)
{
    return await new StartFailure(exception.Problems).ReportAsync();
}

builder.ConfigureServices(settings);
await using var app = builder.Build();
app.LogWarnings(settings.Warnings);

// In parallel with the pipeline: both take a while the first time.
var initialization = Task.Run(() => app.Services.InitializeInfrastructureAsync(app.Lifetime.ApplicationStopping));
app.ConfigurePipeline(settings);
await app.WarmUpAsync();

try
{
    await initialization;
    var administrator = await app.EnsureConfiguredAdministratorAsync(settings);
    await app.StartAsync();
    administrator ??= await app.EnsureDevelopmentAdministratorAsync(settings);
    app.PrintStartMessage(settings, administrator);
    await app.WarnAboutAdministratorsWithoutFactorAsync();
}
catch (Exception exception) when (StartFailure.Find(exception, settings.Database) is { } failure)
{
    await app.StopAsync(); // stops what was started before the server
    return await failure.ReportAsync();
}

await app.WaitForShutdownAsync();
return 0;
