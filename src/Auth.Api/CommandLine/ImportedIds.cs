using System.Text.Encodings.Web;
using System.Text.Json;
using Auth.Api.Importing;
using Auth.Application.Users;

namespace Auth.Api.CommandLine;

/// <summary>The file of <c>import-users --ids</c>: line, old id, new id and address of each user.</summary>
internal sealed class ImportedIds : IAsyncDisposable
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // the file is never embedded in HTML
    };

    private readonly StreamWriter _writer;

    private ImportedIds(StreamWriter writer) => _writer = writer;

    /// <summary>Creates the file, readable by its owner only.</summary>
    /// <exception cref="IOException">It would overwrite the imported file, or cannot be created.</exception>
    public static ImportedIds Create(string path, string importedPath)
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

        return new(new StreamWriter(path, options) { NewLine = "\n" });
    }

    /// <summary>Writes the users of a batch.</summary>
    public async Task WriteAsync(UserImportResult result, Dictionary<int, SourceUser> users, UserFile file)
    {
        foreach (var user in result.Imported.Concat(result.Existing).OrderBy(user => user.Number))
        {
            var row = new
            {
                Line = file.LineOf(user.Number),
                users[user.Number].OldId,
                NewId = user.Id,
                user.Email,
            };
            await _writer.WriteLineAsync(JsonSerializer.Serialize(row, s_json));
        }

        await _writer.FlushAsync();
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}
