using System.Globalization;
using Auth.Api.Importing;
using Auth.Application.Users;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Api.CommandLine;

/// <summary>
/// Imports the users of a file in batches. It can be run again after an interruption: existing users are not changed.
/// </summary>
internal sealed class UserImporter(
    IServiceProvider services,
    UserFormat format,
    UserFile file,
    ImportedIds? ids,
    TextWriter report
)
{
    private const int BatchSize = 500;

    private readonly Dictionary<string, int> _firstByAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _missingPasswords = new(StringComparer.Ordinal);
    private int _read;
    private int _imported;
    private int _existing;
    private int _skipped;
    private int _invited;
    private int _cleanedNames;

    private int Rejected => _read - _imported - _existing - _skipped;

    /// <summary>Imports the users, and reports what was not imported.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync()
    {
        foreach (var batch in file.Entries.Chunk(BatchSize))
        {
            await ImportBatchAsync(batch);
            if (_read % BatchSize == 0)
            {
                await report.WriteLineAsync(Totals());
            }
        }

        if (_read == 0 || _read % BatchSize != 0)
        {
            await report.WriteLineAsync(Totals());
        }

        foreach (var (reason, count) in _missingPasswords)
        {
            await report.WriteLineAsync(Invariant($"{count} without a password: {reason}."));
        }

        if (_invited > 0)
        {
            await report.WriteLineAsync(Invariant($"{_invited} invited by mail to set a password."));
        }

        if (_cleanedNames > 0)
        {
            var names = _cleanedNames == 1 ? "display name" : "display names";
            await report.WriteLineAsync(
                Invariant(
                    $"{_cleanedNames} {names} with line breaks or other control characters, replaced with spaces."
                )
            );
        }

        return Rejected == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private async Task ImportBatchAsync(UserFileEntry[] batch)
    {
        var lines = new List<(int Number, string Text)>();
        var users = batch
            .Select(entry => Read(entry, lines))
            .OfType<SourceUser>()
            .ToDictionary(user => user.Import!.Number);
        var result = await SendAsync([.. users.Values.Select(user => user.Import!)]);

        _read += batch.Length;
        _imported += result.Imported.Count;
        _existing += result.Existing.Count;
        _invited += result.Invited;
        foreach (var user in result.Imported)
        {
            if (users[user.Number].MissingPassword is { } reason)
            {
                _missingPasswords[reason] = _missingPasswords.GetValueOrDefault(reason) + 1;
            }

            _cleanedNames += users[user.Number].IsNameCleaned ? 1 : 0;
        }

        lines.AddRange(
            result.Existing.Select(user => (user.Number, "skipped: this e-mail address is already registered."))
        );
        lines.AddRange(
            result.Rejected.Select(rejection =>
                (rejection.Number, $"{MemberNameOf(users[rejection.Number], rejection.Member)}: {rejection.Reason}")
            )
        );
        foreach (var (number, text) in lines.OrderBy(line => line.Number))
        {
            await report.WriteLineAsync($"{file.Describe(number)}: {text}");
        }

        if (ids is not null)
        {
            await ids.WriteAsync(result, users, file);
        }
    }

    /// <summary>Reads a user; if that fails, adds a line to the report and returns null.</summary>
    private SourceUser? Read(UserFileEntry entry, List<(int Number, string Text)> lines)
    {
        if (entry.Record is null)
        {
            lines.Add((entry.Number, entry.Problem!));
            return null;
        }

        SourceUser user;
        try
        {
            user = format.Read(entry.Record, services.GetRequiredService<TimeProvider>().GetUtcNow());
        }
        catch (MemberException wrong)
        {
            lines.Add((entry.Number, wrong.Message));
            return null;
        }
        catch (InvalidOperationException)
        {
            // JSON can escape a lone surrogate, which is not valid Unicode.
            lines.Add((entry.Number, "The text is not valid Unicode."));
            return null;
        }

        if (user.Import is null)
        {
            _skipped++;
            lines.Add((entry.Number, $"skipped: {user.SkipReason}."));
            return null;
        }

        if (
            EmailAddress.TryParse(user.Import.Email, out var address)
            && !_firstByAddress.TryAdd(address!.Normalized, entry.Number)
        )
        {
            var first = file.Describe(_firstByAddress[address.Normalized]);
            lines.Add((entry.Number, $"{MemberNameOf(user, "email")}: This address is a duplicate of {first}."));
            return null;
        }

        return user;
    }

    private string MemberNameOf(SourceUser user, string member) =>
        user.MemberNameOf(member) ?? format.MemberNameOf(member);

    private async Task<UserImportResult> SendAsync(IReadOnlyList<UserImport> users)
    {
        await using var scope = services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var result = await mediator.Send(new ImportUsersCommand(users));
        return result.IsFailure ? throw new InvalidOperationException(result.Error.Message) : result.Value;
    }

    private string Totals()
    {
        var existing = _existing > 0 ? Invariant($", {_existing} already registered") : "";
        var skipped = _skipped > 0 ? Invariant($", {_skipped} skipped") : "";
        var units = _read == 1 ? file.Unit : $"{file.Unit}s";
        return Invariant($"Read {_read} {units}: {_imported} imported{existing}{skipped}, {Rejected} rejected.");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
