using Auth.Domain.Roles;

namespace Auth.UnitTests.Roles;

public sealed class RoleTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly Role _author = Role.Create(
        RoleName.From("author"),
        "Writes.",
        ["b:c", "a:b", "b:c"],
        number: 7,
        s_now
    );

    [Fact]
    public void It_has_each_permission_once_and_in_order()
    {
        _author.Permissions.ShouldBe(["a:b", "b:c"]);
        _author.PermissionsVersion.ShouldBe(7);
        _author.IsSystem.ShouldBeFalse();
        _author.Revocations.ShouldBeEmpty();
        _author.Permits(["b:c", "a:b"]).ShouldBeTrue();
        _author.Permits(["a:b"]).ShouldBeFalse();
    }

    [Fact]
    public void New_permissions_revoke_older_tokens_and_a_new_description_does_not()
    {
        _author.Describe("Writes more.");
        _author.Revocations.ShouldBeEmpty();
        _author.Version.ShouldBe(1);

        _author.Permit(["c:d"], number: 9, s_now);

        _author.Permissions.ShouldBe(["c:d"]);
        _author.Version.ShouldBe(2);
        var revocation = _author.Revocations.ShouldHaveSingleItem();
        revocation.Role.ShouldBe("author");
        revocation.TokenVersion.ShouldBe(9);
        revocation.Reason.ShouldBe("roles_changed");
    }

    [Fact]
    public void Its_size_is_its_share_of_a_token()
    {
        // "author","a:b","b:c", without the commas that are not there at the ends of the arrays
        _author.TokenSize.ShouldBe(6 + 3 + 3 + 3 + 3 + 3);
        _author.Permit([], number: 8, s_now);
        _author.TokenSize.ShouldBe(6 + 3);
    }

    [Fact]
    public void Only_the_admin_role_numbers_changes()
    {
        var admin = Role.CreateSystem(RoleName.From("admin"), "", [], s_now);

        admin.IsSystem.ShouldBeTrue();
        admin.NumberChange().ShouldBe(1);
        admin.NumberChange().ShouldBe(2);
        Should.Throw<InvalidOperationException>(() => _author.NumberChange());
    }
}
