namespace Auth.Infrastructure.Persistence;

/// <summary>Migrations are pending, and must not be applied at startup.</summary>
/// <param name="migrations">The pending migrations, in order.</param>
public sealed class PendingMigrationsException(IReadOnlyList<string> migrations)
    : Exception($"The database lacks {string.Join(", ", migrations)}.")
{
    /// <summary>The pending migrations, in order.</summary>
    public IReadOnlyList<string> Migrations { get; } = migrations;
}
