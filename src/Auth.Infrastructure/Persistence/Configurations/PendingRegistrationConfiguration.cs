using Auth.Domain.Mail;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class PendingRegistrationConfiguration : IEntityTypeConfiguration<PendingRegistration>
{
    public void Configure(EntityTypeBuilder<PendingRegistration> builder)
    {
        builder.ToTable("PendingRegistrations");
        builder.HasKey(registration => registration.FlowId);
        builder.Property(registration => registration.FlowId).ValueGeneratedNever();
        builder
            .Property(registration => registration.PasswordHash)
            .HasMaxLength(UserConfiguration.PasswordHashMaxLength)
            .IsUnicode(false);
        builder.Property(registration => registration.DisplayName).HasMaxLength(2 * User.DisplayNameMaxLength);
    }
}
