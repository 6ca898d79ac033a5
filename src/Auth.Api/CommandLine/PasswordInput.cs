using System.Text;

namespace Auth.Api.CommandLine;

/// <summary>Reads a new password without showing it.</summary>
internal static class PasswordInput
{
    private static readonly UTF8Encoding s_strictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Prompts twice at a terminal; otherwise reads the first line.</summary>
    /// <returns>The password, or the problem with the input.</returns>
    public static async Task<(string? Password, string? Problem)> ReadAsync(CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
        {
            var password = Prompt("Password: ");
            return Prompt("Repeat password: ") == password ? (password, null) : (null, "The passwords do not match.");
        }

        try
        {
            using var input = new StreamReader(Console.OpenStandardInput(), s_strictUtf8);
            return await input.ReadLineAsync(cancellationToken) is { Length: > 0 } line
                ? (line, null)
                : (null, "Standard input is empty; expected a password.");
        }
        catch (DecoderFallbackException)
        {
            return (null, "The password on standard input is not UTF-8.");
        }
    }

    private static string Prompt(string question)
    {
        Console.Error.Write(question);
        var text = new StringBuilder();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                text.Length = Math.Max(0, text.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                text.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return text.ToString();
    }
}
