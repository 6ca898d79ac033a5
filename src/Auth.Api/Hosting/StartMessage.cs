using Auth.Api.Configuration;

namespace Auth.Api.Hosting;

/// <summary>Shows developers where the started service can be reached.</summary>
internal static class StartMessage
{
    /// <summary>
    /// Prints the message in Development, to the console and not to the log, which may be collected: the password of a new
    /// administrator is only for the developer.
    /// </summary>
    public static void PrintStartMessage(
        this WebApplication app,
        AuthSettings settings,
        FirstAdministratorNotice? notice
    )
    {
        if (!app.Environment.IsDevelopment())
        {
            return;
        }

        if (settings.Ui.Enabled)
        {
            Console.WriteLine($"  Account        {app.Urls.First()}{settings.Hosting.PathBase}/account");
        }

        if (settings.Swagger.Enabled)
        {
            Console.WriteLine($"  Swagger UI     {app.Urls.First()}{settings.Hosting.PathBase}/swagger");
        }

        if (MailPages.AreServed(app.Environment, settings.Mail))
        {
            Console.WriteLine($"  Mail           {app.Urls.First()}{settings.Hosting.PathBase}{MailPages.Path}");
        }

        Console.WriteLine(
            $"  Data           {SqliteFile.PathOf(settings.Database) ?? $"{settings.Database.Provider}"}"
        );
        if (notice is not null)
        {
            Console.WriteLine($"  Administrator  {notice.Email}, {notice.Password}");
        }
    }
}
