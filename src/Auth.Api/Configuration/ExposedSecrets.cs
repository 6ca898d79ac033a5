using Microsoft.Extensions.Configuration.CommandLine;

namespace Auth.Api.Configuration;

/// <summary>Finds secrets and data that other users of the machine can read.</summary>
internal static class ExposedSecrets
{
    private const string Others = "other users of this machine can read";

    /// <summary>Finds database files, and their folder, that are accessible to others.</summary>
    /// <param name="database">The file of the database; null for a server.</param>
    /// <param name="masterKey">The file of the generated master key; null if it is configured.</param>
    public static IEnumerable<string> InData(string? database, string? masterKey)
    {
        const string Key = "ConnectionStrings:Auth";
        if (database is not null)
        {
            var folder = Path.GetDirectoryName(database)!;
            if (PrivateFiles.IsOpenToOthers(folder))
            {
                yield return $"{Key}: {Others} or change the folder of the database: chmod 700 {folder}";
            }

            // The write-ahead log has a mode of its own.
            foreach (var file in new[] { database, database + "-wal" }.Where(PrivateFiles.IsOpenToOthers))
            {
                yield return $"{Key}: {Others} or change the database: chmod 600 {file}";
            }
        }

        if (masterKey is not null && PrivateFiles.IsOpenToOthers(masterKey))
        {
            yield return $"Security:MasterKey: {Others} or change the master key: chmod 600 {masterKey}";
        }
    }

    /// <summary>Finds settings files with secrets that are accessible to others.</summary>
    public static IEnumerable<string> InFiles(IConfigurationRoot configuration, IReadOnlyList<string> secrets)
    {
        foreach (var provider in configuration.Providers.OfType<FileConfigurationProvider>())
        {
            if (
                secrets.FirstOrDefault(secret => IsIn(provider, secret)) is { } key
                && provider.Source is { Path: { } path, FileProvider: { } folder }
                && folder.GetFileInfo(path).PhysicalPath is { } file
                && PrivateFiles.IsOpenToOthers(file)
            )
            {
                yield return $"{key}: {Others} or change the settings file that contains it: chmod 600 {file}";
            }
        }
    }

    /// <summary>Finds secrets on the command line.</summary>
    public static IEnumerable<string> OnTheCommandLine(
        IConfigurationRoot configuration,
        IReadOnlyList<string> secrets
    ) =>
        secrets
            .Where(secret =>
                configuration.Providers.OfType<CommandLineConfigurationProvider>().Any(line => IsIn(line, secret))
            )
            .Select(secret => $"{secret}: {Others} the command line; use an environment variable or a settings file.");

    private static bool IsIn(ConfigurationProvider provider, string secret) =>
        provider.TryGet(secret, out var value) && !string.IsNullOrWhiteSpace(value);
}
