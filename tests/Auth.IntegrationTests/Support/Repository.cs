namespace Auth.IntegrationTests.Support;

/// <summary>The repository that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder of <c>Auth.sln</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "Auth.sln"))
            ? directory
            : Find(
                Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("There is no Auth.sln above.")
            );
}
