using System.Net;

namespace Auth.Infrastructure.Persistence;

/// <summary>The database that a connection string names, without the password.</summary>
public sealed record DatabaseTarget
{
    internal DatabaseTarget() { }

    /// <summary>The name of the engine.</summary>
    public required string Engine { get; init; }

    /// <summary>Engine, server, database and user, for display.</summary>
    public required string Description { get; init; }

    /// <summary>Why the connection could be intercepted; null if it is secure.</summary>
    public string? Weakness { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Description;

    /// <summary>Parses a connection string.</summary>
    /// <returns>Null if the engine would reject it.</returns>
    public static DatabaseTarget? Find(DatabaseProvider provider, string connectionString)
    {
        try
        {
            return DatabaseEngine.Get(provider).ReadTarget(connectionString);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException)
        {
            return null;
        }
    }

    internal static string Describe(string engine, string server, string? database, string? user) =>
        $"{engine} at {server}"
        + (string.IsNullOrEmpty(database) ? "" : $", database {database}")
        + (string.IsNullOrEmpty(user) ? "" : $", user {user}");

    internal static bool IsThisMachine(string host) =>
        host is "." or "(local)" or "(localdb)"
        || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
