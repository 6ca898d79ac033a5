namespace Auth.Domain.Common;

/// <summary>The clocks of the instances that share a database.</summary>
public static class InstanceClocks
{
    /// <summary>By how much two of them may differ.</summary>
    public static readonly TimeSpan MaxDifference = TimeSpan.FromMinutes(5);
}
