using System.Linq.Expressions;
using Auth.Domain.Audit;
using Auth.Domain.Factors;
using Auth.Domain.Keys;
using Auth.Domain.Lockout;
using Auth.Domain.Mail;
using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Persistence.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Auth.Infrastructure.Persistence;

/// <summary>The EF Core model. Each engine derives a context of its own, because migrations belong to a context.</summary>
internal abstract class AppDbContext(DbContextOptions options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<Role> Roles => Set<Role>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<Revocation> Revocations => Set<Revocation>();

    public DbSet<SigningKey> SigningKeys => Set<SigningKey>();

    public DbSet<FailureCount> FailureCounts => Set<FailureCount>();

    public DbSet<OutgoingMail> Mails => Set<OutgoingMail>();

    public DbSet<MailFlow> MailFlows => Set<MailFlow>();

    public DbSet<MailQuota> MailQuotas => Set<MailQuota>();
    public DbSet<Factor> Factors => Set<Factor>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<SpentChallenge> SpentChallenges => Set<SpentChallenge>();

    public DbSet<ServiceAccount> ServiceAccounts => Set<ServiceAccount>();

    public DbSet<ServiceSecret> ServiceSecrets => Set<ServiceSecret>();

    public DbSet<ServiceToken> ServiceTokens => Set<ServiceToken>();

    public DbSet<AuditRecord> AuditRecords => Set<AuditRecord>();

    public DbSet<AuditChain> AuditChains => Set<AuditChain>();

    /// <summary>
    /// Lists the tracked entities of a type without detecting changes, which <c>ChangeTracker.Entries</c> would do on every
    /// call; saving detects them once.
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
    /// Matches addresses that another version may normalize differently: those with non-ASCII characters or Punycode labels.
    /// </summary>
    public abstract Expression<Func<User, bool>> HasInternationalAddress { get; }

    /// <summary>A collation that compares bytes: equality is decided by our own normalization.</summary>
    protected abstract string BinaryCollation { get; }

    /// <summary>The SQL of the computed column by which role names are compared.</summary>
    protected virtual string NormalizedRoleName => "COALESCE(FoldedName, Name)";

    /// <summary>Whether computed columns are stored, not only indexed.</summary>
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

        // Instances of an earlier version write only normalized names and leave the second column empty. The computed
        // column is unique whichever version writes.
        var role = modelBuilder.Entity<Role>();
        role.Property<string?>("FoldedName").UseCollation(BinaryCollation);
        var normalizedName = role.Property(entity => entity.NormalizedName)
            .HasComputedColumnSql(NormalizedRoleName, StoresComputedColumns);

        // Never read back: a role computes it itself.
        normalizedName.ValueGeneratedNever();
        normalizedName.Metadata.SetBeforeSaveBehavior(PropertySaveBehavior.Ignore);
        normalizedName.Metadata.SetAfterSaveBehavior(PropertySaveBehavior.Ignore);
    }
}
