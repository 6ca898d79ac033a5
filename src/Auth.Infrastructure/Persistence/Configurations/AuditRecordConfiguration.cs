using Auth.Domain.Audit;
using Auth.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class AuditRecordConfiguration : IEntityTypeConfiguration<AuditRecord>
{
    private const int OutcomeMaxLength = 16;

    public void Configure(EntityTypeBuilder<AuditRecord> builder)
    {
        builder.ToTable("AuditRecords");
        builder.Property(record => record.Id).ValueGeneratedNever();
        builder.Property(record => record.Type).HasMaxLength(AuditTypes.MaxLength).IsUnicode(false);
        builder
            .Property(record => record.Outcome)
            .HasConversion<string>()
            .HasMaxLength(OutcomeMaxLength)
            .IsUnicode(false);
        builder.Property(record => record.IpAddress).HasMaxLength(ClientInfo.IpAddressMaxLength).IsUnicode(false);
        builder.Property(record => record.UserAgent).HasMaxLength(ClientInfo.UserAgentMaxLength);
        builder.Property(record => record.Detail).HasMaxLength(AuditRecord.DetailMaxLength);
        builder.Property(record => record.Hash).HasMaxLength(AuditRecord.HashLength).IsFixedLength();
        builder.Property(record => record.PersonalDataHash).HasMaxLength(AuditRecord.HashLength).IsFixedLength();
        builder.Property(record => record.PersonalDataSalt).HasMaxLength(AuditRecord.SaltLength).IsFixedLength();
        builder
            .HasIndex(record => new { record.ChainId, record.Sequence })
            .IsUnique()
            .HasDatabaseName("UX_AuditRecords_ChainId_Sequence");
        builder.HasIndex(record => new { record.OccurredAt, record.Id });
        builder.HasIndex(record => new
        {
            record.Type,
            record.OccurredAt,
            record.Id,
        });
        builder.HasIndex(record => record.ActorId);
        builder.HasIndex(record => new
        {
            record.UserId,
            record.OccurredAt,
            record.Id,
        });
    }
}
