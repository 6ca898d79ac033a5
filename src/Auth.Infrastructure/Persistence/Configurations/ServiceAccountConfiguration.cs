using Auth.Domain.Roles;
using Auth.Domain.ServiceAccounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class ServiceAccountConfiguration : IEntityTypeConfiguration<ServiceAccount>
{
    private const int StatusMaxLength = 16;

    public void Configure(EntityTypeBuilder<ServiceAccount> builder)
    {
        builder.ToTable("ServiceAccounts");
        builder.Property(account => account.Id).ValueGeneratedNever();

        // Twice the number of code points: each may take two UTF-16 code units.
        builder.Property(account => account.Name).HasMaxLength(2 * ServiceAccount.NameMaxLength);
        builder.Property(account => account.Description).HasMaxLength(2 * ServiceAccount.DescriptionMaxLength);
        builder.Property(account => account.NormalizedName).HasMaxLength(ServiceAccount.NormalizedNameMaxLength);
        builder
            .HasIndex(account => account.NormalizedName)
            .IsUnique()
            .HasDatabaseName("UX_ServiceAccounts_NormalizedName");
        builder
            .Property(account => account.Status)
            .HasConversion<string>()
            .HasMaxLength(StatusMaxLength)
            .IsUnicode(false);
        builder.Property(account => account.Version).IsConcurrencyToken();
        builder
            .HasMany(account => account.Roles)
            .WithMany()
            .UsingEntity(
                "ServiceAccountRoles",
                right =>
                    right.HasOne(typeof(Role)).WithMany().HasForeignKey("RoleId").OnDelete(DeleteBehavior.Restrict),
                left =>
                    left.HasOne(typeof(ServiceAccount))
                        .WithMany()
                        .HasForeignKey("AccountId")
                        .OnDelete(DeleteBehavior.Cascade),
                join =>
                {
                    join.HasKey("AccountId", "RoleId");
                    join.HasIndex("RoleId", "AccountId");
                }
            );
        builder
            .HasMany(account => account.Secrets)
            .WithOne()
            .HasForeignKey(secret => secret.AccountId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.Ignore(account => account.Revocations);
        builder.Ignore(account => account.AccessVersion);
        builder.Ignore(account => account.RoleNames);
        builder.Ignore(account => account.EffectivePermissions);
    }
}

internal sealed class ServiceSecretConfiguration : IEntityTypeConfiguration<ServiceSecret>
{
    public void Configure(EntityTypeBuilder<ServiceSecret> builder)
    {
        builder.ToTable("ServiceSecrets");
        builder.Property(secret => secret.Id).ValueGeneratedNever();
        builder.Property(secret => secret.Hash).HasMaxLength(ServiceSecret.HashLength).IsFixedLength();
        builder.HasIndex(secret => secret.ExpiresAt);
    }
}

internal sealed class ServiceTokenConfiguration : IEntityTypeConfiguration<ServiceToken>
{
    public void Configure(EntityTypeBuilder<ServiceToken> builder)
    {
        builder.ToTable("ServiceTokens");
        builder.Property(token => token.Id).ValueGeneratedNever();

        // Not deleted with the secret: only then does removing it find every token, and revoke it.
        builder
            .HasOne<ServiceSecret>()
            .WithMany()
            .HasForeignKey(token => token.SecretId)
            .OnDelete(DeleteBehavior.SetNull);
        builder.HasIndex(token => new { token.SecretId, token.AccountId });
        builder.HasIndex(token => token.ExpiresAt);
        builder.Ignore(token => token.Revocations);
    }
}
