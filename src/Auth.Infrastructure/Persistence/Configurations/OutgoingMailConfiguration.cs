using Auth.Domain.Mail;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class OutgoingMailConfiguration : IEntityTypeConfiguration<OutgoingMail>
{
    private const int TemplateMaxLength = 32;
    private const int FailureMaxLength = 16;
    private const int SealedAddressMaxLength = 1100;

    public void Configure(EntityTypeBuilder<OutgoingMail> builder)
    {
        builder.ToTable("Mails");
        builder.Property(mail => mail.Id).ValueGeneratedNever();
        builder
            .Property(mail => mail.Template)
            .HasConversion<string>()
            .HasMaxLength(TemplateMaxLength)
            .IsUnicode(false);
        builder.Property(mail => mail.Culture).HasMaxLength(OutgoingMail.CultureMaxLength).IsUnicode(false);
        builder.Property(mail => mail.SealedAddress).HasMaxLength(SealedAddressMaxLength);
        builder.Property(mail => mail.AddressHash).HasMaxLength(OutgoingMail.AddressHashLength).IsFixedLength();
        builder.Property(mail => mail.Failure).HasConversion<string>().HasMaxLength(FailureMaxLength).IsUnicode(false);
        builder.HasOne<User>().WithMany().HasForeignKey(mail => mail.UserId).OnDelete(DeleteBehavior.Cascade);

        // Whether and what is sent is decided once, even if two instances believe that they hold the lease.
        builder.Property(mail => mail.PreparedAt).IsConcurrencyToken();

        builder.HasIndex(mail => new { mail.UserId, mail.Id });
        builder.HasIndex(mail => mail.NextAttemptAt);
        builder.HasIndex(mail => mail.CreatedAt);
        builder.HasIndex(mail => mail.FailedAt);
    }
}
