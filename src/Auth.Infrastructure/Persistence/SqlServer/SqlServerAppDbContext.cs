using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Linq.Expressions;
using Auth.Domain.Audit;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Storage;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>The model on SQL Server.</summary>
internal sealed class SqlServerAppDbContext(DbContextOptions<SqlServerAppDbContext> options) : AppDbContext(options)
{
    public override Expression<Func<User, bool>> HasInternationalAddress { get; } =
        user => EF.Functions.Like(user.Email.Normalized, "%[^ -~]%") || user.Email.Normalized.Contains("xn--");

    protected override string BinaryCollation => "Latin1_General_100_BIN2";

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        // Clusters growing tables by time, so that inserts go to the end. Primary keys would scatter them: SQL Server compares
        // the last bytes of a GUID first, and those of version 7 are random.
        Cluster<User>(modelBuilder, user => new { user.CreatedAt, user.Id });
        Cluster<Session>(modelBuilder, session => session.AbsoluteExpiresAt);
        Cluster<AuditRecord>(modelBuilder, record => new { record.OccurredAt, record.Id });

        var fixedBytes = modelBuilder
            .Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties())
            .Where(property => property.ClrType == typeof(byte[]) && property.IsFixedLength() == true);
        foreach (var property in fixedBytes)
        {
            property.SetTypeMapping(new FixedBytes(property.GetMaxLength()!.Value));
        }
    }

    private static void Cluster<T>(ModelBuilder modelBuilder, Expression<Func<T, object?>> columns)
        where T : class
    {
        var table = modelBuilder.Entity<T>();
        table.HasIndex(columns).IsClustered();
        table.Metadata.FindPrimaryKey()!.SetIsClustered(false);
    }

    /// <summary>Sends bytes with the type of the column; the provider would send <c>varbinary</c>.</summary>
    private sealed class FixedBytes : ByteArrayTypeMapping
    {
        public FixedBytes(int length)
            : base(string.Create(CultureInfo.InvariantCulture, $"binary({length})"), System.Data.DbType.Binary, length)
        { }

        private FixedBytes(RelationalTypeMappingParameters parameters)
            : base(parameters) { }

        protected override RelationalTypeMapping Clone(RelationalTypeMappingParameters parameters) =>
            new FixedBytes(parameters);

        protected override void ConfigureParameter(DbParameter parameter)
        {
            base.ConfigureParameter(parameter);
            ((SqlParameter)parameter).SqlDbType = SqlDbType.Binary;
            parameter.Size = Size!.Value;
        }
    }
}

/// <summary>Creates the context for <c>dotnet ef</c>; never connects.</summary>
internal sealed class SqlServerDesignTimeFactory : IDesignTimeDbContextFactory<SqlServerAppDbContext>
{
    public SqlServerAppDbContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqlServerAppDbContext>().UseSqlServer("Server=design-time").Options);
}
