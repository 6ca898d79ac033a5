using Auth.Application.Abstractions;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Imports users of another system. One command is one batch, saved together; no two users have the same address.</summary>
public sealed record ImportUsersCommand(IReadOnlyList<UserImport> Users) : IRequest<Result<UserImportResult>>;

/// <summary>A user of another system.</summary>
/// <param name="Number">The number of the user in the file, for the report.</param>
/// <param name="Email">The address to sign in with.</param>
public sealed record UserImport(int Number, string? Email) : SecretRecord
{
    /// <summary>The password hash, in a supported format; null for none.</summary>
    public string? PasswordHash { get; init; }

    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The names of the roles; null for the default role.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>Whether the user has confirmed the address.</summary>
    public bool EmailConfirmed { get; init; }

    /// <summary>The id to keep; null for a new one.</summary>
    public Guid? Id { get; init; }

    /// <summary>When the account was created; null for now.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether the account is disabled.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>The secret of an authenticator app, in Base32; null for none.</summary>
    public string? TotpSecret { get; init; }
}

/// <summary>
/// The result of a batch: the imported users, those whose address already existed, and all validation errors of the
/// others.
/// </summary>
public sealed record UserImportResult(
    IReadOnlyList<ImportedUser> Imported,
    IReadOnlyList<ImportedUser> Existing,
    IReadOnlyList<ImportRejection> Rejected
)
{
    /// <summary>How many of those who were imported are sent an invitation, because they have no password.</summary>
    public int Invited { get; init; }
}

/// <summary>A user of the file who now exists, with the address as written in the file.</summary>
public sealed record ImportedUser(int Number, Guid Id, string Email);

/// <summary>Why a user was not imported.</summary>
/// <param name="Number">The number of the user in the file.</param>
/// <param name="Member">The member of <see cref="UserImport"/> that breaks a rule, in camelCase.</param>
/// <param name="Reason">The violated rule; never the hash.</param>
public sealed record ImportRejection(int Number, string Member, string Reason);

internal sealed class ImportUsersCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    UserImportValidator validator,
    ImportedUsers importedUsers,
    RegistrationPolicy registration,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ImportUsersCommand, Result<UserImportResult>>
{
    public async Task<Result<UserImportResult>> Handle(ImportUsersCommand command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var rejected = new List<ImportRejection>();
        var existing = new List<ImportedUser>();
        var imported = new List<ImportedUser>();
        var invited = 0;

        // Not in the pipeline: invalid users are skipped and the others imported.
        var wellFormed = command.Users.Where(entry => IsWellFormed(entry, rejected)).ToList();
        var rolesByName = await FindRolesAsync(wellFormed, cancellationToken);
        var taken = await users.ListTakenAsync(
            [.. wellFormed.Select(entry => EmailAddress.From(entry.Email!))],
            cancellationToken
        );
        var takenIds = await ListTakenIdsAsync(wellFormed, cancellationToken);

        foreach (var entry in wellFormed)
        {
            var names = RolesOf(entry);
            if (taken.TryGetValue(EmailAddress.From(entry.Email!).Normalized, out var id))
            {
                existing.Add(new(entry.Number, id, entry.Email!));
            }
            else if (names.FirstOrDefault(name => !rolesByName.ContainsKey(name)) is { } unknown)
            {
                rejected.Add(new(entry.Number, "roles", $"The role '{unknown}' does not exist."));
            }
            else if (names.Sum(name => rolesByName[name].TokenSize) > Role.MaxTokenSize)
            {
                rejected.Add(new(entry.Number, "roles", RoleErrors.TooLarge("roles").Fields!["roles"][0]));
            }
            else if (entry.Id is { } kept && !takenIds.Add(kept))
            {
                rejected.Add(new(entry.Number, "id", "Another user has this id."));
            }
            else
            {
                var user = importedUsers.Add(entry, names.Select(name => rolesByName[name]), now);
                imported.Add(new(entry.Number, user.Id, entry.Email!));
                invited += user.IsInvited ? 1 : 0;
            }
        }

        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new UserImportResult(imported, existing, rejected) { Invited = invited };
    }

    private bool IsWellFormed(UserImport entry, List<ImportRejection> rejected)
    {
        var failures = validator.Validate(entry).Errors.DistinctBy(failure => failure.PropertyName).ToList();
        rejected.AddRange(
            failures.Select(failure => new ImportRejection(
                entry.Number,
                $"{char.ToLowerInvariant(failure.PropertyName[0])}{failure.PropertyName[1..]}",
                failure.ErrorMessage
            ))
        );
        return failures.Count == 0;
    }

    private async Task<Dictionary<RoleName, Role>> FindRolesAsync(
        List<UserImport> entries,
        CancellationToken cancellationToken
    )
    {
        var names = entries.SelectMany(RolesOf).Distinct().ToList();
        var found = await roles.ListByNamesAsync(names, cancellationToken);
        return found.ToDictionary(role => RoleName.From(role.Name));
    }

    private async Task<HashSet<Guid>> ListTakenIdsAsync(List<UserImport> entries, CancellationToken cancellationToken)
    {
        var ids = entries.Select(entry => entry.Id).OfType<Guid>().ToList();
        return ids.Count == 0 ? [] : [.. await users.ListTakenAsync(ids, cancellationToken)];
    }

    private IReadOnlyList<RoleName> RolesOf(UserImport entry) =>
        entry.Roles is { } names ? [.. names.Select(RoleName.From).Distinct()] : [registration.DefaultRole];
}

/// <summary>Decides whether a user of a file is well-formed.</summary>
internal sealed class UserImportValidator : AbstractValidator<UserImport>
{
    public UserImportValidator(IPasswordHasher passwords, ITotp totp, TimeProvider clock)
    {
        RuleFor(entry => entry.Email).EmailAddress();
        RuleFor(entry => entry.PasswordHash)
            .Must(hash => hash is null || passwords.CanVerify(hash))
            .WithMessage("The password hash is malformed, or its cost is out of range.");
        RuleFor(entry => entry.DisplayName).DisplayName();
        RuleFor(entry => entry.Roles)
            .Must(names => names is null || names.All(RoleName.IsValid))
            .WithMessage("The list contains an invalid role name.");
        RuleFor(entry => entry.CreatedAt)
            .Must(createdAt => createdAt is null || createdAt <= clock.GetUtcNow())
            .WithMessage("The time must not be in the future.");
        RuleFor(entry => entry.TotpSecret)
            .Must(secret => secret is null || totp.TryRead(secret) is not null)
            .WithMessage("The secret must be 10 to 64 bytes in Base32.");
        // The invitation would sign in its recipient with the mailbox alone.
        RuleFor(entry => entry.TotpSecret)
            .Null()
            .When(entry => entry.PasswordHash is null, ApplyConditionTo.CurrentValidator)
            .WithMessage(
                "An authenticator app needs a password beside it: import the hash as well, or leave the secret out."
            );
    }
}
