using Auth.Infrastructure.Persistence;

namespace Auth.Api.Hosting;

/// <summary>Tells whoever has just started the service in Development where everything is.</summary>
internal static class StartMessage
{
    /// <summary>
    /// Prints it once the service listens. To the console and not to the log, which may go elsewhere: the password of a
    /// new administrator is for the person at the keyboard.
    /// </summary>
    public static void AnnounceStart(this WebApplication app, AuthSettings settings, FirstAdministratorNotice? notice)
    {
        if (app.Environment.IsDevelopment())
        {
            app.Lifetime.ApplicationStarted.Register(() => Print(app, settings, notice));
        }
    }

    private static void Print(WebApplication app, AuthSettings settings, FirstAdministratorNotice? notice)
    {
        if (settings.Swagger.Enabled)
        {
            Console.WriteLine($"  Swagger UI     {app.Urls.First()}/swagger");
        }

        Console.WriteLine($"  Data           {Describe(settings.Database, app.Environment.ContentRootPath)}");
        if (notice is not null)
        {
            Console.WriteLine($"  Administrator  {notice.Email}, {notice.Password}");
        }
    }

    private static string Describe(DatabaseOptions database, string contentRoot) =>
        database.Provider == DatabaseProvider.Sqlite
            ? SqliteFile.PathOf(database.ConnectionString, contentRoot)
            : database.Provider.ToString();
}
