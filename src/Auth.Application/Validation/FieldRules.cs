using System.Linq.Expressions;
using System.Text;
using Auth.Application.Abstractions;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using FluentValidation;

namespace Auth.Application.Validation;

/// <summary>The rules for fields that several commands have.</summary>
internal static class FieldRules
{
    public static IRuleBuilderOptions<T, string?> EmailAddress<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("An e-mail address is needed.")
            .Must(email => email!.Trim().Length <= Domain.Users.EmailAddress.MaxLength)
            .WithMessage($"An e-mail address has at most {Domain.Users.EmailAddress.MaxLength} characters.")
            .Must(email => Domain.Users.EmailAddress.TryParse(email, out _))
            .WithMessage("Enter a valid e-mail address.");

    public static IRuleBuilderOptions<T, string?> Password<T>(this IRuleBuilderInitial<T, string?> rule) =>
        rule.NotEmpty().WithMessage("A password is needed.");

    public static IRuleBuilderOptions<T, string?> NewPassword<T>(
        this IRuleBuilderInitial<T, string?> rule,
        PasswordLength length
    ) =>
        rule.Cascade(CascadeMode.Stop)
            .NotEmpty()
            .WithMessage("A password is needed.")
            .Must(password => CodePoints(password!) >= length.Min)
            .WithMessage($"A password has at least {length.Min} characters.")
            .Must(password => CodePoints(password!) <= PasswordLength.Max)
            .WithMessage($"A password has at most {PasswordLength.Max} characters.")
            .Must(password => IsText(password!))
            .WithMessage("A password is text without the character NUL.");

    public static IRuleBuilderOptions<T, string?> DisplayName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(name => name is null || !string.IsNullOrWhiteSpace(name))
            .WithMessage("A display name is not empty; leave it out or send null for none.")
            .Must(name => name is null || CodePoints(name) <= User.DisplayNameMaxLength)
            .WithMessage($"A display name has at most {User.DisplayNameMaxLength} characters.")
            .Must(name => name is null || (IsText(name) && !name.Any(char.IsControl)))
            .WithMessage("A display name has no control characters.");

    public static IRuleBuilderOptions<T, string?> RoleDescription<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(text => text is null || !string.IsNullOrWhiteSpace(text))
            .WithMessage("A description is not empty; leave it out or send null for none.")
            .Must(text => text is null || CodePoints(text) <= Role.DescriptionMaxLength)
            .WithMessage($"A description has at most {Role.DescriptionMaxLength} characters.")
            .Must(text => text is null || (IsText(text) && !text.Any(char.IsControl)))
            .WithMessage("A description has no control characters.");

    public static void RolePermissions<T>(
        this AbstractValidator<T> validator,
        Expression<Func<T, IReadOnlyList<string>?>> permissions
    )
    {
        validator
            .RuleFor(permissions)
            .Cascade(CascadeMode.Stop)
            .NotNull()
            .WithMessage("A list of permissions is needed; it may be empty.")
            .Must(list => list!.Count <= Role.MaxPermissions)
            .WithMessage($"A role has at most {Role.MaxPermissions} permissions.")
            .Must(list => list!.All(permission => permission is not null && Permissions.IsWellFormed(permission)))
            .WithMessage("A permission is a resource, a colon and an action in lower case, like articles:write.")
            .Must(list => Role.TokenSizeOf("", list!) <= Role.MaxTokenSize)
            .WithMessage($"The permissions of a role have at most {Role.MaxTokenSize} characters in all.");
    }

    private static int CodePoints(string text) => text.EnumerateRunes().Count();

    // Half a surrogate pair has no UTF-8 form; NUL ends a string in too many other programs.
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
