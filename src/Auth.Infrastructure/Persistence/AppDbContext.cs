using System.Linq.Expressions;
using Auth.Domain.Audit;
using Auth.Domain.Keys;
using Auth.Domain.Lockout;
using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Persistence.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Auth.Infrastructure.Persistence;

/// <summary>The one model of the data. Each engine has a context of its own, so that it has migrations of its own.</summary>
internal abstract class AppDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Role> Roles => Set<Role>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Revocation> Revocations => Set<Revocation>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<FailureCount> FailureCounts => Set<FailureCount>();

    public DbSet<AuditRecord> AuditRecords => Set<AuditRecord>();

    public DbSet<AuditChain> AuditChains => Set<AuditChain>();

    /// <summary>
    /// What is tracked of a type. Nothing is compared with what was read, as it is each time when the framework is asked:
    /// saving does so once for all.
    /// </summary>
    public IReadOnlyList<EntityEntry<TEntity>> ListTracked<TEntity>()
        where TEntity : class
    {
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. ChangeTracker.Entries<TEntity>()];
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }

    /// <summary>
    /// The condition that an address may be compared differently by another version: that it has characters beyond ASCII,
    /// or what may be the ASCII form of some.
    /// </summary>
    public abstract Expression<Func<User, bool>> HasInternationalAddress { get; }

    /// <summary>A collation that compares bytes: what is equal is decided by our own normalisation.</summary>
    protected abstract string BinaryCollation { get; }

    /// <summary>How the text is computed that role names are compared by.</summary>
    protected virtual string NormalizedRoleName => "COALESCE(FoldedName, Name)";

    /// <summary>Whether computed columns are stored, or only their indexes.</summary>
    protected virtual bool StoresComputedColumns => false;

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(AppDbContext).Assembly);

        var textKeys = modelBuilder
            .Model.GetEntityTypes()
            .SelectMany(entity => entity.GetProperties())
            .Where(property => property.ClrType == typeof(string) && property.IsIndex() | property.IsKey());
        foreach (var property in textKeys)
        {
            property.SetCollation(BinaryCollation);
        }

        // Instances of the earlier version know names only that are normalized as they are, and leave the second column
        // empty: together they are unique, whoever writes.
        var role = modelBuilder.Entity<Role>();
        role.Property<string?>("FoldedName").UseCollation(BinaryCollation);
        var normalizedName = role.Property(entity => entity.NormalizedName)
            .HasComputedColumnSql(NormalizedRoleName, StoresComputedColumns);

        // Neither written nor read back: a role knows it from the start.
        normalizedName.ValueGeneratedNever();
        normalizedName.Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        normalizedName.Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }
}
