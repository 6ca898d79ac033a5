using Auth.Application.Abstractions;
using Auth.Application.Pipeline;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Takes over users of another system. One command is one batch, stored together.</summary>
/// <param name="Users">The users.</param>
public sealed record ImportUsersCommand(IReadOnlyList<UserImport> Users) : IRequest<Result<UserImportResult>>;

/// <summary>A user of another system.</summary>
/// <param name="Line">Where they were read, for the report.</param>
/// <param name="Email">The address to sign in with.</param>
/// <param name="PasswordHash">The stored form of the password, of a kind that can be verified.</param>
/// <param name="DisplayName">What the user wants to be called.</param>
/// <param name="Roles">The names of the roles; null for the default role.</param>
/// <param name="EmailConfirmed">Whether the user has shown to receive mail at the address.</param>
public sealed record UserImport(
    int Line,
    string? Email,
    string? PasswordHash,
    string? DisplayName,
    IReadOnlyList<string>? Roles,
    bool EmailConfirmed
)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(UserImport);
}

/// <summary>What became of a batch.</summary>
/// <param name="Imported">How many users were taken over.</param>
/// <param name="Existing">The lines of those whose address belongs to a user already.</param>
/// <param name="Refused">The lines of those who break a rule.</param>
public sealed record UserImportResult(int Imported, IReadOnlyList<int> Existing, IReadOnlyList<ImportRefusal> Refused);

/// <summary>Why a user was not taken over.</summary>
/// <param name="Line">The line.</param>
/// <param name="Reason">What is wrong with it; never the hash.</param>
public sealed record ImportRefusal(int Line, string Reason);

internal sealed class ImportUsersCommandHandler(
    IUserRepository users,
    IRoleRepository roles,
    IPasswordHasher passwords,
    RegistrationPolicy registration,
    IAuditLog audit,
    IUnitOfWork unitOfWork,
    TimeProvider clock
) : IRequestHandler<ImportUsersCommand, Result<UserImportResult>>
{
    // Not the pipeline's: a line that breaks a rule is left out, the others are taken over.
    private static readonly InlineValidator<UserImport> s_shape = MakeShape();

    public async Task<Result<UserImportResult>> Handle(ImportUsersCommand command, CancellationToken cancellationToken)
    {
        var refused = new List<ImportRefusal>();
        var existing = new List<int>();
        var imported = 0;

        var wellFormed = command.Users.Where(user => IsWellFormed(user, refused)).ToList();
        var rolesByName = await FindRolesAsync(wellFormed, cancellationToken);
        var taken = (
            await users.ListTakenAsync(
                [.. wellFormed.Select(user => EmailAddress.From(user.Email!))],
                cancellationToken
            )
        ).ToHashSet(StringComparer.Ordinal);

        var now = clock.GetUtcNow();
        foreach (var entry in wellFormed)
        {
            var names = RolesOf(entry);
            if (names.FirstOrDefault(name => !rolesByName.ContainsKey(name)) is { } unknown)
            {
                refused.Add(new(entry.Line, $"roles: there is no role '{unknown}'"));
            }
            else if (names.Sum(name => rolesByName[name].TokenSize) > User.MaxTokenSize)
            {
                refused.Add(new(entry.Line, $"roles: {RoleErrors.TooLarge("roles").Fields!["roles"][0]}"));
            }
            else if (!taken.Add(EmailAddress.From(entry.Email!).Normalized))
            {
                existing.Add(entry.Line);
            }
            else
            {
                Add(entry, names.Select(name => rolesByName[name]), now);
                imported++;
            }
        }

        await unitOfWork.SaveChangesAsync(cancellationToken);
        return new UserImportResult(imported, existing, refused);
    }

    private void Add(UserImport entry, IEnumerable<Role> userRoles, DateTimeOffset now)
    {
        var user = User.Import(
            EmailAddress.From(entry.Email!),
            entry.EmailConfirmed,
            entry.PasswordHash!,
            entry.DisplayName,
            userRoles,
            now
        );
        users.Add(user);
        audit.Add(
            AuditRecord.Create(
                AuditTypes.UserRegistered,
                AuditOutcome.Success,
                new ClientInfo(IpAddress: null, UserAgent: null),
                now,
                user.Id,
                detail: "imported"
            )
        );
    }

    private bool IsWellFormed(UserImport entry, List<ImportRefusal> refused)
    {
        var reason =
            s_shape.Validate(entry).Errors.FirstOrDefault() is { } failure
                ? $"{char.ToLowerInvariant(failure.PropertyName[0])}{failure.PropertyName[1..]}: {failure.ErrorMessage}"
            : passwords.CanVerify(entry.PasswordHash!) ? null
            : "passwordHash: this is no hash of a known kind, or its cost is out of bounds";
        if (reason is not null)
        {
            refused.Add(new(entry.Line, reason));
        }

        return reason is null;
    }

    private async Task<Dictionary<string, Role>> FindRolesAsync(
        List<UserImport> entries,
        CancellationToken cancellationToken
    )
    {
        var names = entries.SelectMany(RolesOf).Distinct(StringComparer.Ordinal).ToList();
        var found = await roles.ListByNamesAsync(names, cancellationToken);
        return found.ToDictionary(role => role.Name, StringComparer.Ordinal);
    }

    private IReadOnlyList<string> RolesOf(UserImport entry) =>
        entry.Roles is { } names ? [.. names.Distinct(StringComparer.Ordinal)] : [registration.DefaultRole];

    private static InlineValidator<UserImport> MakeShape()
    {
        var shape = new InlineValidator<UserImport>();
        shape.RuleFor(entry => entry.Email).EmailAddress();
        shape.RuleFor(entry => entry.PasswordHash).NotEmpty().WithMessage("A password hash is needed.");
        shape.RuleFor(entry => entry.DisplayName).DisplayName();
        shape
            .RuleFor(entry => entry.Roles)
            .Must(names => names is null || names.All(Role.IsValidName))
            .WithMessage("This is not a list of names of roles.");
        return shape;
    }
}
