namespace Auth.Api.Configuration;

/// <summary>The settings are invalid.</summary>
/// <param name="problems">The errors, one line each.</param>
internal sealed class SettingsException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>The errors, one line each.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}

/// <summary>Prepares the settings for startup.</summary>
internal static class SettingsSetup
{
    /// <summary>Reads the settings, and creates what Development needs without configuration.</summary>
    /// <exception cref="SettingsException">The settings are invalid.</exception>
    public static AuthSettings ReadSettings(this WebApplicationBuilder builder, SqliteFileUse use)
    {
        var reader = new SettingsReader(builder.Configuration, builder.Environment);
        var settings = reader.Read();
        if (reader.Problems.Count > 0)
        {
            throw new SettingsException(reader.Problems);
        }

        try
        {
            settings = Prepare(settings, builder.Environment.ContentRootPath, use, out var masterKeyFile);
            return settings with
            {
                Warnings =
                [
                    .. settings.Warnings,
                    .. ExposedSecrets.InData(SqliteFile.PathOf(settings.Database), masterKeyFile),
                    .. ExposedSecrets.InFiles(builder.Configuration, reader.Secrets),
                    .. builder.Environment.IsDevelopment()
                        ? []
                        : ExposedSecrets.OnTheCommandLine(builder.Configuration, reader.Secrets),
                ],
            };
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([
                $"ConnectionStrings:Auth: the folder of the database cannot be used. {exception.Message}",
            ]);
        }
    }

    private static AuthSettings Prepare(
        AuthSettings settings,
        string contentRoot,
        SqliteFileUse use,
        out string? masterKeyFile
    )
    {
        settings = settings with { Database = SqliteFile.Prepare(settings.Database, use) };
        masterKeyFile = null;
        if (settings.MasterKeys.Count > 0)
        {
            return settings;
        }

        var database = SqliteFile.PathOf(settings.Database);
        masterKeyFile = DevelopmentMasterKey.PathFor(database ?? SqliteFile.DefaultPath(contentRoot));
        if (use == SqliteFileUse.Open && database is not null && !File.Exists(masterKeyFile))
        {
            throw new SettingsException([
                $"Security:MasterKey: the file {masterKeyFile} with the generated key does not exist. Restore it, or set the key.",
            ]);
        }

        return settings with
        {
            MasterKeys = [DevelopmentMasterKey.LoadOrCreate(masterKeyFile)],
        };
    }
}
