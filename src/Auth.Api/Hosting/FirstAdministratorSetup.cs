using Auth.Api.Configuration;
using Auth.Application.Users;
using Auth.Domain.Users;
using MediatR;

namespace Auth.Api.Hosting;

/// <summary>What is told about an administrator that was made at start.</summary>
/// <param name="Email">The address to log in with.</param>
/// <param name="Password">How to find the password.</param>
internal sealed record FirstAdministratorNotice(string Email, string Password)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(FirstAdministratorNotice);
}

/// <summary>Makes the first administrator at start.</summary>
internal static class FirstAdministratorSetup
{
    private const string DevelopmentEmail = "admin@localhost";

    /// <summary>Creates the administrator of the settings.</summary>
    /// <returns>What to tell the operator; null if none is configured, or there was one already.</returns>
    /// <exception cref="SettingsException">The configured address or password breaks a rule.</exception>
    public static async Task<FirstAdministratorNotice?> EnsureConfiguredAdministratorAsync(
        this WebApplication app,
        AuthSettings settings
    ) =>
        settings.Bootstrap is { AdminEmail: { } email, AdminPassword: var password }
        && await app.TryCreateAsync(email, password)
            ? new(email, "with the configured password")
            : null;

    /// <summary>
    /// Creates an administrator with a random password in Development, where none is configured. Only a service that
    /// listens may do that: one that ended before it could show the password would leave an account that nobody can use.
    /// </summary>
    /// <returns>What to tell the operator; null if there was an administrator already.</returns>
    public static async Task<FirstAdministratorNotice?> EnsureDevelopmentAdministratorAsync(
        this WebApplication app,
        AuthSettings settings
    )
    {
        if (!app.Environment.IsDevelopment() || settings.Bootstrap.AdminEmail is not null)
        {
            return null;
        }

        var password = RandomPassword.Make(settings.Passwords.MinLength);
        return await app.TryCreateAsync(DevelopmentEmail, password)
            ? new(DevelopmentEmail, $"password {password} (shown only this once)")
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
            // Another instance started at the same moment and was faster, or the address belongs to a user.
            var error when error == UserErrors.EmailAlreadyRegistered => false,
            var error => throw new InvalidOperationException(error.Message),
        };
    }
}
