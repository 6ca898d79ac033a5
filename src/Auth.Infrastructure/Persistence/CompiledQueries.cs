using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>Compiled queries for the reads of nearly every request. A compiled query belongs to one model.</summary>
internal sealed class CompiledQueries
{
    /// <summary>A tracked user with roles.</summary>
    public Func<AppDbContext, Guid, CancellationToken, Task<User?>> FindUser { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid id, CancellationToken _) =>
                context.Users.Include(user => user.Roles).SingleOrDefault(user => user.Id == id)
        );

    /// <summary>An untracked user with roles.</summary>
    public Func<AppDbContext, Guid, CancellationToken, Task<User?>> ReadUser { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid id, CancellationToken _) =>
                context.Users.AsNoTracking().Include(user => user.Roles).SingleOrDefault(user => user.Id == id)
        );

    /// <summary>A tracked user with roles, by normalized address.</summary>
    public Func<AppDbContext, string, CancellationToken, Task<User?>> FindUserByEmail { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, string email, CancellationToken _) =>
                context.Users.Include(user => user.Roles).SingleOrDefault(user => user.Email.Normalized == email)
        );

    /// <summary>A tracked session with its user and their roles.</summary>
    public Func<AppDbContext, Guid, CancellationToken, Task<Session?>> FindSession { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid id, CancellationToken _) =>
                context
                    .Sessions.Include(session => session.User)
                        .ThenInclude(user => user.Roles)
                    .SingleOrDefault(session => session.Id == id)
        );
}
