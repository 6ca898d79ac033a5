namespace Auth.IntegrationTests.Keys;

internal static class MasterKeys
{
    /// <summary>A master key in addition to the default one of the test services.</summary>
    public const string Other = "Xk9vT2rLw8QhYp5nZs3cJd7fGb1mVa6eUo4iRy0tKqM=";
}
