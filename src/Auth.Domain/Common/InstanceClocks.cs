namespace Auth.Domain.Common;

/// <summary>The clocks of the instances that share a database.</summary>
public static class InstanceClocks
{
    /// <summary>The maximum difference between two of them.</summary>
    public static readonly TimeSpan MaxDifference = TimeSpan.FromMinutes(5);
}
