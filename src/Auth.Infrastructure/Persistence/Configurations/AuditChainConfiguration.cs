using Auth.Domain.Audit;
using Auth.Infrastructure.Persistence.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class AuditChainConfiguration : IEntityTypeConfiguration<AuditChain>
{
    public void Configure(EntityTypeBuilder<AuditChain> builder)
    {
        builder.ToTable("AuditChains");
        builder.Property(chain => chain.Id).ValueGeneratedNever();
        builder.Property(chain => chain.Sequence).IsConcurrencyToken();
        builder.Property(chain => chain.Hash).HasMaxLength(AuditRecord.HashLength).IsFixedLength();
        builder.Property(chain => chain.Seal).HasMaxLength(AuditRecord.HashLength).IsFixedLength();
        builder.Property(chain => chain.RemovedHash).HasMaxLength(AuditRecord.HashLength).IsFixedLength();
        builder.Property(chain => chain.RemovedSeal).HasMaxLength(AuditRecord.HashLength).IsFixedLength();
    }
}
