using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Auth.Peers;

/// <summary>A minimal API that reads a user and their roles with a compiled query, from the service's own database.</summary>
internal static class QueryPeer
{
    private static readonly Func<UserContext, Guid, Task<UserRow?>> s_find = EF.CompileAsyncQuery(
        (UserContext context, Guid id) =>
            context.Users.AsNoTracking().Include(user => user.Roles).FirstOrDefault(user => user.Id == id)
    );

    public static Task RunAsync(string provider, string connectionString)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddDbContextPool<UserContext>(options =>
            _ =
                provider == "Sqlite"
                    ? options.UseSqlite(
                        connectionString,
                        // An outer join would read the whole table of assignments.
                        sqlite => sqlite.UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)
                    )
                    : options.UseNpgsql(connectionString)
        );
        var app = builder.Build();
        app.MapGet(
            "/users/{id:guid}",
            async (Guid id, UserContext context) =>
                await s_find(context, id) is { } user ? Results.Ok(UserView.Of(user)) : Results.NotFound()
        );
        return app.RunAsync();
    }

    private sealed record UserView(
        Guid Id,
        string Email,
        string? DisplayName,
        bool EmailConfirmed,
        IReadOnlyList<string> Roles,
        IReadOnlyList<string> Permissions,
        string Status,
        DateTimeOffset CreatedAt,
        DateTimeOffset? LastSignInAt
    )
    {
        public static UserView Of(UserRow user) =>
            new(
                user.Id,
                user.Email,
                user.DisplayName,
                user.EmailConfirmed,
                [.. user.Roles.Select(role => role.Name).Order(StringComparer.Ordinal)],
                [
                    .. user
                        .Roles.SelectMany(role => role.Permissions.Split(' '))
                        .Distinct()
                        .Order(StringComparer.Ordinal),
                ],
                user.Status,
                user.CreatedAt,
                user.LastSignInAt
            );
    }

    private sealed class UserRow
    {
        public Guid Id { get; init; }

        public required string Email { get; init; }

        public string? DisplayName { get; init; }

        public bool EmailConfirmed { get; init; }

        public required string Status { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? LastSignInAt { get; init; }

        public List<RoleRow> Roles { get; } = [];
    }

    private sealed class RoleRow
    {
        public Guid Id { get; init; }

        public required string Name { get; init; }

        public required string Permissions { get; init; }
    }

    private sealed class UserContext(DbContextOptions<UserContext> options) : DbContext(options)
    {
        public DbSet<UserRow> Users => Set<UserRow>();

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<RoleRow>().ToTable("Roles");
            modelBuilder
                .Entity<UserRow>()
                .ToTable("Users")
                .HasMany(user => user.Roles)
                .WithMany()
                .UsingEntity(
                    "UserRoles",
                    right => right.HasOne(typeof(RoleRow)).WithMany().HasForeignKey("RoleId"),
                    left => left.HasOne(typeof(UserRow)).WithMany().HasForeignKey("UserId")
                );
        }

        protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
        {
            if (Database.ProviderName?.EndsWith("Sqlite", StringComparison.Ordinal) == true)
            {
                configurationBuilder.Properties<DateTimeOffset>().HaveConversion<TicksConverter>();
            }
        }
    }

    private sealed class TicksConverter()
        : ValueConverter<DateTimeOffset, long>(
            instant => instant.UtcTicks,
            ticks => new DateTimeOffset(ticks, TimeSpan.Zero)
        );
}
