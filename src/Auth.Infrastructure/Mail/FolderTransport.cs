using MimeKit;

namespace Auth.Infrastructure.Mail;

/// <summary>Writes each mail into a folder as a file, which most mail programs open.</summary>
internal sealed class FolderTransport(MailOptions options) : IMailTransport
{
    /// <summary>The extension of the files.</summary>
    public const string Extension = ".eml";

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        CreateFolder();
        var path = Path.Combine(options.Folder, message.MessageId!.Split('@')[0] + Extension);
        var temporary = path + ".tmp";
        await using (var file = Create(temporary))
        {
            await message.WriteToAsync(file, cancellationToken);
        }

        // Programs that watch the folder only see complete mails. A repeated attempt replaces the file.
        File.Move(temporary, path, overwrite: true);
    }

    private void CreateFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(options.Folder);
        }
        else
        {
            Directory.CreateDirectory(
                options.Folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        }
    }

    // Mails contain links that set passwords.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
