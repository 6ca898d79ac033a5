using Auth.Api.Hosting;
using Auth.Application.Users;
using Auth.Domain.Common;
using Auth.Domain.Users;
using Auth.Infrastructure;
using MediatR;

namespace Auth.Api.CommandLine;

/// <summary>
/// Makes an administrator, or makes a user one, for whoever may run the service with its settings. A password comes in
/// by standard input and never as an argument, which everybody on the machine could read.
/// </summary>
internal static class AdministratorCreation
{
    private const string Email = "--email";
    private const string PasswordStdin = "--password-stdin";
    private const string Grant = "--grant";
    private const string Reason = "on the command line";

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } =
        new(
            "create-admin",
            "makes an administrator, with a password from standard input or a random one; --grant: makes a user one",
            RunAsync
        )
        {
            Options = [new(Email, "ADDRESS") { IsRequired = true }, new(PasswordStdin), new(Grant)],
        };

    private static async Task<int> RunAsync(VerbCall call, CancellationToken cancellationToken)
    {
        var email = call.Options[Email];
        var readsPassword = call.Options.ContainsKey(PasswordStdin);
        if (call.Options.ContainsKey(Grant))
        {
            if (readsPassword)
            {
                await Console.Error.WriteLineAsync($"{Grant} leaves the password as it is; leave out {PasswordStdin}.");
                return Verb.Misuse;
            }

            await call.Services.InitializeInfrastructureAsync(cancellationToken);
            return await GrantAsync(call.Services, email, cancellationToken);
        }

        var (password, mistake) = readsPassword
            ? await PasswordInput.ReadAsync(cancellationToken)
            : (RandomPassword.Make(call.Settings.Passwords.MinLength), null);
        if (mistake is not null)
        {
            return await RefuseAsync(mistake);
        }

        await call.Services.InitializeInfrastructureAsync(cancellationToken);
        return await CreateAsync(call.Services, email, password, isShown: !readsPassword, cancellationToken);
    }

    private static async Task<int> CreateAsync(
        IServiceProvider services,
        string email,
        string? password,
        bool isShown,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var result = await mediator.Send(new CreateAdministratorCommand(email, password, Reason), cancellationToken);
        if (result.IsFailure)
        {
            return await RefuseAsync(
                result.Error == UserErrors.EmailAlreadyRegistered
                    ? $"{result.Error.Message} With {Grant} its owner becomes an administrator."
                    : Describe(result.Error)
            );
        }

        await Console.Out.WriteLineAsync($"{email} is an administrator now.");
        if (isShown)
        {
            await Console.Out.WriteLineAsync($"Password, shown only this once: {password}");
        }

        return Verb.Success;
    }

    private static async Task<int> GrantAsync(
        IServiceProvider services,
        string email,
        CancellationToken cancellationToken
    )
    {
        await using var scope = services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var result = await mediator.Send(new GrantAdministratorCommand(email, Reason), cancellationToken);
        if (result.IsFailure)
        {
            return await RefuseAsync(
                result.Error == CommonErrors.NotFound
                    ? $"There is no account with this e-mail address. Without {Grant} it is made."
                    : Describe(result.Error)
            );
        }

        await Console.Out.WriteLineAsync(
            result.Value.Granted ? $"{email} is an administrator now." : $"{email} has been an administrator before."
        );
        return Verb.Success;
    }

    private static async Task<int> RefuseAsync(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return Verb.Failure;
    }

    private static string Describe(Error error) =>
        error.Fields is { } fields ? string.Join(' ', fields.Values.SelectMany(messages => messages)) : error.Message;
}
