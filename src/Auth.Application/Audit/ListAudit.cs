using Auth.Application.Abstractions;
using Auth.Application.Validation;
using Auth.Domain.Audit;
using Auth.Domain.Common;
using FluentValidation;
using MediatR;

namespace Auth.Application.Audit;

/// <summary>Returns a page of the audit log, newest first. Times have the format of RFC 3339.</summary>
public sealed record ListAuditQuery(Guid? UserId, string? Type, string? From, string? To, int? Limit, string? Cursor)
    : IRequest<Result<Page<AuditEvent>>>;

internal sealed class ListAuditQueryValidator : AbstractValidator<ListAuditQuery>
{
    private const string InvalidTime = "Enter a time like 2026-01-31T12:00:00Z (RFC 3339).";

    public ListAuditQueryValidator()
    {
        RuleFor(query => query.Type)
            .Must(type => type is null || AuditTypes.IsWellFormed(type))
            .WithMessage("Enter an event type, for example login.failed.");
        RuleFor(query => query.From).Must(IsInstant).WithMessage(InvalidTime);
        RuleFor(query => query.To).Must(IsInstant).WithMessage(InvalidTime);
        RuleFor(query => query.Limit).PageLimit();
        RuleFor(query => query.Cursor).PageCursor();
    }

    private static bool IsInstant(string? text) => text is null || Rfc3339.TryParse(text, out _);
}

internal sealed class ListAuditQueryHandler(IAuditQueries audit)
    : IRequestHandler<ListAuditQuery, Result<Page<AuditEvent>>>
{
    public async Task<Result<Page<AuditEvent>>> Handle(ListAuditQuery query, CancellationToken cancellationToken)
    {
        PageCursor? after = PageCursor.TryParse(query.Cursor, out var cursor) ? cursor : null;
        DateTimeOffset? from = Rfc3339.TryParse(query.From, out var first) ? first.ToUniversalTime() : null;
        DateTimeOffset? to = Rfc3339.TryParse(query.To, out var end) ? end.ToUniversalTime() : null;
        var limit = query.Limit ?? PageRequest.DefaultLimit;

        var filter = new AuditFilter(query.UserId, query.Type, from, to);
        var found = await audit.ListAsync(filter, after, limit + 1, cancellationToken);
        var events = found.Select(AuditEvent.From);
        return Page<AuditEvent>.From(events, limit, item => new PageCursor(item.OccurredAt, item.Id));
    }
}
