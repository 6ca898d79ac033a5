using Auth.Api.Configuration;

namespace Auth.Api.Hosting;

/// <summary>Tells whoever has just started the service in Development where everything is.</summary>
internal static class StartMessage
{
    /// <summary>
    /// Prints it. To the console and not to the log, which may go elsewhere: the password of a new administrator is for the
    /// person at the keyboard.
    /// </summary>
    public static void AnnounceStart(this WebApplication app, AuthSettings settings, FirstAdministratorNotice? notice)
    {
        if (!app.Environment.IsDevelopment())
        {
            return;
        }

        if (settings.Swagger.Enabled)
        {
            Console.WriteLine($"  Swagger UI     {app.Urls.First()}/swagger");
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
