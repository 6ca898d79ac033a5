namespace Auth.Infrastructure.Persistence;

/// <summary>Why a database does not do what it is asked to, where that is not a defect of the service.</summary>
internal enum DatabaseOutage
{
    /// <summary>It is at a limit: connections, memory, disk, locks. More connections would not help.</summary>
    Overloaded,

    /// <summary>It cannot be reached, does not answer in time, or does not let the service in.</summary>
    Unreachable,

    /// <summary>It answers and refuses to write: it is read-only, or not the primary.</summary>
    ReadOnly,
}
