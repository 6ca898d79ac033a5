using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Users;
using FluentValidation;

namespace Auth.Application.ServiceAccounts;

/// <summary>What a request says about a service account.</summary>
/// <param name="Name">The name.</param>
/// <param name="Description">The purpose.</param>
/// <param name="Roles">The names of the roles.</param>
/// <param name="Status">The status; null to keep it.</param>
public sealed record ServiceAccountInput(
    string? Name,
    string? Description,
    IReadOnlyList<string>? Roles,
    string? Status
);

/// <summary>A message that says something about a service account.</summary>
public interface IServiceAccountMessage
{
    /// <summary>What it says.</summary>
    ServiceAccountInput Input { get; }
}

/// <summary>The rules for what a request says about a service account.</summary>
internal static class ServiceAccountRules
{
    public static void AddServiceAccountRules<T>(this AbstractValidator<T> validator)
        where T : IServiceAccountMessage
    {
        validator.RuleFor(message => message.Input.Name).ServiceAccountName();
        validator.RuleFor(message => message.Input.Description).RoleDescription();
        validator
            .RuleFor(message => message.Input.Roles)
            .NotNull()
            .WithMessage("A list of roles is required; it may be empty.");
        validator.RuleFor(message => message.Input.Roles).RoleNames();
        validator
            .RuleFor(message => message.Input.Status)
            .Must(status => status is null || ServiceAccountStatusNames.TryParse(status, out _))
            .WithMessage("The status must be active or disabled.");
    }
}

/// <summary>The names of the statuses in the contract.</summary>
public static class ServiceAccountStatusNames
{
    /// <summary>Returns the name of a status.</summary>
    public static string NameOf(ServiceAccountStatus status) =>
        status == ServiceAccountStatus.Active ? "active" : "disabled";

    /// <summary>Parses a name.</summary>
    public static bool TryParse(string name, out ServiceAccountStatus status)
    {
        status = name == "disabled" ? ServiceAccountStatus.Disabled : ServiceAccountStatus.Active;
        return name is "active" or "disabled";
    }
}

/// <summary>Resolves what a valid request says about a service account.</summary>
internal sealed class ServiceAccountChanges(IServiceAccountRepository accounts, IRoleRepository roles)
{
    /// <summary>Finds the roles, and checks everything that depends on stored data but not on the account.</summary>
    /// <param name="input">The input.</param>
    /// <param name="actor">The user who sent it.</param>
    /// <param name="current">The account; null if it is new.</param>
    /// <param name="cancellationToken">Stops the queries.</param>
    public async Task<Result<List<Role>>> ResolveAsync(
        ServiceAccountInput input,
        Actor actor,
        ServiceAccount? current,
        CancellationToken cancellationToken
    )
    {
        var names = input.Roles!.Select(RoleName.From).Distinct().ToList();
        var found = await roles.ListByNamesAsync(names, cancellationToken);
        var granted = current is null ? found : found.Except(current.Roles);
        if (!granted.All(actor.MayGrant))
        {
            return CommonErrors.Forbidden;
        }

        if (
            names.ExceptBy(found.Select(role => role.NormalizedName), name => name.Normalized).FirstOrDefault() is
            { } unknown
        )
        {
            return RoleErrors.Unknown(unknown);
        }

        if (found.Sum(role => role.TokenSize) > Role.MaxTokenSize)
        {
            return RoleErrors.TooLarge("roles");
        }

        // Only for a clear error: the unique index decides.
        var name = ServiceAccount.Normalize(input.Name!);
        if (await accounts.IsNameTakenAsync(name, current?.Id, cancellationToken))
        {
            return ServiceAccountErrors.NameTaken();
        }

        return found.ToList();
    }

    /// <summary>Returns the rest of the input.</summary>
    public static ServiceAccountData DataOf(ServiceAccountInput input) =>
        new(
            input.Name!,
            input.Description,
            input.Status is { } text && ServiceAccountStatusNames.TryParse(text, out var status) ? status : null
        );
}
