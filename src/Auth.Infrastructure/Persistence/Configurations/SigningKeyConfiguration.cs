using Auth.Domain.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class SigningKeyConfiguration : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("SigningKeys");
        builder.Property(key => key.Id).HasMaxLength(SigningKey.IdMaxLength).IsUnicode(false).ValueGeneratedNever();
        builder.Property(key => key.Algorithm).HasMaxLength(SigningKey.AlgorithmMaxLength).IsUnicode(false);
        builder.HasIndex(key => key.Ordinal).IsUnique().HasDatabaseName("UX_SigningKeys_Ordinal");
    }
}
