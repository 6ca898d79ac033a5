using Auth.Domain.Roles;
using Auth.Domain.Users;

namespace Auth.UnitTests.Users;

public sealed class UserTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Role _viewer = Role.CreateSystem(RoleName.From("viewer"), "", [], s_now);
    private readonly Role _editor = Role.CreateSystem(RoleName.From("editor"), "", ["users:read", "roles:read"], s_now);
    private readonly Role _auditor = Role.CreateSystem(
        RoleName.From("auditor"),
        "",
        ["audit:read", "users:read"],
        s_now
    );
    private readonly Role _admin = Role.CreateSystem(RoleName.From("admin"), "", Permissions.All.Keys, s_now);

    [Fact]
    public void A_new_user_is_active_and_has_one_role()
    {
        var user = NewUser(_viewer);

        user.IsActive.ShouldBeTrue();
        user.TokenVersion.ShouldBe(1);
        user.RoleNames.ShouldBe(["viewer"]);
        user.EffectivePermissions.ShouldBeEmpty();
        user.Id.Version.ShouldBe(7);
    }

    [Fact]
    public void Permissions_are_those_of_all_roles_each_once()
    {
        var user = NewUser(_editor);
        user.ChangeRoles([_editor, _auditor], s_now).ShouldBeTrue();

        user.EffectivePermissions.ShouldBe(["audit:read", "roles:read", "users:read"]);
    }

    [Fact]
    public void New_roles_revoke_earlier_access_tokens()
    {
        var user = NewUser(_viewer);

        user.ChangeRoles([_editor], s_now).ShouldBeTrue();

        user.RoleNames.ShouldBe(["editor"]);
        user.TokenVersion.ShouldBe(2);
        var revocation = user.Revocations.ShouldHaveSingleItem();
        revocation.SubjectId.ShouldBe(user.Id);
        revocation.TokenVersion.ShouldBe(2);
        revocation.Reason.ShouldBe("roles_changed");
    }

    [Fact]
    public void Assigning_the_same_roles_revokes_nothing()
    {
        var user = NewUser(_viewer);

        user.ChangeRoles([_viewer], s_now).ShouldBeFalse();

        user.TokenVersion.ShouldBe(1);
        user.Revocations.ShouldBeEmpty();
    }

    [Fact]
    public void A_new_password_revokes_earlier_access_tokens()
    {
        var user = NewUser(_viewer);

        user.ChangePassword("other hash", s_now);

        user.PasswordHash.ShouldBe("other hash");
        user.Revocations.ShouldHaveSingleItem().Reason.ShouldBe("password_changed");
    }

    [Fact]
    public void Users_cannot_grant_permissions_they_do_not_have()
    {
        var editor = NewUser(_editor);

        editor.AsActor().MayGrant(_viewer).ShouldBeTrue();
        editor.AsActor().MayGrant(_editor).ShouldBeTrue();
        editor.AsActor().MayGrant(_auditor).ShouldBeFalse();
        editor.AsActor().MayGrant(_admin).ShouldBeFalse();
    }

    [Fact]
    public void Only_administrators_may_create_or_change_administrators()
    {
        var almighty = NewUser(Role.CreateSystem(RoleName.From("almighty"), "", Permissions.All.Keys, s_now));
        var admin = NewUser(_admin);

        almighty.AsActor().MayGrant(_admin).ShouldBeFalse();
        almighty.AsActor().MayChange(admin).ShouldBeFalse();
        almighty.AsActor().MayChange(NewUser(_viewer)).ShouldBeTrue();
        admin.AsActor().MayGrant(_admin).ShouldBeTrue();
        admin.AsActor().MayChange(NewUser(_admin)).ShouldBeTrue();
    }

    private static User NewUser(Role role) =>
        User.Register(EmailAddress.From("ada@example.com"), "hash", displayName: null, role, s_now);
}
