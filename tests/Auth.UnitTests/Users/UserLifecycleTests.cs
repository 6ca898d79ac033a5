using Auth.Domain.Roles;
using Auth.Domain.Users;

namespace Auth.UnitTests.Users;

public sealed class UserLifecycleTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Role _viewer = Role.CreateSystem(RoleName.From("viewer"), "", [], s_now);
    private readonly Role _editor = Role.CreateSystem(RoleName.From("editor"), "", ["users:read"], s_now);
    private readonly User _user;

    public UserLifecycleTests() =>
        _user = User.Register(EmailAddress.From("ada@example.com"), "hash", "Ada", _viewer, s_now);

    [Fact]
    public void A_new_account_has_the_values_it_was_created_with()
    {
        _user.Email.Value.ShouldBe("ada@example.com");
        _user.EmailConfirmed.ShouldBeFalse();
        _user.PasswordHash.ShouldBe("hash");
        _user.DisplayName.ShouldBe("Ada");
        _user.CreatedAt.ShouldBe(s_now);
        _user.LastSignInAt.ShouldBeNull();
        _user.SessionVersion.ShouldBe(1);
        _user.SessionVersionReason.ShouldBeNull();
    }

    [Fact]
    public void An_imported_account_keeps_its_values()
    {
        var user = User.Import(
            EmailAddress.From("bob@example.com"),
            emailConfirmed: true,
            "$2b$",
            "Bob",
            [_editor, _viewer],
            s_now
        );

        user.Id.Version.ShouldBe(7);
        user.Email.Value.ShouldBe("bob@example.com");
        user.EmailConfirmed.ShouldBeTrue();
        user.PasswordHash.ShouldBe("$2b$");
        user.DisplayName.ShouldBe("Bob");
        user.IsActive.ShouldBeTrue();
        user.RoleNames.ShouldBe(["editor", "viewer"]);
        user.CreatedAt.ShouldBe(s_now);
        user.AccessVersion.ShouldBe(new AccessVersion(1, 0));
    }

    [Fact]
    public void An_imported_account_keeps_its_id_age_and_status()
    {
        var (id, createdAt) = (Guid.CreateVersion7(), new DateTimeOffset(2020, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)));

        var user = User.Import(
            EmailAddress.From("bob@example.com"),
            emailConfirmed: false,
            passwordHash: null,
            displayName: null,
            [_viewer],
            s_now,
            id,
            createdAt,
            isDisabled: true
        );

        user.Id.ShouldBe(id);
        user.CreatedAt.ShouldBe(createdAt);
        user.CreatedAt.Offset.ShouldBe(TimeSpan.Zero);
        user.Status.ShouldBe(UserStatus.Disabled);
        user.HasPassword.ShouldBeFalse();
    }

    [Fact]
    public void A_hash_is_replaced_only_if_it_is_still_the_one_that_was_compared()
    {
        var hash = _user.PasswordHash;

        _user.RehashPassword("another hash", "newer hash");

        _user.PasswordHash.ShouldBe(hash);
    }

    [Fact]
    public void A_sign_in_and_a_new_name_revoke_nothing()
    {
        _user.SignIn(s_now.AddDays(1));
        _user.Rename(displayName: null);
        _user.RehashPassword(_user.PasswordHash, "newer hash");

        _user.LastSignInAt.ShouldBe(s_now.AddDays(1));
        _user.DisplayName.ShouldBeNull();
        _user.PasswordHash.ShouldBe("newer hash");
        (_user.TokenVersion, _user.SessionVersion, _user.DeviceEpoch).ShouldBe((1, 1, 0));
        _user.Revocations.ShouldBeEmpty();
    }

    [Fact]
    public void A_new_password_ends_sessions_and_forgets_devices()
    {
        _user.ChangePassword("other hash", s_now.AddDays(1));

        (_user.TokenVersion, _user.SessionVersion, _user.DeviceEpoch).ShouldBe((2, 2, 1));
        _user.SessionVersionReason.ShouldBe("password_changed");
        _user.Revocations.ShouldHaveSingleItem().OccurredAt.ShouldBe(s_now.AddDays(1));
    }

    [Fact]
    public void An_account_is_disabled_once_and_enabled_once()
    {
        _user.Disable(s_now).ShouldBeTrue();
        _user.Disable(s_now).ShouldBeFalse();

        _user.IsActive.ShouldBeFalse();
        _user.Status.ShouldBe(UserStatus.Disabled);
        (_user.TokenVersion, _user.SessionVersion, _user.DeviceEpoch).ShouldBe((2, 2, 0));
        _user.SessionVersionReason.ShouldBe("user_disabled");
        _user.Revocations.ShouldHaveSingleItem().Reason.ShouldBe("user_disabled");

        _user.Enable().ShouldBeTrue();
        _user.Enable().ShouldBeFalse();

        _user.IsActive.ShouldBeTrue();
        _user.SessionVersion.ShouldBe(2);
    }

    [Fact]
    public void Deleting_an_account_revokes_its_access_tokens()
    {
        _user.Delete(s_now);

        var revocation = _user.Revocations.ShouldHaveSingleItem();
        (revocation.SubjectId, revocation.TokenVersion, revocation.Reason).ShouldBe((_user.Id, 2, "user_deleted"));
    }

    [Fact]
    public void Versions_stop_before_they_overflow()
    {
        for (var version = 1; version < AccessVersion.MaxOfUser; version++)
        {
            _user.Delete(s_now);
        }

        _user.TokenVersion.ShouldBe((1 << 20) - 1);
        Should.Throw<InvalidOperationException>(() => _user.Delete(s_now));
    }

    [Fact]
    public void Roles_are_replaced_by_overlapping_or_disjoint_ones()
    {
        _user.ChangeRoles([_viewer, _editor], s_now).ShouldBeTrue();
        _user.RoleNames.ShouldBe(["editor", "viewer"]);
        _user.ChangeRoles([_editor, _viewer], s_now).ShouldBeFalse();

        _user.ChangeRoles([_editor], s_now).ShouldBeTrue();
        _user.Roles.ShouldBe([_editor]);
        _user.ChangeRoles([_viewer], s_now).ShouldBeTrue();
        _user.Roles.ShouldBe([_viewer]);
    }

    [Fact]
    public void Permissions_can_be_granted_by_users_who_hold_them_and_by_administrators()
    {
        var admin = Role.CreateSystem(RoleName.From("admin"), "", [], s_now);
        _user.AsActor().MayGrant(["users:read"]).ShouldBeFalse();
        _user.IsAdministrator.ShouldBeFalse();

        _user.ChangeRoles([_viewer, _editor], s_now);
        _user.AsActor().MayGrant(["users:read"]).ShouldBeTrue();
        _user.AsActor().MayGrant(["users:read", "users:write"]).ShouldBeFalse();
        _user.AsActor().MayChange(_editor).ShouldBeTrue();
        _user.AsActor().MayChange(admin).ShouldBeFalse();

        _user.ChangeRoles([_viewer, admin], s_now);
        _user.IsAdministrator.ShouldBeTrue();
        _user.AsActor().MayGrant(["users:write"]).ShouldBeTrue();
        _user.AsActor().MayChange(_editor).ShouldBeTrue();
    }
}
