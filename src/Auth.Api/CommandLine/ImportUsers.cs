using System.CommandLine;
using Auth.Api.Importing;
using Auth.Infrastructure;

namespace Auth.Api.CommandLine;

/// <summary>Imports the users of another system.</summary>
internal static class ImportUsers
{
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
        ImportedIds? ids = null;
        try
        {
            file = UserFile.Read(path, format);
            if (idsPath is not null)
            {
                ids = ImportedIds.Create(idsPath, path);
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
}
