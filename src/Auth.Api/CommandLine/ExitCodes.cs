namespace Auth.Api.CommandLine;

/// <summary>The exit codes of the commands.</summary>
internal static class ExitCodes
{
    /// <summary>The command succeeded.</summary>
    public const int Success = 0;

    /// <summary>The command failed and has reported why.</summary>
    public const int Failure = 1;

    /// <summary>The command line is invalid.</summary>
    public const int UsageError = 2;
}
