using System.Data.Common;
using Auth.Infrastructure.Persistence;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the database settings.</summary>
internal static class DatabaseSection
{
    private const string ConnectionKey = "ConnectionStrings:Auth";
    private const string PasswordKey = $"{DatabaseOptions.Section}:Password";

    /// <summary>Reads the section <c>Database</c>, and the connection string.</summary>
    public static DatabaseOptions Read(SettingValues values, string contentRoot)
    {
        var provider = values.Choice($"{DatabaseOptions.Section}:Provider", DatabaseProvider.Sqlite);
        var password = values.Secret(PasswordKey);
        if (password is not null && provider.IsEmbedded)
        {
            values.AddError(PasswordKey, "SQLite does not use a password; remove it, or set Database:Provider.");
        }

        return new()
        {
            Provider = provider,
            ConnectionString = provider.IsEmbedded
                ? ReadFile(values, contentRoot)
                : ReadServer(values, provider, password),
            MigrateOnStartup = values.Switch(
                $"{DatabaseOptions.Section}:MigrateOnStartup",
                provider.IsEmbedded || values.IsDevelopment
            ),
        };
    }

    private static string ReadFile(SettingValues values, string contentRoot)
    {
        var text = values.Text(ConnectionKey);
        if (!SqliteFile.TryResolve(text, contentRoot, out var resolved))
        {
            values.AddError(
                ConnectionKey,
                "the value is not a SQLite connection string with the path of a file, for example Data Source=data/auth.db"
            );
            return "";
        }

        if (SqliteFile.FindInCurrentFolder(text, contentRoot) is { } other)
        {
            values.AddError(
                ConnectionKey,
                $"relative paths are resolved against {contentRoot}, where this database does not exist, but {other} does."
                    + " Move it there, or set its full path."
            );
        }

        return resolved;
    }

    private static string ReadServer(SettingValues values, DatabaseProvider provider, string? password)
    {
        if (values.Secret(ConnectionKey) is not { } text)
        {
            values.AddError(ConnectionKey, $"{provider} requires a connection string, for example {provider.Example}");
            return "";
        }

        if (DatabaseTarget.Find(provider, text) is not { } target)
        {
            values.AddError(
                ConnectionKey,
                $"the value is not a valid {provider} connection string, for example {provider.Example}"
            );
            return "";
        }

        if (target.Weakness is not null)
        {
            values.WarnOutsideDevelopment(ConnectionKey, target.Weakness);
        }

        return password is not null ? WithPassword(text, password) : text;
    }

    // Quoted as needed. The last of two equal keywords wins.
    private static string WithPassword(string connectionString, string password) =>
        new DbConnectionStringBuilder { ConnectionString = connectionString, ["Password"] = password }.ConnectionString;
}
