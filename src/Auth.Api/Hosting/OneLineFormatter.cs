using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Auth.Api.Hosting;

/// <summary>
/// Writes each record of the log on one line for people to read. Whatever a client has sent, it can neither begin a line
/// nor speak to the terminal: the framework's own formatter writes carriage returns and escape sequences as they are.
/// </summary>
internal sealed class OneLineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "one-line";

    /// <inheritdoc/>
    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(": ");
        WriteEscaped(textWriter, logEntry.Category);
        textWriter.Write(string.Create(CultureInfo.InvariantCulture, $"[{logEntry.EventId.Id}] "));
        WriteEscaped(textWriter, logEntry.Formatter(logEntry.State, logEntry.Exception));
        if (logEntry.Exception is { } exception)
        {
            textWriter.Write(' ');
            WriteEscaped(textWriter, exception.ToString());
        }

        textWriter.WriteLine();
    }

    private static void WriteEscaped(TextWriter writer, string text)
    {
        foreach (var character in text)
        {
            if (character == '\n')
            {
                // Those of a stack trace; in the place of a client's a space does no harm.
                writer.Write(' ');
            }
            else if (IsSafe(character))
            {
                writer.Write(character);
            }
            else
            {
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"));
            }
        }
    }

    // Line and paragraph separators end a line in some viewers, and formats turn the direction of writing.
    private static bool IsSafe(char character) =>
        char.GetUnicodeCategory(character)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Format
            );

    private static string NameOf(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trce",
            LogLevel.Debug => "dbug",
            LogLevel.Information => "info",
            LogLevel.Warning => "warn",
            LogLevel.Error => "fail",
            _ => "crit",
        };
}
