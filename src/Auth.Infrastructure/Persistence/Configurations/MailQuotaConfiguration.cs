using Auth.Domain.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class MailQuotaConfiguration : IEntityTypeConfiguration<MailQuota>
{
    public void Configure(EntityTypeBuilder<MailQuota> builder)
    {
        builder.ToTable("MailQuotas");
        builder.HasKey(quota => quota.Key);
        builder.Property(quota => quota.Key).HasMaxLength(MailQuota.KeyLength).IsFixedLength().ValueGeneratedNever();
        builder.Property(quota => quota.Times).HasMaxLength(MailQuota.TimesMaxLength);
        builder.Property(quota => quota.Version).IsConcurrencyToken();
        builder.HasIndex(quota => quota.LastAt);
    }
}
