using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.UnitTests.Sessions;

public sealed class SessionStartTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly User _user = User.Register(
        EmailAddress.From("ada@example.com"),
        "hash",
        displayName: null,
        Role.CreateSystem(RoleName.From("viewer"), "", [], s_now),
        s_now
    );

    [Fact]
    public void A_session_starts_with_generation_one_and_expires_after_two_weeks_unused_or_thirty_days()
    {
        var session = Start(new SessionPolicy());

        session.Id.Version.ShouldBe(7);
        session.UserId.ShouldBe(_user.Id);
        session.User.ShouldBe(_user);
        session.SessionVersion.ShouldBe(1);
        session.Generation.ShouldBe(1);
        session.Replays.ShouldBe(0);
        session.CreatedAt.ShouldBe(s_now);
        session.RotatedAt.ShouldBe(s_now);
        session.AuthenticatedAt.ShouldBe(s_now);
        session.AuthenticationMethods.ShouldBe("pwd");
        session.ExpiresAt.ShouldBe(s_now.AddDays(14));
        session.AbsoluteExpiresAt.ShouldBe(s_now.AddDays(30));
        (session.IpAddress, session.UserAgent).ShouldBe(("192.0.2.1", "test"));
    }

    [Fact]
    public void Each_session_has_its_own_salt()
    {
        var (one, other) = (Start(new SessionPolicy()), Start(new SessionPolicy()));

        one.Salt.Length.ShouldBe(Session.SaltLength);
        one.Salt.ShouldNotBe(other.Salt);
    }

    [Fact]
    public void The_first_token_expires_no_later_than_the_absolute_lifetime()
    {
        var session = Start(new SessionPolicy { AbsoluteLifetime = TimeSpan.FromDays(7) });

        session.ExpiresAt.ShouldBe(s_now.AddDays(7));
        session.EndReasonAt(s_now.AddDays(7)).ShouldBe("expired_absolute");
    }

    [Fact]
    public void An_expired_session_is_not_ended_again()
    {
        var session = Start(new SessionPolicy());

        session.End("logout", s_now.AddDays(14)).ShouldBeFalse();

        session.EndedAt.ShouldBeNull();
        session.Revocations.ShouldBeEmpty();
    }

    [Fact]
    public void Ending_a_session_adds_a_revocation_with_its_time()
    {
        var session = Start(new SessionPolicy());
        var now = s_now.AddDays(1);

        session.End("logout", now).ShouldBeTrue();

        (session.EndedAt, session.EndReason).ShouldBe((now, "logout"));
        session.Revocations.ShouldHaveSingleItem().OccurredAt.ShouldBe(now);
    }

    private Session Start(SessionPolicy policy) =>
        Session.Start(_user, new ClientInfo("192.0.2.1", "test"), policy, s_now);
}
