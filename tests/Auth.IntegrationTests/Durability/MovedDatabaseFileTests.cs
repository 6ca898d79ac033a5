using Auth.IntegrationTests.Support;
using Microsoft.Data.Sqlite;

namespace Auth.IntegrationTests.Durability;

/// <summary>The file of the embedded database is moved or deleted.</summary>
public sealed class MovedDatabaseFileTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Engine", "Sqlite")]
    public async Task Nothing_is_acknowledged_until_the_file_is_back(bool isReplaced)
    {
        using var database = new TestDatabase();
        Assert.SkipUnless(database.Provider == "Sqlite", "Only SQLite has a file that others can move.");
        await using var service = TestService.Start(database);
        var account = await Account.RegisterAsync(service.Client);
        var path = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
        var replacement = path + "-replacement";
        database.Execute($"VACUUM INTO '{replacement}'");
        SqliteConnection.ClearAllPools();

        File.Move(path, path + "-moved");
        if (isReplaced)
        {
            File.Move(replacement, path);
        }

        var replaced = isReplaced ? await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken) : null;
        (string Method, string Route, object? Body)[] requests =
        [
            ("POST", "/api/auth/register", new { email = Account.NewEmail(), password = Account.DefaultPassword }),
            ("POST", "/api/auth/login", new { email = account.Email, password = account.Password }),
            ("POST", "/api/auth/refresh", new { refreshToken = account.RefreshToken }),
            ("GET", "/api/users/me", null),
        ];
        foreach (var (method, route, body) in requests)
        {
            await service
                .Client.SendAsync(method, route, body, account.AccessToken)
                .ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
        }

        await service.Client.GetAsync("/health/ready", bearer: null).ShouldBeAsync(503);
        if (replaced is null)
        {
            File.Exists(path).ShouldBeFalse("no other file was created in its place");
        }
        else
        {
            (await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)).ShouldBe(replaced);
        }

        File.Move(path + "-moved", path, overwrite: true);

        await Readiness.ShouldBecomeAsync(service.Client, 200, "return", output);
        await account.RefreshAsync(service.Client);
        database.ShouldBeIntact();
    }
}
