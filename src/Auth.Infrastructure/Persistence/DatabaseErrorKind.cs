namespace Auth.Infrastructure.Persistence;

/// <summary>What a database error means for the service.</summary>
internal enum DatabaseErrorKind
{
    /// <summary>A defect of the service or of the schema.</summary>
    Unexpected,

    /// <summary>The write conflicts with a concurrent one.</summary>
    LostRace,

    /// <summary>The database is at a limit of connections, memory, disk or locks. More connections would not help.</summary>
    Overloaded,

    /// <summary>The database cannot be reached, does not respond in time, or denies access.</summary>
    Unreachable,

    /// <summary>The database is read-only, or not the primary.</summary>
    ReadOnly,
}
