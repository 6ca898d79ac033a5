using System.CommandLine;
using Auth.Api.Configuration;
using Auth.Api.Hosting;
using Auth.Application.Users;
using Auth.Domain.Common;
using Auth.Domain.Users;
using Auth.Infrastructure;
using MediatR;

namespace Auth.Api.CommandLine;

/// <summary>
/// Creates an administrator or promotes a user, for anyone who can run the service with its settings. Passwords are read
/// from standard input, because arguments are visible to every user of the machine.
/// </summary>
internal static class AdministratorCreation
{
    private const string Reason = "on the command line";

    public static Command Create(CommandHost host)
    {
        var email = new Option<string>("--email")
        {
            HelpName = "ADDRESS",
            Description = "The e-mail address.",
            Required = true,
        };
        var passwordStdin = new Option<bool>("--password-stdin")
        {
            Description =
                "Read the password from standard input instead of sending an invitation or, without mail, generating one.",
            Arity = ArgumentArity.Zero,
        };
        var grant = new Option<bool>("--grant")
        {
            Description = "Make an existing user an administrator; the password does not change.",
            Arity = ArgumentArity.Zero,
        };
        var command = new Command("create-admin", "Create an administrator.") { email, passwordStdin, grant };
        command.Validators.Add(result =>
        {
            if (result.GetValue(grant) && result.GetValue(passwordStdin))
            {
                result.AddError("--grant does not change the password; leave out --password-stdin.");
            }
        });
        command.SetAction(
            (result, cancellationToken) =>
            {
                var address = result.GetRequiredValue(email);
                return host.RunAsync(
                    (services, settings) =>
                        result.GetValue(grant)
                            ? GrantAsync(services, address, cancellationToken)
                            : CreateAsync(
                                services,
                                settings,
                                address,
                                result.GetValue(passwordStdin),
                                cancellationToken
                            )
                );
            }
        );
        return command;
    }

    private static async Task<int> CreateAsync(
        IServiceProvider services,
        AuthSettings settings,
        string email,
        bool readsPassword,
        CancellationToken cancellationToken
    )
    {
        if (!readsPassword && settings.Mail.IsEnabled)
        {
            return await InviteAsync(services, email, cancellationToken);
        }

        var (password, problem) = readsPassword
            ? await PasswordInput.ReadAsync(cancellationToken)
            : (RandomPassword.Generate(settings.Passwords.MinLength), null);
        if (problem is not null)
        {
            return await FailAsync(problem);
        }

        var result = await SendAsync(
            services,
            new CreateAdministratorCommand(email, password, Reason),
            cancellationToken
        );
        if (result.IsFailure)
        {
            return await FailAsync(DescribeCreation(result.Error));
        }

        await Console.Out.WriteLineAsync($"{email} is now an administrator.");
        if (!readsPassword)
        {
            await Console.Out.WriteLineAsync($"Password (shown only once): {password}");
        }

        return ExitCodes.Success;
    }

    private static async Task<int> InviteAsync(
        IServiceProvider services,
        string email,
        CancellationToken cancellationToken
    )
    {
        var result = await SendAsync(services, new InviteAdministratorCommand(email, Reason), cancellationToken);
        if (result.IsFailure)
        {
            return await FailAsync(DescribeCreation(result.Error));
        }

        await Console.Out.WriteLineAsync(
            $"{email} is now an administrator. The service sends them an invitation to set a password."
        );
        return ExitCodes.Success;
    }

    private static async Task<int> GrantAsync(
        IServiceProvider services,
        string email,
        CancellationToken cancellationToken
    )
    {
        var result = await SendAsync(services, new GrantAdministratorCommand(email, Reason), cancellationToken);
        if (result.IsFailure)
        {
            return await FailAsync(
                result.Error == CommonErrors.NotFound
                    ? "There is no account with this e-mail address. Leave out --grant to create one."
                    : Describe(result.Error)
            );
        }

        await Console.Out.WriteLineAsync(
            result.Value.Granted ? $"{email} is now an administrator." : $"{email} is already an administrator."
        );
        return ExitCodes.Success;
    }

    private static async Task<T> SendAsync<T>(
        IServiceProvider services,
        IRequest<T> command,
        CancellationToken cancellationToken
    )
    {
        await services.InitializeInfrastructureAsync(cancellationToken);
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(command, cancellationToken);
    }

    private static async Task<int> FailAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return ExitCodes.Failure;
    }

    private static string DescribeCreation(Error error) =>
        error == UserErrors.EmailAlreadyRegistered
            ? $"{error.Message} Use --grant to make that user an administrator."
            : Describe(error);

    private static string Describe(Error error) =>
        error.Fields is { } fields ? string.Join(' ', fields.Values.SelectMany(messages => messages)) : error.Message;
}
