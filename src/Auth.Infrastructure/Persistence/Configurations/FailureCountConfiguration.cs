using Auth.Domain.Lockout;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class FailureCountConfiguration : IEntityTypeConfiguration<FailureCount>
{
    public void Configure(EntityTypeBuilder<FailureCount> builder)
    {
        builder.ToTable("FailureCounts");
        builder.HasKey(count => count.Key);
        builder.Property(count => count.Key).HasMaxLength(FailureCount.KeyLength).IsFixedLength().ValueGeneratedNever();
        builder.HasOne<User>().WithMany().HasForeignKey(count => count.UserId).OnDelete(DeleteBehavior.Cascade);
        // For the counts of a user, and for counts without a user by age.
        builder.HasIndex(count => new { count.UserId, count.LastFailureAt });
    }
}
