using MimeKit;

namespace Auth.Infrastructure.Mail;

/// <summary>Reads the mails that were written into the folder, for developers.</summary>
/// <param name="options">The settings, with the folder.</param>
public sealed class MailFolder(MailOptions options)
{
    private const int MaxListed = 200;

    /// <summary>Lists the last mails, newest first.</summary>
    public async Task<IReadOnlyList<WrittenMail>> ListAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(options.Folder))
        {
            return [];
        }

        // The names begin with the time.
        var newest = Directory
            .EnumerateFiles(options.Folder, "*" + FolderTransport.Extension)
            .OrderByDescending(path => Path.GetFileName(path), StringComparer.Ordinal)
            .Take(MaxListed);
        var mails = new List<WrittenMail>();
        foreach (var path in newest)
        {
            mails.Add(await ReadAsync(path, cancellationToken));
        }

        return mails;
    }

    /// <summary>Finds a mail.</summary>
    /// <param name="id">The name of its file, without the extension.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<WrittenMail?> FindAsync(string id, CancellationToken cancellationToken) =>
        Guid.TryParseExact(id, "N", out var known)
        && Path.Combine(options.Folder, $"{known:N}{FolderTransport.Extension}") is var path
        && File.Exists(path)
            ? await ReadAsync(path, cancellationToken)
            : null;

    private static async Task<WrittenMail> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var message = await MimeMessage.LoadAsync(path, cancellationToken);
        return new(
            Path.GetFileNameWithoutExtension(path),
            message.Date,
            message.To.ToString(),
            message.Subject ?? "",
            message.TextBody ?? "",
            message.HtmlBody ?? ""
        );
    }
}

/// <summary>A mail in the folder.</summary>
/// <param name="Id">The name of its file, without the extension.</param>
/// <param name="Date">When it was sent.</param>
/// <param name="To">The receiver.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The body as text.</param>
/// <param name="Html">The body as HTML.</param>
public sealed record WrittenMail(string Id, DateTimeOffset Date, string To, string Subject, string Text, string Html)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(WrittenMail);
}
