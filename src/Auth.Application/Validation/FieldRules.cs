using System.Linq.Expressions;
using System.Text;
using Auth.Application.Abstractions;
using Auth.Domain.Factors;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Users;
using FluentValidation;

namespace Auth.Application.Validation;

/// <summary>Validation rules that several messages share.</summary>
internal static class FieldRules
{
    private const int MaxRoles = 50;

    public static IRuleBuilderOptions<T, string?> EmailAddress<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("An e-mail address is required.")
            .Must(email => email!.Trim().Length <= Domain.Users.EmailAddress.MaxLength)
            .WithMessage($"E-mail addresses must be at most {Domain.Users.EmailAddress.MaxLength} characters long.")
            .Must(email => Domain.Users.EmailAddress.TryParse(email, out _))
            .WithMessage("Enter a valid e-mail address.");

    public static IRuleBuilderOptions<T, string?> Password<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.NotEmpty().WithMessage("A password is required.");

    public static IRuleBuilderOptions<T, string?> NewPassword<T>(
        this IRuleBuilderInitial<T, string?> rule,
        PasswordLength length
    ) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("A password is required.")
            .Must(password => CodePoints(password!) >= length.Min)
            .WithMessage($"Passwords must be at least {length.Min} characters long.")
            .Must(password => CodePoints(password!) <= PasswordLength.Max)
            .WithMessage($"Passwords must be at most {PasswordLength.Max} characters long.")
            .Must(password => IsText(password!))
            .WithMessage("Passwords must be valid text without NUL characters.");

    public static IRuleBuilderOptions<T, string?> DisplayName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.OptionalText("Display names", User.DisplayNameMaxLength);

    public static IRuleBuilderOptions<T, string?> ServiceAccountName<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("A name is required.")
            .OptionalText("Names", ServiceAccount.NameMaxLength)
            .Must(name => ServiceAccount.Normalize(name!).Length is > 0 and <= ServiceAccount.NormalizedNameMaxLength)
            .WithMessage("Names must contain visible characters, and must not be too long when written out.");

    public static IRuleBuilderOptions<T, string?> RoleDescription<T>(this IRuleBuilder<T, string?> rule) =>
        rule.OptionalText("Descriptions", Role.DescriptionMaxLength);

    public static IRuleBuilderOptions<T, IReadOnlyList<string>?> RoleNames<T>(
        this IRuleBuilderInitial<T, IReadOnlyList<string>?> rule
    ) =>
        rule.Cascade(CascadeMode.Stop)
            .Must(roles => roles is null || roles.Count <= MaxRoles)
            .WithMessage($"A user can have at most {MaxRoles} roles.")
            .Must(roles => roles is null || roles.All(RoleName.IsValid))
            .WithMessage("Enter a valid role name.");

    public static IRuleBuilderOptions<T, int?> PageLimit<T>(this IRuleBuilder<T, int?> rule) =>
        rule.InclusiveBetween(1, PageRequest.MaxLimit)
            .WithMessage($"The limit must be between 1 and {PageRequest.MaxLimit}.");

    public static IRuleBuilderOptions<T, string?> PageCursor<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(cursor => cursor is null || Abstractions.PageCursor.TryParse(cursor, out _))
            .WithMessage("The cursor is invalid.");

    public static void RolePermissions<T>(
        this AbstractValidator<T> validator,
        Expression<Func<T, IReadOnlyList<string>?>> permissions
    )
    {
        validator
            .RuleFor(permissions)
            .Cascade(CascadeMode.Stop)
            .NotNull()
            .WithMessage("A list of permissions is required; it may be empty.")
            .Must(list => list!.Count <= Role.MaxPermissions)
            .WithMessage($"A role can have at most {Role.MaxPermissions} permissions.")
            .Must(list => list!.All(permission => permission is not null && Permissions.IsWellFormed(permission)))
            .WithMessage("Permissions must have the form resource:action in lower case, like articles:write.")
            .Must(list => Role.TokenSizeOf("", list!) <= Role.MaxTokenSize)
            .WithMessage(
                $"The permissions of a role must not take up more than {Role.MaxTokenSize} bytes in an access token."
            );
    }

    public static IRuleBuilderOptions<T, string?> FactorName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.OptionalText("Names", Factor.NameMaxLength);

    private static IRuleBuilderOptions<T, string?> OptionalText<T>(
        this IRuleBuilder<T, string?> rule,
        string texts,
        int maxLength
    ) =>
        rule.Must(text => text is null || !string.IsNullOrWhiteSpace(text))
            .WithMessage($"{texts} must not be blank; omit the field or send null for none.")
            .Must(text => text is null || CodePoints(text) <= maxLength)
            .WithMessage($"{texts} must be at most {maxLength} characters long.")
            .Must(text => text is null || (IsText(text) && !text.Any(char.IsControl)))
            .WithMessage($"{texts} must not contain control characters.");

    private static int CodePoints(string text) => text.EnumerateRunes().Count();

    // A lone surrogate cannot be encoded in UTF-8, and NUL terminates strings in many other programs.
    private static bool IsText(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || !Rune.TryGetRuneAt(text, i, out var rune))
            {
                return false;
            }

            i += rune.Utf16SequenceLength - 1;
        }

        return true;
    }
}
