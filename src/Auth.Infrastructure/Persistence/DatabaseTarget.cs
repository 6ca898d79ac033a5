using System.Globalization;
using System.Net;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Auth.Infrastructure.Persistence;

/// <summary>Which database a connection string means, without its password.</summary>
public sealed record DatabaseTarget
{
    private DatabaseTarget() { }

    /// <summary>The name of the engine.</summary>
    public required string Engine { get; init; }

    /// <summary>Engine, server, database and user, for people.</summary>
    public required string Description { get; init; }

    /// <summary>
    /// Why somebody between here and the server could read or change what is sent; null if nobody can.
    /// </summary>
    public string? Weakness { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Description;

    /// <summary>Reads a connection string as its engine would.</summary>
    /// <returns>The target; null if the engine would not take the text.</returns>
    public static DatabaseTarget? Find(DatabaseProvider provider, string connectionString)
    {
        try
        {
            return provider switch
            {
                DatabaseProvider.Sqlite => Of(new SqliteConnectionStringBuilder(connectionString)),
                DatabaseProvider.SqlServer => Of(new SqlConnectionStringBuilder(connectionString)),
                _ => Of(new NpgsqlConnectionStringBuilder(connectionString)),
            };
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException)
        {
            return null;
        }
    }

    private static DatabaseTarget Of(SqliteConnectionStringBuilder sqlite) =>
        new() { Engine = "SQLite", Description = $"the SQLite file {sqlite.DataSource}" };

    private static DatabaseTarget? Of(SqlConnectionStringBuilder server) =>
        server.DataSource.Length == 0
            ? null
            : new()
            {
                Engine = "SQL Server",
                Description = Describe(
                    "SQL Server",
                    server.DataSource,
                    server.InitialCatalog,
                    server.IntegratedSecurity ? "" : server.UserID
                ),
                Weakness =
                    IsThisMachine(HostOf(server.DataSource)) ? null
                    : SqlConnectionEncryptOption.Optional.Equals(server.Encrypt)
                        ? "the connection is not encrypted; remove Encrypt=false."
                    : server.TrustServerCertificate && !SqlConnectionEncryptOption.Strict.Equals(server.Encrypt)
                        ? "anybody can pass for the server; give it a certificate of a known authority, and remove"
                            + " TrustServerCertificate=true."
                    : null,
            };

    private static DatabaseTarget? Of(NpgsqlConnectionStringBuilder server) =>
        string.IsNullOrEmpty(server.Host)
            ? null
            : new()
            {
                Engine = "PostgreSQL",
                Description = Describe(
                    "PostgreSQL",
                    server.Host.Contains(':', StringComparison.Ordinal) || server.Host.StartsWith('/')
                        ? server.Host
                        : string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}"),
                    server.Database,
                    server.Username
                ),
                Weakness =
                    server.Host.Split(',').All(host => host.StartsWith('/') || IsThisMachine(host.Trim())) ? null
                    : server.SslMode is SslMode.Disable or SslMode.Allow or SslMode.Prefer
                        ? $"with SSL Mode={server.SslMode} the connection may not be encrypted; set SSL Mode=VerifyFull."
                    : server.SslMode == SslMode.Require
                        ? "with SSL Mode=Require anybody can pass for the server; set SSL Mode=VerifyFull."
                    : null,
            };

    private static string Describe(string engine, string server, string? database, string? user) =>
        $"{engine} at {server}"
        + (string.IsNullOrEmpty(database) ? "" : $", database {database}")
        + (string.IsNullOrEmpty(user) ? "" : $", user {user}");

    // [protocol:]host[\instance][,port]
    private static string HostOf(string dataSource)
    {
        var text = dataSource.Trim();
        foreach (var protocol in new[] { "tcp:", "lpc:", "np:", "admin:" })
        {
            if (text.StartsWith(protocol, StringComparison.OrdinalIgnoreCase))
            {
                text = text[protocol.Length..];
            }
        }

        return text.Split('\\', ',')[0].Trim();
    }

    private static bool IsThisMachine(string host) =>
        host is "." or "(local)" or "(localdb)"
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
