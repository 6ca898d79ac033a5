using Auth.Infrastructure.Background;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Auth.IntegrationTests.Sessions;

public sealed class ExpiredDataCleanupTests
{
    [Fact]
    public async Task Data_that_is_still_needed_is_kept_and_the_rest_is_deleted()
    {
        using var database = new TestDatabase();
        var clock = new TestClock();
        await using var service = TestService.Start(database, clock);
        var ended = await Account.RegisterAsync(service.Client);
        await service
            .Client.PostAsync("/api/auth/logout", new { refreshToken = ended.RefreshToken })
            .ShouldBeAsync(204);
        var idle = await ended.LoginAgainAsync(service.Client);

        clock.Advance(TimeSpan.FromDays(29));
        await RunAsync(service);
        var young = await ended.LoginAgainAsync(service.Client);
        await ended.ShouldHaveEndedAsync(service.Client, "logout");
        await idle.ShouldHaveEndedAsync(service.Client, "expired_idle");
        database.Count("Revocations").ShouldBe(0, "no access token is left that it could revoke");

        clock.Advance(TimeSpan.FromDays(3));
        await RunAsync(service);

        database.Count("Sessions").ShouldBe(1);
        await young.RefreshAsync(service.Client);
        await service
            .Client.PostAsync("/api/auth/refresh", new { refreshToken = ended.RefreshToken })
            .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN");
    }

    [Fact]
    public async Task A_revocation_is_kept_for_the_lifetime_of_an_access_token()
    {
        using var database = new TestDatabase();
        var clock = new TestClock();
        await using var service = TestService.Start(database, clock);
        var account = await Account.RegisterAsync(service.Client);
        await service
            .Client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken })
            .ShouldBeAsync(204);

        clock.Advance(TimeSpan.FromMinutes(10));
        await RunAsync(service);

        await using var late = TestService.Start(database, clock);
        await late.Client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task One_run_deletes_more_than_one_batch()
    {
        using var database = new TestDatabase();
        var clock = new TestClock();
        await using var service = TestService.Start(database, clock);
        var account = await Account.RegisterAsync(service.Client);
        for (var i = 0; i < 1100; i++)
        {
            database.Execute(CopyOfSession(account.SessionId, Guid.CreateVersion7().ToString()));
        }

        clock.Advance(TimeSpan.FromDays(32));
        await RunAsync(service);

        database.Count("Sessions").ShouldBe(0);

        string CopyOfSession(string id, string newId)
        {
            const string columns =
                "\"UserId\", \"SessionVersion\", \"Salt\", \"Generation\", \"Replays\", \"CreatedAt\", \"RotatedAt\", \"ExpiresAt\", "
                + "\"AbsoluteExpiresAt\", \"AuthenticatedAt\", \"AuthenticationMethods\"";
            var cast = database.Provider == "Postgres" ? $"'{newId}'::uuid" : $"'{newId.ToUpperInvariant()}'";
            return $"INSERT INTO \"Sessions\" (\"Id\", {columns}) SELECT {cast}, {columns} FROM \"Sessions\" "
                + $"WHERE {database.IdIs(id)}";
        }
    }

    private static Task RunAsync(TestService service) =>
        service
            .Services.GetServices<IHostedService>()
            .OfType<ExpiredDataCleanup>()
            .Single()
            .RunAsync(TestContext.Current.CancellationToken);
}
