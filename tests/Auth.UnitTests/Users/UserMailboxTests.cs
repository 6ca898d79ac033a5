using Auth.Domain.Roles;
using Auth.Domain.Users;

namespace Auth.UnitTests.Users;

/// <summary>What changes for users who prove that they read their mailbox, and for their second factors.</summary>
public sealed class UserMailboxTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Role _viewer = Role.CreateSystem(RoleName.From("viewer"), "", [], s_now);
    private readonly User _user;

    public UserMailboxTests() =>
        _user = User.Register(EmailAddress.From("ada@example.com"), "hash", "Ada", _viewer, s_now);

    [Fact]
    public void An_address_is_confirmed_once()
    {
        _user.ConfirmEmail().ShouldBeTrue();
        _user.ConfirmEmail().ShouldBeFalse();

        _user.EmailConfirmed.ShouldBeTrue();
        _user.Revocations.ShouldBeEmpty();
    }

    [Fact]
    public void A_reset_password_confirms_the_address_and_ends_sessions()
    {
        _user.ResetPassword("other hash", s_now);

        _user.PasswordHash.ShouldBe("other hash");
        _user.EmailConfirmed.ShouldBeTrue();
        (_user.TokenVersion, _user.SessionVersion, _user.DeviceEpoch, _user.FlowEpoch).ShouldBe((2, 2, 1, 1));
        _user.SessionVersionReason.ShouldBe("password_changed");
    }

    [Theory]
    [InlineData(null, "Bob")]
    [InlineData("Robert", "Robert")]
    public void An_accepted_invitation_sets_the_password_and_may_replace_the_name(string? chosen, string expected)
    {
        var user = User.Invite(EmailAddress.From("bob@example.com"), "Bob", [_viewer], s_now);
        (user.IsInvited, user.HasPassword, user.EmailConfirmed).ShouldBe((true, false, false));

        user.AcceptInvitation("hash", chosen, s_now);

        (user.IsInvited, user.HasPassword, user.EmailConfirmed).ShouldBe((false, true, true));
        user.DisplayName.ShouldBe(expected);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("hash", false)]
    public void Only_imported_users_without_a_password_are_invited(string? passwordHash, bool isInvited)
    {
        var user = User.Import(_user.Email, emailConfirmed: false, passwordHash, displayName: null, [_viewer], s_now);

        user.Invite();

        user.IsInvited.ShouldBe(isInvited);
        user.PasswordHash.ShouldBe(passwordHash ?? "");
    }

    [Fact]
    public void A_new_address_is_confirmed_and_sessions_continue()
    {
        _user.ChangeEmail(EmailAddress.From("lovelace@example.com"), s_now);

        _user.Email.Value.ShouldBe("lovelace@example.com");
        _user.EmailConfirmed.ShouldBeTrue();
        (_user.TokenVersion, _user.SessionVersion, _user.FlowEpoch).ShouldBe((2, 1, 1));
        _user.Revocations.ShouldHaveSingleItem().Reason.ShouldBe("email_changed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_restored_address_is_as_it_was_and_sessions_end(bool wasConfirmed)
    {
        _user.ChangeEmail(EmailAddress.From("thief@example.com"), s_now);

        _user.RestoreEmail(EmailAddress.From("ada@example.com"), wasConfirmed, s_now);

        _user.Email.Value.ShouldBe("ada@example.com");
        _user.EmailConfirmed.ShouldBe(wasConfirmed);
        (_user.TokenVersion, _user.SessionVersion, _user.FlowEpoch).ShouldBe((3, 2, 2));
        _user.SessionVersionReason.ShouldBe("email_change_undone");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Changed_factors_revoke_access_tokens_and_mailed_links(bool hasSecondFactor)
    {
        _user.ImportFactor();
        _user.HasSecondFactor.ShouldBeTrue();

        _user.ChangeFactors(hasSecondFactor, s_now);

        _user.HasSecondFactor.ShouldBe(hasSecondFactor);
        (_user.TokenVersion, _user.SessionVersion, _user.FlowEpoch).ShouldBe((2, 1, 1));
        _user.Revocations.ShouldHaveSingleItem().Reason.ShouldBe("factors_changed");
    }

    [Fact]
    public void New_recovery_codes_revoke_mailed_links_only()
    {
        _user.ReplaceRecoveryCodes();

        (_user.TokenVersion, _user.FlowEpoch).ShouldBe((1, 1));
    }
}
