namespace Auth.Infrastructure.Persistence;

/// <summary>What a failure of the database means for the service.</summary>
internal enum DatabaseErrorKind
{
    /// <summary>A defect of the service or of the schema: nobody expects it.</summary>
    Unexpected,

    /// <summary>The write was refused because of what somebody else wrote since the data was read.</summary>
    LostRace,

    /// <summary>The database is at a limit: connections, memory, disk, locks. More connections would not help.</summary>
    Overloaded,

    /// <summary>The database cannot be reached, does not answer in time, or does not let the service in.</summary>
    Unreachable,

    /// <summary>The database answers and refuses to write: it is read-only, or not the primary.</summary>
    ReadOnly,
}
