using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Auth.Api.Importing;
using Auth.Application.Users;
using Auth.Domain.Users;
using Auth.Infrastructure;
using MediatR;

namespace Auth.Api.CommandLine;

/// <summary>
/// Imports users from a file of another system. It can be run again after an interruption: existing users are not changed.
/// </summary>
internal sealed class UserImporter(
    IServiceProvider services,
    UserFormat format,
    UserFile file,
    TextWriter? ids,
    TextWriter report
)
{
    private const int BatchSize = 500;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is never embedded in HTML
    };

    private readonly Dictionary<string, int> _firstByAddress = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _missingPasswords = new(StringComparer.Ordinal);
    private int _read;
    private int _imported;
    private int _existing;
    private int _skipped;
    private int _cleanedNames;

    private int Rejected => _read - _imported - _existing - _skipped;

    /// <summary>Creates the command <c>import-users</c>.</summary>
    public static Command Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "The file to import." };
        var names = string.Join(", ", UserFormat.All.Select(format => format.Name));
        var format = new Option<UserFormat>("--format")
        {
            HelpName = "FORMAT",
            Description = $"The format of the file: {names}. The default is {UserFormat.Native.Name}.",
            CustomParser = result =>
            {
                var name = result.Tokens.Single().Value;
                if (UserFormat.Find(name) is { } found)
                {
                    return found;
                }

                result.AddError($"Unknown format '{name}'. Use one of: {names}.");
                return null;
            },
        };
        var ids = new Option<string>("--ids")
        {
            HelpName = "FILE",
            Description = "Write line, old id, new id and address of each user to this file.",
        };
        var command = new Command("import-users", "Import the users of another system from a file.")
        {
            file,
            format,
            ids,
        };
        command.SetAction(
            (result, cancellationToken) =>
                host.RunAsync(
                    (services, _) =>
                        ImportAsync(
                            services,
                            result.GetValue(format) ?? UserFormat.Native,
                            result.GetRequiredValue(file),
                            result.GetValue(ids),
                            cancellationToken
                        )
                )
        );
        return command;
    }

    private static async Task<int> ImportAsync(
        IServiceProvider services,
        UserFormat format,
        string path,
        string? idsPath,
        CancellationToken cancellationToken
    )
    {
        var report = Console.Error;
        UserFile file;
        StreamWriter? ids = null;
        try
        {
            file = UserFile.Read(path, format);
            if (idsPath is not null)
            {
                ids = CreateIds(idsPath, path);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            await report.WriteLineAsync(failure.Message);
            return ExitCodes.Failure;
        }

        await using (ids)
        {
            await services.InitializeInfrastructureAsync(cancellationToken);
            return await new UserImporter(services, format, file, ids, report).RunAsync();
        }
    }

    private async Task<int> RunAsync()
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

        await WriteIdsAsync(result, users);
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

    private async Task WriteIdsAsync(UserImportResult result, Dictionary<int, SourceUser> users)
    {
        if (ids is null)
        {
            return;
        }

        foreach (var user in result.Imported.Concat(result.Existing).OrderBy(user => user.Number))
        {
            var row = new
            {
                Line = file.LineOf(user.Number),
                users[user.Number].OldId,
                NewId = user.Id,
                user.Email,
            };
            await ids.WriteLineAsync(JsonSerializer.Serialize(row, s_json));
        }

        await ids.FlushAsync();
    }

    private string Totals()
    {
        var existing = _existing > 0 ? Invariant($", {_existing} already registered") : "";
        var skipped = _skipped > 0 ? Invariant($", {_skipped} skipped") : "";
        var units = _read == 1 ? file.Unit : $"{file.Unit}s";
        return Invariant($"Read {_read} {units}: {_imported} imported{existing}{skipped}, {Rejected} rejected.");
    }

    private static StreamWriter CreateIds(string path, string importedPath)
    {
        if (Path.GetFullPath(path) == Path.GetFullPath(importedPath))
        {
            throw new IOException("--ids would overwrite the file to import.");
        }

        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.Read,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // contains e-mail addresses
        }

        return new StreamWriter(path, options) { NewLine = "\n" };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
