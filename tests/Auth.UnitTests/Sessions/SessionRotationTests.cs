using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;

namespace Auth.UnitTests.Sessions;

public sealed class SessionRotationTests
{
    private static readonly DateTimeOffset s_start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ClientInfo s_client = new("192.0.2.1", "test");
    private static readonly SessionPolicy s_policy = new();

    private readonly Session _session = Session.Start(NewUser(), s_client, s_policy, s_start);

    [Fact]
    public void The_current_generation_rotates_and_slides_the_expiry()
    {
        var now = s_start.AddDays(1);

        _session.Rotate(1, new ClientInfo("192.0.2.2", "other"), s_policy, now).ShouldBe(Rotation.Rotated);

        _session.Generation.ShouldBe(2);
        _session.RotatedAt.ShouldBe(now);
        _session.ExpiresAt.ShouldBe(now.AddDays(14));
        _session.IpAddress.ShouldBe("192.0.2.2");
        _session.UserAgent.ShouldBe("other");
    }

    [Fact]
    public void What_a_step_up_proves_replaces_what_the_sign_in_did()
    {
        _session.StepUp("otp mfa", s_start.AddHours(1));

        (_session.AuthenticationMethods, _session.AuthenticatedAt).ShouldBe(("otp mfa", s_start.AddHours(1)));
    }

    [Fact]
    public void The_expiry_never_slides_past_the_absolute_lifetime()
    {
        for (var day = 10; day < 30; day += 10)
        {
            _session.Rotate(_session.Generation, s_client, s_policy, s_start.AddDays(day)).ShouldBe(Rotation.Rotated);
        }

        _session.ExpiresAt.ShouldBe(s_start.AddDays(30));
        _session.Rotate(3, s_client, s_policy, s_start.AddDays(30)).ShouldBe(Rotation.Ended);
        _session.EndReasonAt(s_start.AddDays(30)).ShouldBe("expired_absolute");
    }

    [Fact]
    public void An_unused_session_expires_at_the_exact_instant()
    {
        _session.IsAliveAt(s_start.AddDays(14).AddTicks(-1)).ShouldBeTrue();
        _session.Rotate(1, s_client, s_policy, s_start.AddDays(14)).ShouldBe(Rotation.Ended);
        _session.EndReasonAt(s_start.AddDays(14)).ShouldBe("expired_idle");
    }

    [Fact]
    public void The_previous_generation_is_a_replay_within_the_window_and_changes_nothing()
    {
        _session.Rotate(1, s_client, s_policy, s_start);

        _session.Rotate(1, s_client, s_policy, s_start.AddSeconds(30).AddTicks(-1)).ShouldBe(Rotation.Replayed);

        _session.Generation.ShouldBe(2);
        _session.EndedAt.ShouldBeNull();
        _session.Revocations.ShouldBeEmpty();
    }

    [Fact]
    public void The_previous_generation_is_reuse_after_the_window_and_ends_the_session()
    {
        _session.Rotate(1, s_client, s_policy, s_start);
        var now = s_start.AddSeconds(30);

        _session.Rotate(1, s_client, s_policy, now).ShouldBe(Rotation.Reused);

        _session.EndedAt.ShouldBe(now);
        _session.EndReason.ShouldBe("reuse_detected");
        var revocation = _session.Revocations.ShouldHaveSingleItem();
        revocation.SubjectId.ShouldBe(_session.Id);
        revocation.TokenVersion.ShouldBeNull();
        revocation.Reason.ShouldBe("reuse_detected");
    }

    [Fact]
    public void Without_a_grace_window_every_second_use_is_reuse()
    {
        var strict = s_policy with { GraceWindow = TimeSpan.Zero };
        _session.Rotate(1, s_client, strict, s_start);

        _session.Rotate(1, s_client, strict, s_start).ShouldBe(Rotation.Reused);
    }

    [Fact]
    public void Without_replays_left_every_second_use_is_reuse()
    {
        var strict = s_policy with { GraceReplays = 0 };
        _session.Rotate(1, s_client, strict, s_start);

        _session.Rotate(1, s_client, strict, s_start).ShouldBe(Rotation.Reused);
    }

    [Fact]
    public void A_generation_that_was_never_issued_is_treated_as_reuse() =>
        _session.Rotate(0, s_client, s_policy, s_start.AddMinutes(1)).ShouldBe(Rotation.Reused);

    [Fact]
    public void A_generation_newer_than_a_restored_backup_continues_the_session()
    {
        var now = s_start.AddMinutes(1);

        _session.Rotate(7, s_client, s_policy, now).ShouldBe(Rotation.Rotated);
        _session.Generation.ShouldBe(8);

        _session.Rotate(7, s_client, s_policy, now).ShouldBe(Rotation.Replayed);
        _session.Rotate(6, s_client, s_policy, now).ShouldBe(Rotation.Reused);
    }

    [Fact]
    public void A_later_generation_does_not_revive_an_ended_session()
    {
        _session.End(RevocationReasons.Logout, s_start);

        _session.Rotate(7, s_client, s_policy, s_start).ShouldBe(Rotation.Ended);
        _session.Generation.ShouldBe(1);
    }

    [Fact]
    public void An_ended_session_keeps_its_first_reason()
    {
        _session.End(RevocationReasons.Logout, s_start).ShouldBeTrue();
        _session.End(RevocationReasons.LogoutAll, s_start).ShouldBeFalse();

        _session.EndReasonAt(s_start.AddDays(100)).ShouldBe("logout");
        _session.Rotate(1, s_client, s_policy, s_start).ShouldBe(Rotation.Ended);
        _session.Revocations.Count.ShouldBe(1);
    }

    [Fact]
    public void A_session_missed_by_a_change_of_its_user_has_ended_all_the_same()
    {
        _session.User.ChangePassword("other hash", s_start);

        _session.Rotate(1, s_client, s_policy, s_start).ShouldBe(Rotation.Ended);
        _session.EndReasonAt(s_start).ShouldBe("password_changed");
    }

    [Fact]
    public void A_session_that_expired_before_the_change_is_expired()
    {
        var expired = s_start.AddDays(14);
        _session.User.Disable(expired);

        _session.EndReasonAt(expired).ShouldBe("expired_idle");
    }

    [Fact]
    public void A_session_that_survives_the_change_continues()
    {
        _session.User.ChangePassword("other hash", s_start);
        _session.KeepActive(_session.User);

        _session.Rotate(1, s_client, s_policy, s_start).ShouldBe(Rotation.Rotated);
    }

    private static User NewUser() =>
        User.Register(
            EmailAddress.From("ada@example.com"),
            "hash",
            displayName: null,
            Role.CreateSystem(RoleName.From("viewer"), "", [], s_start),
            s_start
        );
}
