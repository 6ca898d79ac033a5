using Auth.Api.Configuration;
using Auth.Application.Users;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Api.Hosting;

/// <summary>An administrator that was created at startup, for the start message.</summary>
/// <param name="Email">The e-mail address.</param>
/// <param name="Password">How to find the password.</param>
internal sealed record FirstAdministratorNotice(string Email, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(FirstAdministratorNotice);
}

/// <summary>Creates the first administrator at startup.</summary>
internal static class FirstAdministratorSetup
{
    private const string DevelopmentEmail = "admin@localhost";

    /// <summary>Creates the configured administrator.</summary>
    /// <returns>Null if none is configured, or there already is an administrator.</returns>
    /// <exception cref="SettingsException">The configured address or password is invalid.</exception>
    public static async Task<FirstAdministratorNotice?> EnsureConfiguredAdministratorAsync(
        this WebApplication app,
        AuthSettings settings
    ) =>
        settings.Bootstrap is { AdminEmail: { } email, AdminPassword: var password }
        && await app.TryCreateAsync(email, password)
            ? new(email, "with the configured password")
            : null;

    /// <summary>
    /// In Development, creates an administrator with a random password if none is configured. Called once the service listens:
    /// if it stopped before showing the password, nobody could use the account.
    /// </summary>
    /// <returns>Null if there already is an administrator.</returns>
    public static async Task<FirstAdministratorNotice?> EnsureDevelopmentAdministratorAsync(
        this WebApplication app,
        AuthSettings settings
    )
    {
        if (!app.Environment.IsDevelopment() || settings.Bootstrap.AdminEmail is not null)
        {
            return null;
        }

        var password = RandomPassword.Generate(settings.Passwords.MinLength);
        return await app.TryCreateAsync(DevelopmentEmail, password)
            ? new(DevelopmentEmail, $"password {password} (shown only once)")
            : null;
    }

    private static async Task<bool> TryCreateAsync(this WebApplication app, string email, string? password)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        var result = await mediator.Send(new CreateFirstAdministratorCommand(email, password));
        return result.Error switch
        {
            null => result.Value!.Created,
            { Fields: { } fields } => throw new SettingsException([
                .. fields.Select(field =>
                    $"Bootstrap:Admin{char.ToUpperInvariant(field.Key[0])}{field.Key[1..]}: {field.Value[0]}"
                ),
            ]),
            // Another instance was faster, or the address belongs to a user.
            var error when error == UserErrors.EmailAlreadyRegistered => false,
            var error => throw new InvalidOperationException(error.Message),
        };
    }
}
