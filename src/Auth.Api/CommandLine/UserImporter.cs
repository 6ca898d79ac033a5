using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Auth.Application.Users;
using Auth.Infrastructure;
using MediatR;

namespace Auth.Api.CommandLine;

/// <summary>
/// Takes users over from a file with one JSON object per line. It can be started again after whatever stopped it: who is
/// there already is skipped.
/// </summary>
internal static class UserImporter
{
    private const int BatchSize = 500;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        // A member by another name would be lost in silence.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } =
        new(
            "import-users",
            "takes users over, one JSON object per line of the file",
            async (call, cancellationToken) =>
            {
                await call.Services.InitializeInfrastructureAsync(cancellationToken);
                return await RunAsync(call.Services, call.Operand!, Console.Error);
            }
        )
        {
            Operand = "FILE",
        };

    /// <summary>Imports a file, and reports to a writer.</summary>
    /// <returns>0 if all users of the file are there now; 1 if some were refused, or the file cannot be read.</returns>
    public static async Task<int> RunAsync(IServiceProvider services, string path, TextWriter report)
    {
        var totals = new Totals();
        try
        {
            var lines = File.ReadLines(path).Select((text, index) => (Number: index + 1, Text: text));
            foreach (var batch in lines.Where(line => !string.IsNullOrWhiteSpace(line.Text)).Chunk(BatchSize))
            {
                var users = batch.Select(line => Read(line.Number, line.Text)).ToList();
                var unreadable = users.Where(user => user.Entry is null).Select(user => user.Line);
                var result = await ImportAsync(services, [.. users.Select(user => user.Entry).OfType<UserImport>()]);
                foreach (var refusal in unreadable.Select(Unreadable).Concat(result.Refused).OrderBy(line => line.Line))
                {
                    await report.WriteLineAsync(Invariant($"line {refusal.Line}: refused, {refusal.Reason}"));
                }

                foreach (var line in result.Existing)
                {
                    await report.WriteLineAsync(Invariant($"line {line}: skipped, the address is registered already"));
                }

                totals.Add(batch.Length, result);
                await report.WriteLineAsync(totals.ToString());
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await report.WriteLineAsync($"The file cannot be read: {failure.Message}");
            return 1;
        }

        await report.WriteLineAsync(totals.Refused == 0 ? "Done." : "Done, but for the lines that were refused.");
        return totals.Refused == 0 ? 0 : 1;
    }

    private static (int Line, UserImport? Entry) Read(int line, string text)
    {
        try
        {
            return (line, JsonSerializer.Deserialize<Entry>(text, s_json)?.ToImport(line));
        }
        catch (JsonException)
        {
            return (line, null); // the parser's words would repeat what is in the line
        }
    }

    private static ImportRefusal Unreadable(int line) =>
        new(
            line,
            "this is no JSON object with email, passwordHash and, if wanted, displayName, roles (a list) and emailConfirmed"
        );

    private static async Task<UserImportResult> ImportAsync(IServiceProvider services, IReadOnlyList<UserImport> users)
    {
        await using var scope = services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var result = await mediator.Send(new ImportUsersCommand(users));
        return result.IsFailure ? throw new InvalidOperationException(result.Error.Message) : result.Value;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Totals
    {
        private int _read;
        private int _imported;
        private int _existing;

        public int Refused => _read - _imported - _existing;

        public void Add(int read, UserImportResult result)
        {
            _read += read;
            _imported += result.Imported;
            _existing += result.Existing.Count;
        }

        public override string ToString() =>
            Invariant($"{_read} users read: {_imported} imported, {_existing} skipped, {Refused} refused");
    }

    /// <summary>A line of the file.</summary>
    private sealed record Entry
    {
        public string? Email { get; init; }

        public string? PasswordHash { get; init; }

        public string? DisplayName { get; init; }

        public IReadOnlyList<string>? Roles { get; init; }

        public bool EmailConfirmed { get; init; }

        public UserImport ToImport(int line) => new(line, Email, PasswordHash, DisplayName, Roles, EmailConfirmed);

        public override string ToString() => nameof(Entry);
    }
}
