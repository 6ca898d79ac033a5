using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>
/// The reads of nearly every request, translated to SQL once instead of looked up each time. They belong to the one model
/// of a running service, so they are kept with it.
/// </summary>
internal sealed class CompiledQueries
{
    /// <summary>A user with roles, to be changed.</summary>
    public Func<AppDbContext, Guid, CancellationToken, Task<User?>> FindUser { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid id, CancellationToken _) =>
                context.Users.Include(user => user.Roles).SingleOrDefault(user => user.Id == id)
        );

    /// <summary>A user with roles, to be shown.</summary>
    public Func<AppDbContext, Guid, CancellationToken, Task<User?>> ReadUser { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid id, CancellationToken _) =>
                context.Users.AsNoTracking().Include(user => user.Roles).SingleOrDefault(user => user.Id == id)
        );

    /// <summary>A user with roles by their normalized address, to be changed.</summary>
    public Func<AppDbContext, string, CancellationToken, Task<User?>> FindUserByEmail { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, string email, CancellationToken _) =>
                context.Users.Include(user => user.Roles).SingleOrDefault(user => user.Email.Normalized == email)
        );

    /// <summary>A session with its user and their roles, to be changed.</summary>
    public Func<AppDbContext, Guid, CancellationToken, Task<Session?>> FindSession { get; } =
        EF.CompileAsyncQuery(
            (AppDbContext context, Guid id, CancellationToken _) =>
                context
                    .Sessions.Include(session => session.User)
                        .ThenInclude(user => user.Roles)
                    .SingleOrDefault(session => session.Id == id)
        );
}
