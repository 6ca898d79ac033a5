using Auth.Domain.Factors;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class FactorConfiguration : IEntityTypeConfiguration<Factor>
{
    private const int KindMaxLength = 16;
    private const int SealedSecretMaxLength = 256;
    private const int HashLength = 32;
    private const int TransportsMaxLength = 128;

    public void Configure(EntityTypeBuilder<Factor> builder)
    {
        builder.ToTable("Factors");
        builder.Property(factor => factor.Id).ValueGeneratedNever();
        builder.HasOne<User>().WithMany().HasForeignKey(factor => factor.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(factor => factor.Kind).HasConversion<string>().HasMaxLength(KindMaxLength).IsUnicode(false);
        builder.Property(factor => factor.Name).HasMaxLength(2 * Factor.NameMaxLength);
        builder.Property(factor => factor.SealedSecret).HasMaxLength(SealedSecretMaxLength);
        builder.Property(factor => factor.Version).IsConcurrencyToken();
        builder.HasIndex(factor => factor.PendingUserId).IsUnique().HasDatabaseName("UX_Factors_PendingUserId");
        builder.OwnsOne(
            factor => factor.Passkey,
            passkey =>
            {
                passkey
                    .Property(credential => credential.CredentialId)
                    .HasColumnName("CredentialId")
                    .HasMaxLength(PasskeyCredential.IdMaxLength);
                passkey
                    .Property(credential => credential.CredentialIdHash)
                    .HasColumnName("CredentialIdHash")
                    .HasMaxLength(HashLength)
                    .IsFixedLength();
                passkey
                    .Property(credential => credential.PublicKey)
                    .HasColumnName("PublicKey")
                    .HasMaxLength(PasskeyCredential.PublicKeyMaxLength);
                passkey.Property(credential => credential.SignatureCounter).HasColumnName("SignatureCounter");
                passkey
                    .Property(credential => credential.Transports)
                    .HasColumnName("Transports")
                    .HasMaxLength(TransportsMaxLength)
                    .IsUnicode(false);
                passkey.Property(credential => credential.Aaguid).HasColumnName("Aaguid");
                passkey.Property(credential => credential.IsBackupEligible).HasColumnName("IsBackupEligible");
                passkey.Property(credential => credential.IsBackedUp).HasColumnName("IsBackedUp");
                passkey
                    .HasIndex(credential => credential.CredentialIdHash)
                    .IsUnique()
                    .HasDatabaseName("UX_Factors_CredentialIdHash");
            }
        );
    }
}

internal sealed class RecoveryCodeConfiguration : IEntityTypeConfiguration<RecoveryCode>
{
    private const int HashLength = 32;

    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.HasKey(code => code.Hash);
        builder.Property(code => code.Hash).HasMaxLength(HashLength).IsFixedLength().ValueGeneratedNever();
        builder.HasOne<User>().WithMany().HasForeignKey(code => code.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SpentChallengeConfiguration : IEntityTypeConfiguration<SpentChallenge>
{
    public void Configure(EntityTypeBuilder<SpentChallenge> builder)
    {
        builder.ToTable("SpentChallenges");
        builder.Property(challenge => challenge.Id).ValueGeneratedNever();
        builder.HasIndex(challenge => challenge.ExpiresAt);
    }
}
