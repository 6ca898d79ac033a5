using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class RevocationConfiguration : IEntityTypeConfiguration<Revocation>
{
    public void Configure(EntityTypeBuilder<Revocation> builder)
    {
        builder.ToTable("Revocations");
        builder.Property(revocation => revocation.Reason).HasMaxLength(RevocationReasons.MaxLength).IsUnicode(false);
        builder.Property(revocation => revocation.Role).HasMaxLength(RoleName.MaxLength);
        builder.HasIndex(revocation => revocation.OccurredAt);
    }
}
