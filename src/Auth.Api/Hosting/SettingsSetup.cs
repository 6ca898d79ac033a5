using Auth.Infrastructure.Persistence;

namespace Auth.Api.Hosting;

/// <summary>The settings keep the service from starting.</summary>
/// <param name="problems">What is wrong, one readable line each.</param>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>What is wrong, one readable line each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>Gets the settings ready for the start.</summary>
internal static class SettingsSetup
{
    /// <summary>Reads the settings, and makes what Development does without configuration.</summary>
    /// <exception cref="SettingsException">Something is wrong with them.</exception>
    public static AuthSettings ReadSettings(this WebApplicationBuilder builder)
    {
        var reader = new SettingsReader(builder.Configuration, builder.Environment);
        var settings = reader.Read();
        if (reader.Problems.Count > 0)
        {
            throw new SettingsException(reader.Problems);
        }

        try
        {
            return Prepare(settings, builder.Environment.ContentRootPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([
                $"ConnectionStrings:Auth: the folder of the database cannot be used. {exception.Message}",
            ]);
        }
    }

    private static AuthSettings Prepare(AuthSettings settings, string contentRoot)
    {
        var isSqlite = settings.Database.Provider == DatabaseProvider.Sqlite;
        var file = SqliteFile.PathOf(isSqlite ? settings.Database.ConnectionString : "", contentRoot);
        if (isSqlite)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        }

        return settings.MasterKeys.Count > 0
            ? settings
            : settings with
            {
                MasterKeys = [DevelopmentMasterKey.LoadOrCreate(DevelopmentMasterKey.PathFor(file))],
            };
    }
}
