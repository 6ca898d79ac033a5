using Auth.Application.Users;
using MediatR;

namespace Auth.Api.Hosting;

/// <summary>Warns at startup about administrators whose password alone signs them in.</summary>
internal static partial class FactorWarning
{
    /// <summary>Logs the warning, except in Development.</summary>
    public static async Task WarnAboutAdministratorsWithoutFactorAsync(this WebApplication app)
    {
        if (app.Environment.IsDevelopment())
        {
            return;
        }

        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var count = await mediator.Send(new CountAdministratorsWithoutFactorQuery(), app.Lifetime.ApplicationStopping);
        if (count > 0)
        {
            LogAdministrators(app.Logger, count);
        }
    }

    [LoggerMessage(
        EventName = "AdministratorsWithoutFactor",
        Level = LogLevel.Warning,
        Message = "Active administrators without a second factor: {Count}. A stolen password is enough to sign in as them; "
            + "they enrol a factor at /account."
    )]
    private static partial void LogAdministrators(ILogger logger, int count);
}
