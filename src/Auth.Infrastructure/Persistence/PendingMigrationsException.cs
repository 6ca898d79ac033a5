namespace Auth.Infrastructure.Persistence;

/// <summary>The schema of the database is older than the service, which is not allowed to change it at start.</summary>
/// <param name="migrations">What is missing, in order.</param>
public sealed class PendingMigrationsException(IReadOnlyList<string> migrations)
    : Exception($"The database lacks {string.Join(", ", migrations)}.")
{
    /// <summary>What is missing, in order.</summary>
    public IReadOnlyList<string> Migrations { get; } = migrations;
}
