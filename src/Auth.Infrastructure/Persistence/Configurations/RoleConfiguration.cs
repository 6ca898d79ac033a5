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

        // Redundant with the other index, but instances of the earlier version look roles up by it.
        builder.HasIndex(role => role.Name).IsUnique().HasDatabaseName("UX_Roles_Name");

        // Twice the number of code points: each may take two UTF-16 code units.
        builder.Property(role => role.Description).HasMaxLength(2 * Role.DescriptionMaxLength);
        builder.Property(role => role.Version).IsConcurrencyToken();

        // A space-separated list like an OAuth scope: permissions are always read and replaced together, and a sign-in
        // joins one row per role instead of one per permission.
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
