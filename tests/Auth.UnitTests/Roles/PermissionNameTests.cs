using Auth.Domain.Roles;

namespace Auth.UnitTests.Roles;

public sealed class PermissionNameTests
{
    [Theory]
    [InlineData("articles:write", true)]
    [InlineData("a:b", true)]
    [InlineData("my-articles2:read-all", true)]
    [InlineData("articles", false)]
    [InlineData("articles:", false)]
    [InlineData(":write", false)]
    [InlineData("articles:write:all", false)]
    [InlineData("Articles:write", false)]
    [InlineData("articles:write ", false)]
    [InlineData("1articles:write", false)]
    public void Permissions_are_a_resource_and_an_action(string permission, bool valid) =>
        Permissions.IsWellFormed(permission).ShouldBe(valid);

    [Fact]
    public void A_permission_has_at_most_100_characters()
    {
        Permissions.IsWellFormed("a:" + new string('b', 98)).ShouldBeTrue();
        Permissions.IsWellFormed("a:" + new string('b', 99)).ShouldBeFalse();
    }

    [Fact]
    public void Built_in_permissions_are_well_formed() =>
        Permissions.All.Keys.ShouldAllBe(permission => Permissions.IsWellFormed(permission));
}
