using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using Auth.Infrastructure.Security.Tokens;
using Microsoft.Extensions.Time.Testing;

namespace Auth.UnitTests.Security.Tokens;

public sealed class RevokedTokensTests
{
    private static readonly DateTimeOffset s_now = TokenWorld.Now;
    private static readonly Guid s_session = Guid.CreateVersion7(s_now);
    private static readonly Guid s_user = Guid.CreateVersion7(s_now);

    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(20);

    private readonly CorrectedClock _clock = new(s_now);
    private readonly RevokedTokens _revoked;

    public RevokedTokensTests() => _revoked = new(_clock);

    private string? Find(Guid sessionId, Guid userId, int version) =>
        _revoked.Find(sessionId, userId, new AccessVersion(version, OfRoles: 0), [])?.Reason;

    [Fact]
    public void Initially_nothing_is_revoked() => Find(s_session, s_user, 1).ShouldBeNull();

    [Fact]
    public void A_session_is_revoked_in_every_version_and_no_other_session_is()
    {
        _revoked.Add(Revocation.OfSession(s_session, RevocationReasons.Logout, s_now));

        Find(s_session, s_user, int.MaxValue).ShouldBe(RevocationReasons.Logout);
        Find(s_user, s_session, 1).ShouldBeNull();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, false)]
    public void Tokens_of_a_user_below_the_version_are_revoked(int version, bool isRevoked)
    {
        _revoked.Add(Revocation.OfUser(s_user, 3, RevocationReasons.RolesChanged, s_now));

        Find(s_session, s_user, version).ShouldBe(isRevoked ? RevocationReasons.RolesChanged : null);
        Find(s_user, s_session, version).ShouldBeNull();
    }

    [Fact]
    public void The_highest_version_counts_in_any_order()
    {
        _revoked.Add(Revocation.OfUser(s_user, 2, RevocationReasons.RolesChanged, s_now));
        _revoked.Add(Revocation.OfUser(s_user, 4, RevocationReasons.UserDisabled, s_now));
        _revoked.Add(Revocation.OfUser(s_user, 3, RevocationReasons.PasswordChanged, s_now));

        Find(s_session, s_user, 3).ShouldBe(RevocationReasons.UserDisabled);
        Find(s_session, s_user, 4).ShouldBeNull();
    }

    [Fact]
    public void The_first_reason_of_a_session_stays()
    {
        _revoked.Add(Revocation.OfSession(s_session, RevocationReasons.ReuseDetected, s_now));
        _revoked.Add(Revocation.OfSession(s_session, RevocationReasons.Logout, s_now));

        Find(s_session, s_user, 1).ShouldBe(RevocationReasons.ReuseDetected);
    }

    [Fact]
    public void The_reason_of_the_session_takes_precedence_over_that_of_the_user()
    {
        _revoked.Add(Revocation.OfUser(s_user, 2, RevocationReasons.RolesChanged, s_now));
        _revoked.Add(Revocation.OfSession(s_session, RevocationReasons.PasswordChanged, s_now));

        Find(s_session, s_user, 1).ShouldBe(RevocationReasons.PasswordChanged);
    }

    [Theory]
    [InlineData(RevocationReasons.RolesChanged, true)]
    [InlineData(RevocationReasons.PasswordChanged, true)]
    [InlineData(RevocationReasons.UserDisabled, false)]
    [InlineData(RevocationReasons.UserDeleted, false)]
    public void A_session_continues_after_some_changes_of_its_user_unless_it_has_ended_itself(
        string reason,
        bool continues
    )
    {
        _revoked.Add(Revocation.OfUser(s_user, 2, reason, s_now));
        _revoked.Add(Revocation.OfSession(s_user, reason, s_now));

        Continues(s_session).ShouldBe(continues);
        Continues(s_user).ShouldBe(false);

        bool? Continues(Guid session) =>
            _revoked.Find(session, s_user, new AccessVersion(1, OfRoles: 0), [])?.SessionContinues;
    }

    [Theory]
    [InlineData(4, "author", true)]
    [InlineData(5, "author", false)]
    [InlineData(6, "author", false)]
    [InlineData(4, "viewer", false)]
    public void Tokens_with_a_role_are_revoked_below_the_number_of_its_change(int number, string role, bool isRevoked)
    {
        var author = Role.Create(RoleName.From("author"), description: null, [], number: 1, s_now);
        author.Permit(["articles:write"], number: 5, s_now);
        _revoked.Add(author.Revocations.ShouldHaveSingleItem());

        var revocation = _revoked.Find(
            s_session,
            s_user,
            new AccessVersion(int.MaxValue >> 11, number),
            ["editor", role]
        );

        revocation.ShouldBe(
            isRevoked ? new TokenRevocation(RevocationReasons.RolesChanged, SessionContinues: true) : null
        );
    }

    [Fact]
    public void Older_revocations_are_dropped_and_newer_ones_kept()
    {
        var other = Guid.CreateVersion7(s_now);
        _revoked.Add(Revocation.OfSession(s_session, RevocationReasons.Logout, s_now));
        _revoked.Add(Revocation.OfUser(s_user, 2, RevocationReasons.RolesChanged, s_now));
        _clock.Advance(TimeSpan.FromSeconds(1));
        _revoked.Add(Revocation.OfSession(other, RevocationReasons.Logout, _clock.GetUtcNow()));

        _clock.Advance(s_age - TimeSpan.FromSeconds(1));
        _revoked.RemoveOlderThan(s_age);
        Find(s_session, s_user, 1).ShouldNotBeNull();
        Find(Guid.Empty, s_user, 1).ShouldNotBeNull();

        _clock.Advance(TimeSpan.FromSeconds(1));
        _revoked.RemoveOlderThan(s_age);
        Find(s_session, s_user, 1).ShouldBeNull();
        Find(other, s_user, 1).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public void Revocations_by_an_instance_with_a_wrong_clock_are_kept_just_as_long(int hours)
    {
        _revoked.Add(Revocation.OfSession(s_session, RevocationReasons.Logout, s_now.AddHours(hours)));

        _clock.Advance(s_age);
        _revoked.RemoveOlderThan(s_age);

        Find(s_session, s_user, 1).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(-2)]
    [InlineData(2)]
    public void Setting_the_clock_back_or_forward_drops_no_revocations(int hours)
    {
        _revoked.Add(Revocation.OfSession(s_session, RevocationReasons.Logout, s_now));

        _clock.Correction = TimeSpan.FromHours(hours);
        _revoked.RemoveOlderThan(s_age);
        Find(s_session, s_user, 1).ShouldNotBeNull();

        // Tokens issued before the clock is set back are valid for that much longer.
        _clock.Advance(s_age + TimeSpan.FromSeconds(1));
        _revoked.RemoveOlderThan(s_age);
        (Find(s_session, s_user, 1) is not null).ShouldBe(hours < 0);
    }

    [Fact]
    public void Role_changes_expire_as_well()
    {
        var author = Role.Create(RoleName.From("author"), description: null, [], number: 1, s_now);
        author.Permit(["articles:write"], number: 5, s_now);
        _revoked.Add(author.Revocations.ShouldHaveSingleItem());
        string? FindOfRole() => _revoked.Find(s_session, s_user, new AccessVersion(1, OfRoles: 4), ["author"])?.Reason;

        _clock.Advance(s_age);
        _revoked.RemoveOlderThan(s_age);
        FindOfRole().ShouldNotBeNull();

        _clock.Advance(TimeSpan.FromTicks(1));
        _revoked.RemoveOlderThan(s_age);
        FindOfRole().ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, 0)]
    public void A_user_is_kept_until_the_latest_revocation_expires(int first, int second)
    {
        _revoked.Add(Revocation.OfUser(s_user, 3, RevocationReasons.RolesChanged, s_now.AddSeconds(first)));
        _revoked.Add(Revocation.OfUser(s_user, 2, RevocationReasons.RolesChanged, s_now.AddSeconds(second)));

        _clock.Advance(s_age + TimeSpan.FromSeconds(5));
        _revoked.RemoveOlderThan(s_age);

        Find(s_session, s_user, 2).ShouldNotBeNull();
    }

    [Fact]
    public void Adding_reading_and_expiring_are_thread_safe()
    {
        Parallel.For(
            0,
            2000,
            i =>
            {
                _revoked.Add(Revocation.OfUser(s_user, i + 1, RevocationReasons.RolesChanged, s_now));
                _revoked.RemoveOlderThan(s_age);
                Find(s_session, s_user, i).ShouldNotBeNull();
            }
        );

        Find(s_session, s_user, 1999).ShouldNotBeNull();
        Find(s_session, s_user, 2000).ShouldBeNull();
    }

    /// <summary>A clock that is corrected without time passing, unlike with <c>AdjustTime</c>.</summary>
    private sealed class CorrectedClock(DateTimeOffset now) : FakeTimeProvider(now)
    {
        public TimeSpan Correction { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Correction;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;
    }
}
