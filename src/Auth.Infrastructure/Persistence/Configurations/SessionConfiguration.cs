using Auth.Domain.Revocations;
using Auth.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Auth.Infrastructure.Persistence.Configurations;

internal sealed class SessionConfiguration : IEntityTypeConfiguration<Session>
{
    private const int AuthenticationMethodsMaxLength = 64;

    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(session => session.Id).ValueGeneratedNever();
        builder
            .HasOne(session => session.User)
            .WithMany()
            .HasForeignKey(session => session.UserId)
            .OnDelete(DeleteBehavior.Cascade);
        builder.Property(session => session.Salt).HasMaxLength(Session.SaltLength).IsFixedLength();

        // A rotation succeeds only if the generation is the one it read, and the session has not been ended meanwhile.
        builder.Property(session => session.Generation).IsConcurrencyToken();
        builder.Property(session => session.EndedAt).IsConcurrencyToken();

        builder.Property(session => session.EndReason).HasMaxLength(RevocationReasons.MaxLength).IsUnicode(false);
        builder
            .Property(session => session.AuthenticationMethods)
            .HasMaxLength(AuthenticationMethodsMaxLength)
            .IsUnicode(false);
        builder.Property(session => session.IpAddress).HasMaxLength(ClientInfo.IpAddressMaxLength).IsUnicode(false);
        builder.Property(session => session.UserAgent).HasMaxLength(ClientInfo.UserAgentMaxLength);
        builder.HasIndex(session => session.AbsoluteExpiresAt);
        builder.Ignore(session => session.Revocations);
    }
}
