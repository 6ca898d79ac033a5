using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

// Memory is that of the whole process: nothing else may run in it.
[CollectionDefinition(nameof(LongLivedSessionTests), DisableParallelization = true)]
[Collection(nameof(LongLivedSessionTests))]
public sealed class LongLivedSessionTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const int WarmUp = 200;

    // Uncollected garbage, and memory of the runtime itself.
    private const long MemoryTolerance = 16 * 1024 * 1024;

    [Fact]
    public async Task Refreshing_grows_neither_the_database_nor_memory()
    {
        var account = await RefreshAsync(await Account.RegisterAsync(fixture.Client), WarmUp);
        var rows = Rows();
        var memory = GC.GetTotalMemory(forceFullCollection: true);

        account = await RefreshAsync(account, Proof.Rounds(everyTime: 500, full: 1_000_000));

        Rows().ShouldBe(rows);
        (GC.GetTotalMemory(forceFullCollection: true) - memory).ShouldBeLessThan(MemoryTolerance);
        fixture.Database.Count("Sessions", fixture.Database.IdIs(account.SessionId)).ShouldBe(1);
    }

    private string Rows() =>
        string.Join(
            ' ',
            new[] { "Users", "Sessions", "Revocations", "AuditRecords", "SigningKeys" }.Select(table =>
                $"{table}: {fixture.Database.Count(table)}"
            )
        );

    private async Task<Account> RefreshAsync(Account account, int times)
    {
        for (var i = 0; i < times; i++)
        {
            account = await account.RefreshAsync(fixture.Client);
        }

        return account;
    }
}
