using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Auth.Infrastructure.Persistence.Postgres;

/// <summary>The model on PostgreSQL.</summary>
internal sealed class PostgresAppDbContext(DbContextOptions<PostgresAppDbContext> options) : AppDbContext(options)
{
    [SuppressMessage("Security", "MA0009", Justification = "Translated to SQL; a character class cannot backtrack.")]
    public override Expression<Func<User, bool>> HasInternationalAddress { get; } =
        user => Regex.IsMatch(user.Email.Normalized, "[^ -~]") || user.Email.Normalized.Contains("xn--");

    protected override string BinaryCollation => "C";

    protected override string NormalizedRoleName => "COALESCE(\"FoldedName\", \"Name\")";

    // Only stored computed columns can be indexed.
    protected override bool StoresComputedColumns => true;
}

/// <summary>Creates the context for <c>dotnet ef</c>; never connects.</summary>
internal sealed class PostgresDesignTimeFactory : IDesignTimeDbContextFactory<PostgresAppDbContext>
{
    public PostgresAppDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgresAppDbContext>().UseNpgsql("Host=design-time").Options);
}
