using Auth.Domain.Roles;
using Auth.Domain.Users;

namespace Auth.UnitTests.Users;

public sealed class AccessVersionTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0, 1)]
    [InlineData(5, 1, (1L << 20) + 5)]
    [InlineData(AccessVersion.MaxOfUser, int.MaxValue, AccessVersion.MaxValue)]
    public void One_number_contains_both_versions(int ofUser, int ofRoles, long value)
    {
        new AccessVersion(ofUser, ofRoles).Value.ShouldBe(value);
        AccessVersion.From(value).ShouldBe(new AccessVersion(ofUser, ofRoles));
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 1, true)]
    [InlineData(1, 2, true)]
    [InlineData(0, 1, false)]
    [InlineData(1, 0, false)]
    [InlineData(2, 0, true)]
    [InlineData(0, 2, true)]
    public void A_token_is_older_if_either_version_is(int ofUser, int ofRoles, bool isOlder) =>
        new AccessVersion(1, 1).IsOlderThan(new AccessVersion(ofUser, ofRoles)).ShouldBe(isOlder);

    [Fact]
    public void It_increases_when_any_role_of_the_user_changes()
    {
        var admin = Role.CreateSystem(RoleName.From("admin"), "", Permissions.All.Keys, s_now);
        var viewer = Role.CreateSystem(RoleName.From("viewer"), "", [], s_now);
        var author = Role.Create(RoleName.From("author"), description: null, [], admin.NumberChange(), s_now);
        var user = User.Register(EmailAddress.From("ada@example.com"), "", displayName: null, viewer, s_now);
        user.AccessVersion.ShouldBe(new AccessVersion(1, 0));

        user.ChangeRoles([viewer, author], s_now);
        user.AccessVersion.ShouldBe(new AccessVersion(2, 1));

        viewer.Permit(["articles:read"], admin.NumberChange(), s_now);
        user.AccessVersion.ShouldBe(new AccessVersion(2, 2));
        user.TokenVersion.ShouldBe(2);
    }

    [Fact]
    public void A_user_without_roles_has_a_version_too()
    {
        var viewer = Role.CreateSystem(RoleName.From("viewer"), "", [], s_now);
        var user = User.Register(EmailAddress.From("ada@example.com"), "", displayName: null, viewer, s_now);

        user.ChangeRoles([], s_now);

        user.AccessVersion.ShouldBe(new AccessVersion(2, 0));
    }
}
