using Auth.Domain.Mail;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class MailFlowConfiguration : IEntityTypeConfiguration<MailFlow>
{
    private const int PurposeMaxLength = 20;

    // Nonce, tag, key id, and an address of up to four bytes a character.
    private const int SealedAddressMaxLength = 64 + (4 * EmailAddress.MaxLength);

    public void Configure(EntityTypeBuilder<MailFlow> builder)
    {
        builder.ToTable("MailFlows");
        builder.Property(flow => flow.Id).ValueGeneratedNever();
        builder.Property(flow => flow.Purpose).HasConversion<string>().HasMaxLength(PurposeMaxLength).IsUnicode(false);
        builder.HasOne<User>().WithMany().HasForeignKey(flow => flow.UserId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(flow => flow.AddressHash).HasMaxLength(MailFlow.AddressHashLength).IsFixedLength();
        builder.Property(flow => flow.SealedAddress).HasMaxLength(SealedAddressMaxLength);
        builder.Property(flow => flow.Salt).HasMaxLength(MailFlow.SaltLength).IsFixedLength();

        // One use, whatever runs in parallel: it succeeds only if nobody has used the flow, sent another mail or counted a
        // code since it was read.
        builder.Property(flow => flow.Generation).IsConcurrencyToken();
        builder.Property(flow => flow.WrongCodes).IsConcurrencyToken();
        builder.Property(flow => flow.ConsumedAt).IsConcurrencyToken();

        builder
            .HasOne(flow => flow.Registration)
            .WithOne()
            .HasForeignKey<PendingRegistration>(registration => registration.FlowId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(flow => flow.AddressHash);
        builder.HasIndex(flow => flow.ExpiresAt);
    }
}
