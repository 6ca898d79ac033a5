using Auth.Application.Abstractions;
using Auth.Application.Validation;
using Auth.Domain.Common;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using FluentValidation;
using MediatR;

namespace Auth.Application.Users;

/// <summary>Returns a page of users, oldest first. A search text that no address can start with finds nothing.</summary>
public sealed record ListUsersQuery(int? Limit, string? Cursor, string? Search, string? Role, string? Status)
    : IRequest<Result<Page<UserDetails>>>;

internal sealed class ListUsersQueryValidator : AbstractValidator<ListUsersQuery>
{
    public ListUsersQueryValidator()
    {
        RuleFor(query => query.Limit).PageLimit();
        RuleFor(query => query.Cursor).PageCursor();
        RuleFor(query => query.Role)
            .Must(role => role is null || RoleName.IsValid(role))
            .WithMessage("Enter a valid role name.");
        RuleFor(query => query.Status)
            .Must(status => status is null || UserStatusNames.TryParse(status, out _))
            .WithMessage("The status must be 'active', 'invited' or 'disabled'.");
    }
}

internal sealed class ListUsersQueryHandler(IUserQueries users)
    : IRequestHandler<ListUsersQuery, Result<Page<UserDetails>>>
{
    public async Task<Result<Page<UserDetails>>> Handle(ListUsersQuery query, CancellationToken cancellationToken)
    {
        if (query.Search is { } search && EmailAddress.NormalizePrefix(search) is null)
        {
            return new Page<UserDetails>([], null);
        }

        PageCursor? after = PageCursor.TryParse(query.Cursor, out var cursor) ? cursor : null;
        UserStatus? status = UserStatusNames.TryParse(query.Status, out var parsed) ? parsed : null;
        var limit = query.Limit ?? PageRequest.DefaultLimit;

        var filter = new UserFilter(query.Search, RoleName.TryParse(query.Role, out var role) ? role : null, status);
        var found = await users.ListAsync(filter, after, limit + 1, cancellationToken);
        return Page<UserDetails>.From(found, limit, user => new PageCursor(user.CreatedAt, user.Id));
    }
}
