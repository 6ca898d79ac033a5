namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Stands for a failure of the database in logs: it has the stack traces of the original, and of its text only what names
/// no values. Messages of databases do name them, such as the address that is there already.
/// </summary>
/// <param name="original">What was thrown.</param>
internal sealed class DatabaseErrorException(Exception original) : Exception(DatabaseError.Describe(original))
{
    /// <summary>What was thrown. Not an inner exception, whose text would be logged as well.</summary>
    public Exception Original { get; } = original;

    /// <inheritdoc/>
    public override string StackTrace { get; } = string.Join(Environment.NewLine, StackTracesOf(original));

    private static IEnumerable<string> StackTracesOf(Exception failure)
    {
        if (failure.InnerException is { } cause)
        {
            foreach (var trace in StackTracesOf(cause))
            {
                yield return trace;
            }
        }

        yield return $"   --- {failure.GetType().FullName}";
        yield return failure.StackTrace ?? "";
    }
}
