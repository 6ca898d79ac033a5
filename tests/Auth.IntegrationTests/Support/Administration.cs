using System.Text.Json.Nodes;

namespace Auth.IntegrationTests.Support;

/// <summary>Requests of an administrator that set up a test.</summary>
public static class Administration
{
    /// <summary>A unique role name.</summary>
    public static string NewRoleName() => $"role-{Guid.CreateVersion7():n}";

    /// <summary>Permissions that take up a number of characters in a token, each its length plus three; up to 97 characters each.</summary>
    public static IReadOnlyList<string> PermissionsOf(int size)
    {
        var permissions = new List<string>();
        for (var left = size; left > 0; )
        {
            var share =
                left > 200 ? 100
                : left > 103 ? left / 2
                : left;
            permissions.Add($"r{permissions.Count:000}:".PadRight(share - 3, 'x'));
            left -= share;
        }

        return permissions;
    }

    /// <summary>Creates a role and returns its name.</summary>
    public static async Task<string> CreateRoleAsync(this HttpClient client, Account admin, params string[] permissions)
    {
        var name = NewRoleName();
        await client.PostAsync("/api/roles", new { name, permissions }, admin.AccessToken).ShouldBeAsync(201);
        return name;
    }

    /// <summary>Replaces the permissions of a role.</summary>
    public static Task<JsonNode> ReplaceRoleAsync(
        this HttpClient client,
        Account admin,
        string name,
        params string[] permissions
    ) => client.SendAsync("PUT", $"/api/roles/{name}", new { permissions }, admin.AccessToken).ShouldBeAsync(200);

    /// <summary>Assigns roles to a user, and refreshes the user's token.</summary>
    public static async Task<Account> GiveRolesAsync(
        this HttpClient client,
        Account admin,
        Account user,
        params string[] roles
    )
    {
        await client
            .SendAsync("PUT", $"/api/users/{user.Id}/roles", new { roles }, admin.AccessToken)
            .ShouldBeAsync(200);
        return await user.RefreshAsync(client);
    }

    /// <summary>A new user with exactly these permissions.</summary>
    public static async Task<Account> RegisterWithAsync(
        this HttpClient client,
        Account admin,
        params string[] permissions
    ) =>
        await client.GiveRolesAsync(
            admin,
            await Account.RegisterAsync(client),
            await client.CreateRoleAsync(admin, permissions)
        );
}
