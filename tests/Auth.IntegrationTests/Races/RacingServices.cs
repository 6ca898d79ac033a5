using System.Collections.Concurrent;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Races;

/// <summary>Writers that race for the constraints of service accounts.</summary>
internal static class RacingServices
{
    private const string Conflict = "409 CONCURRENT_UPDATE";
    private const string Invalid = "400 VALIDATION_FAILED";
    private const string Gone = "404 NOT_FOUND";

    public static IReadOnlyList<RacingWriters> All { get; } =
    [
        new(
            "a role is granted to a service account and deleted",
            ["ServiceAccountRoles.RoleId references Roles"],
            DeleteGrantedRoleAsync
        ),
        new(
            "a service account is changed and deleted",
            [
                "ServiceAccountRoles.AccountId references ServiceAccounts",
                "ServiceAccountRoles.AccountId+RoleId is the key",
                "ServiceSecrets.AccountId references ServiceAccounts",
            ],
            DeleteChangedAccountAsync
        ),
        new("a service account is created", ["ServiceAccounts.NormalizedName is unique"], CreateAccountAsync),
        new("secrets are added", ["ServiceAccounts.Version is compared"], AddSecretsAsync),
        new(
            "tokens are issued and their secret removed",
            ["ServiceTokens.SecretId references ServiceSecrets"],
            RemoveUsedSecretAsync
        ),
    ];

    private static async Task DeleteGrantedRoleAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var role = await arena.Client.CreateRoleAsync(admin);
        var service = await Service.CreateAsync(arena.Client, admin);
        var grant = Replace(3, admin, service, ["viewer", role], "200", Invalid, Conflict);
        var delete = Writer.Request(
            2,
            "DELETE",
            $"/api/roles/{role}",
            body: null,
            admin.AccessToken,
            "204",
            Gone,
            "409 ROLE_IN_USE",
            Conflict
        );

        await arena.RaceAsync(round, grant, delete);

        (grant.Successes > 0 && delete.Successes > 0).ShouldBeFalse();
        arena.Database.Count("Roles", $"\"Name\" = '{role}'").ShouldBe(delete.Successes > 0 ? 0 : 1);
    }

    private static async Task DeleteChangedAccountAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var service = await Service.CreateAsync(arena.Client, admin);
        var path = Path(service);
        var one = Replace(2, admin, service, ["viewer"], "200", Gone, Conflict);
        var other = Replace(2, admin, service, ["editor", "viewer"], "200", Gone, Conflict);
        string[] added = ["201", "409 SECRET_LIMIT_REACHED", Gone, Conflict];
        var add = Writer.Request(2, "POST", $"{path}/secrets", new { }, admin.AccessToken, added);
        var delete = Writer.Request(1, "DELETE", path, body: null, admin.AccessToken, "204", Conflict);

        await arena.RaceAsync(round, one, other, add, delete);

        var left = delete.Successes > 0 ? 0 : 1;
        arena.Database.Count("ServiceAccounts", arena.Database.IdIs(service.Id)).ShouldBe(left);
        if (left == 0)
        {
            arena.Database.Count("ServiceSecrets", Of(arena, service)).ShouldBe(0);
            arena.Database.Count("ServiceAccountRoles", Of(arena, service)).ShouldBe(0);
        }
    }

    private static async Task CreateAccountAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var name = Service.NewName();
        Writer[] writers = [Create(name), Create(name.ToUpperInvariant())];

        await arena.RaceAsync(round, writers);

        writers.Sum(writer => writer.Successes).ShouldBe(1);
        arena.Database.Count("ServiceAccounts", $"\"NormalizedName\" = '{name}'").ShouldBe(1);

        Writer Create(string spelling)
        {
            object body = new { name = spelling, roles = (string[])["viewer"] };
            return Writer.Request(
                3,
                "POST",
                "/api/service-accounts",
                body,
                admin.AccessToken,
                "201",
                Invalid,
                Conflict
            );
        }
    }

    private static async Task AddSecretsAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var service = await Service.CreateAsync(arena.Client, admin);
        string[] answers = ["201", "409 SECRET_LIMIT_REACHED", Conflict];
        var add = Writer.Request(5, "POST", $"{Path(service)}/secrets", new { }, admin.AccessToken, answers);

        await arena.RaceAsync(round, add);

        add.Successes.ShouldBe(1);
        arena.Database.Count("ServiceSecrets", Of(arena, service)).ShouldBe(2);
    }

    private static async Task RemoveUsedSecretAsync(Arena arena, int round)
    {
        var admin = await Account.LoginAsAdminAsync(arena.Client);
        var service = await Service.CreateAsync(arena.Client, admin);
        var tokens = new ConcurrentBag<string>();
        var issue = new Writer("POST /oauth/token", 6, IssueAsync, "200", "401");
        var remove = Writer.Request(
            2,
            "DELETE",
            $"{Path(service)}/secrets/{service.SecretId}",
            body: null,
            admin.AccessToken,
            "204",
            Gone,
            Conflict
        );

        await arena.RaceAsync(round, issue, remove);

        remove.Successes.ShouldBe(1);
        arena.Database.Count("ServiceTokens", Of(arena, service)).ShouldBe(0);
        foreach (var token in tokens)
        {
            var session = arena.Database.IdText(Http.Claims(token).Text("sid"));
            arena.Database.Count("Revocations", $"\"SubjectId\" = {session}").ShouldBe(1);
        }

        async Task<(string, string)> IssueAsync(TestService instance)
        {
            using var response = await service.AskForTokenAsync(instance.Client);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (response.IsSuccessStatusCode)
            {
                tokens.Add((await response.ShouldBeAsync(200)).Text("access_token"));
            }

            return ($"{(int)response.StatusCode}", body);
        }
    }

    private static Writer Replace(
        int times,
        Account admin,
        Service service,
        string[] roles,
        params string[] expected
    ) =>
        Writer.Request(
            times,
            "PUT",
            Path(service),
            new { name = $"service {service.Id}", roles },
            admin.AccessToken,
            expected
        );

    private static string Path(Service service) => $"/api/service-accounts/{service.Id}";

    private static string Of(Arena arena, Service service) => $"\"AccountId\" = {arena.Database.IdText(service.Id)}";
}
