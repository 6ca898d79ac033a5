using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence;

/// <summary>The model on PostgreSQL.</summary>
internal sealed class PostgresAppDbContext(DbContextOptions<PostgresAppDbContext> options) : AppDbContext(options)
{
    [SuppressMessage("Security", "MA0009", Justification = "Translated to SQL, and a set of characters runs nowhere.")]
    public override Expression<Func<User, bool>> HasInternationalAddress { get; } =
        user => Regex.IsMatch(user.Email.Normalized, "[^ -~]") || user.Email.Normalized.Contains("xn--");

    protected override string BinaryCollation => "C";

    protected override string NormalizedRoleName => "COALESCE(\"FoldedName\", \"Name\")";

    // Only stored ones can have an index.
    protected override bool StoresComputedColumns => true;
}
