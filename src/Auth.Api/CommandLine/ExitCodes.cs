namespace Auth.Api.CommandLine;

/// <summary>The exit codes of the commands.</summary>
internal static class ExitCodes
{
    /// <summary>The command has done its work.</summary>
    public const int Success = 0;

    /// <summary>Something is wrong; the command has reported it.</summary>
    public const int Failure = 1;

    /// <summary>The command line is invalid.</summary>
    public const int UsageError = 2;
}
