namespace Auth.Infrastructure.Persistence;

/// <summary>
/// Replaces a database exception in logs: it has the stack traces of the original, and of its messages only what contains
/// no values. Database messages may quote values, such as a duplicate e-mail address.
/// </summary>
/// <param name="original">The original exception.</param>
internal sealed class DatabaseErrorException(Exception original) : Exception(DatabaseError.Describe(original))
{
    /// <summary>The original exception. Not an inner exception, whose message would be logged as well.</summary>
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
