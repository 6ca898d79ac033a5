using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class UserConfiguration : IEntityTypeConfiguration<User>
{
    /// <summary>The longest password hash, in characters.</summary>
    public const int PasswordHashMaxLength = 512;

    private const int StatusMaxLength = 16;

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("Users");
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.OwnsOne(
            user => user.Email,
            email =>
            {
                email.Property(address => address.Value).HasColumnName("Email").HasMaxLength(EmailAddress.MaxLength);
                email
                    .Property(address => address.Normalized)
                    .HasColumnName("NormalizedEmail")
                    .HasMaxLength(EmailAddress.MaxLength);
                email.HasIndex(address => address.Normalized).IsUnique().HasDatabaseName("UX_Users_NormalizedEmail");
            }
        );
        builder.Navigation(user => user.Email).IsRequired();

        // Twice the number of code points: each may take two UTF-16 code units.
        builder.Property(user => user.DisplayName).HasMaxLength(2 * User.DisplayNameMaxLength);
        builder.Property(user => user.PasswordHash).HasMaxLength(PasswordHashMaxLength).IsUnicode(false);
        builder.Property(user => user.Status).HasConversion<string>().HasMaxLength(StatusMaxLength).IsUnicode(false);
        builder.Property(user => user.TokenVersion).IsConcurrencyToken();
        builder.Property(user => user.FlowEpoch).IsConcurrencyToken();
        builder.Property(user => user.SessionVersionReason).HasMaxLength(RevocationReasons.MaxLength).IsUnicode(false);

        builder
            .HasMany(user => user.Roles)
            .WithMany()
            .UsingEntity(
                "UserRoles",
                right =>
                    right.HasOne(typeof(Role)).WithMany().HasForeignKey("RoleId").OnDelete(DeleteBehavior.Restrict),
                left => left.HasOne(typeof(User)).WithMany().HasForeignKey("UserId").OnDelete(DeleteBehavior.Cascade),
                join =>
                {
                    join.HasKey("UserId", "RoleId");
                    join.HasIndex("RoleId", "UserId");
                }
            );
        builder.HasIndex(user => new { user.CreatedAt, user.Id });
        builder.HasIndex(user => new
        {
            user.Status,
            user.CreatedAt,
            user.Id,
        });

        builder.HasIndex(user => new
        {
            user.IsInvited,
            user.CreatedAt,
            user.Id,
        });

        builder.Ignore(user => user.Revocations);
        builder.Ignore(user => user.AccessVersion);
        builder.Ignore(user => user.RoleNames);
        builder.Ignore(user => user.EffectivePermissions);
    }
}
