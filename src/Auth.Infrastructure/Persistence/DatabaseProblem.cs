namespace Auth.Infrastructure.Persistence;

/// <summary>Why a database cannot be used, for operators.</summary>
/// <param name="Text">The problem, in one line without a password.</param>
/// <param name="Remedy">The fix, in one line.</param>
public sealed record DatabaseProblem(string Text, string Remedy)
{
    /// <summary>The setting to correct.</summary>
    internal const string Connection = "ConnectionStrings:Auth";

    /// <summary>Explains a failure that the database caused.</summary>
    /// <returns>Null if the failure is not a database error.</returns>
    public static DatabaseProblem? Find(Exception failure, DatabaseOptions options)
    {
        if (
            DatabaseTarget.Find(options.Provider, options.ConnectionString) is not { } target
            || DatabaseError.From(failure) is not { } error
        )
        {
            return null;
        }

        var description = DatabaseError.OneLine(error.Description).TrimEnd('.');
        return error.Explain?.Invoke(target)
            ?? error.Kind switch
            {
                DatabaseErrorKind.ReadOnly => new(
                    $"{target}: rejects writes ({description}).",
                    $"Name the primary in {Connection}, or make the database writable."
                ),
                DatabaseErrorKind.Overloaded => new(
                    $"{target}: has reached a limit ({description}).",
                    "Check connections, memory, disk and locks of the server; see its log for details."
                ),
                DatabaseErrorKind.Unreachable => new(
                    $"{target}: does not respond ({description}).",
                    $"Check that the server is running and can be reached from here, and that {Connection} names its host and port."
                ),
                _ => new($"{target}: reports an error ({description}).", "See the log of the database."),
            };
    }

    /// <summary>The server has no database of that name.</summary>
    internal static DatabaseProblem MissingDatabase(DatabaseTarget target) =>
        new(
            $"{target}: the database does not exist, or the user has no access to it.",
            $"Run dotnet Auth.Api.dll migrate, which creates it if the user has the rights to; or create it yourself; or correct its name in {Connection}."
        );

    /// <summary>The server rejects the user name or the password.</summary>
    internal static Func<DatabaseTarget, DatabaseProblem> WrongPassword(string message) =>
        target =>
            new(
                $"{target}: rejects the user ({DatabaseError.OneLine(message).TrimEnd('.')}).",
                $"Correct the user name and password in {Connection}."
            );
}
