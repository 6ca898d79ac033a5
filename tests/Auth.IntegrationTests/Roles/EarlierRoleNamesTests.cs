using System.Data.Common;
using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Roles;

/// <summary>Roles stored by the version before <c>AnyRoleName</c>, possibly while this one is running.</summary>
public sealed class EarlierRoleNamesTests : IDisposable
{
    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_migration_keeps_roles_and_their_assignments()
    {
        await using (var service = TestService.Start(_database))
        {
            var admin = await Account.LoginAsAdminAsync(service.Client);
            var role = await service.Client.CreateRoleAsync(admin, "articles:read");
            await service.Client.GiveRolesAsync(admin, await Account.RegisterAsync(service.Client), role);
            await using var scope = service.Services.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<AppDbContext>()
                .GetService<IMigrator>()
                .MigrateAsync("HonourRotatedTokens", TestContext.Current.CancellationToken);
        }

        _database.Columns("Roles").ShouldNotContain("NormalizedName");
        InsertAsBefore("ops");
        var assignments = _database.Count("UserRoles");

        await using var next = TestService.Start(_database);

        _database.Count("Roles", "\"NormalizedName\" = \"Name\"").ShouldBe(5);
        _database.Count("UserRoles").ShouldBe(assignments);
        await ShouldBeFoundAsync(next, "ops");
    }

    [Fact]
    public async Task A_role_added_by_an_earlier_version_is_found_and_its_name_is_taken()
    {
        await using var service = TestService.Start(_database);

        InsertAsBefore("ops");

        await ShouldBeFoundAsync(service, "ops");
    }

    [Fact]
    public async Task An_earlier_instance_cannot_add_a_name_that_is_taken_in_another_case()
    {
        await using var service = TestService.Start(_database);
        var admin = await Account.LoginAsAdminAsync(service.Client);
        await CreateAsync(service, admin, "Ops").ShouldBeAsync(201);

        Should.Throw<DbException>(() => InsertAsBefore("ops"));
    }

    private static async Task ShouldBeFoundAsync(TestService service, string name)
    {
        var admin = await Account.LoginAsAdminAsync(service.Client);
        var upper = name.ToUpperInvariant();
        await CreateAsync(service, admin, upper).ShouldBeProblemAsync(409, "ROLE_ALREADY_EXISTS");
        var role = await service.Client.GetAsync($"/api/roles/{upper}", admin.AccessToken).ShouldBeAsync(200);
        role.Text("name").ShouldBe(name);
    }

    private static Task<HttpResponseMessage> CreateAsync(TestService service, Account admin, string name) =>
        service.Client.PostAsync("/api/roles", new { name, permissions = Array.Empty<string>() }, admin.AccessToken);

    // The columns known to that version.
    private void InsertAsBefore(string name) =>
        _database.Execute(
            $"""
            INSERT INTO "Roles" ("Id", "Name", "IsSystem", "Version", "PermissionsVersion", "TokenSize", "Permissions")
            SELECT {_database.IdText(Guid.CreateVersion7().ToString())}, '{name}', "IsSystem", 0, 0, 9, "Permissions"
            FROM "Roles" WHERE "Name" = 'viewer'
            """
        );
}
