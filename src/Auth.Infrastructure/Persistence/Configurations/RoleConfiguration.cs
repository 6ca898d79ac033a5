using Auth.Domain.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class RoleConfiguration : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable("Roles");
        builder.Property(role => role.Id).ValueGeneratedNever();
        builder.Property(role => role.Name).HasMaxLength(RoleName.MaxLength);
        builder.Property<string?>("FoldedName").HasMaxLength(RoleName.MaxLength);
        builder.Property(role => role.NormalizedName).HasMaxLength(RoleName.MaxLength);
        builder.HasIndex(role => role.NormalizedName).IsUnique().HasDatabaseName("UX_Roles_NormalizedName");

        // Says no more than the other index. Instances of the earlier version look roles up here.
        builder.HasIndex(role => role.Name).IsUnique().HasDatabaseName("UX_Roles_Name");

        // Twice the number of code points, which may take two UTF-16 units each.
        builder.Property(role => role.Description).HasMaxLength(2 * Role.DescriptionMaxLength);
        builder.Property(role => role.Version).IsConcurrencyToken();

        // One text, separated by spaces like an OAuth scope: permissions are read and replaced as a whole, and a
        // sign-in joins one row per role instead of one per permission.
        builder
            .Property<List<string>>("_permissions")
            .HasColumnName("Permissions")
            .HasMaxLength(Role.MaxTokenSize)
            .IsUnicode(false)
            .HasConversion(
                permissions => string.Join(' ', permissions),
                text => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList(),
                new ValueComparer<List<string>>(
                    (one, other) => one!.SequenceEqual(other!),
                    permissions => permissions.Count,
                    permissions => permissions.ToList()
                )
            );
        builder.Ignore(role => role.Permissions);
        builder.Ignore(role => role.Revocations);
    }
}
