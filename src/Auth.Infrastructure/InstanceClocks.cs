namespace Auth.Infrastructure;

/// <summary>The clocks of the instances that share a database.</summary>
internal static class InstanceClocks
{
    /// <summary>By how much two of them may differ.</summary>
    public static readonly TimeSpan MaxDifference = TimeSpan.FromMinutes(5);
}
