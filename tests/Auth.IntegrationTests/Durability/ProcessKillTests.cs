using System.Security.Cryptography;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Durability;

public sealed class ProcessKillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Acknowledged_changes_are_never_lost()
    {
        using var database = new TestDatabase();
        var rounds = Proof.Rounds(everyTime: 2, full: 20);
        var acknowledged = new Dictionary<string, int>(StringComparer.Ordinal);
        var people = 0;
        for (var round = 0; round < rounds; round++)
        {
            MixedLoad load;
            using (var process = OperatedService.Start(database.Provider, database.ConnectionString))
            {
                using var client = await process.ListenAsync();
                await using (load = MixedLoad.Start(client))
                {
                    await load.WaitAsync(acknowledged: RandomNumberGenerator.GetInt32(100, 1000));
                    process.Kill();
                    await load.StopAsync();
                }
            }

            database.ShouldBeIntact();
            using var next = OperatedService.Start(database.Provider, database.ConnectionString);
            using var nextClient = await next.ListenAsync();
            await load.ShouldBeKnownAsync(nextClient);
            people += load.People.Count;
            foreach (var (request, count) in load.Acknowledged)
            {
                acknowledged[request] = acknowledged.GetValueOrDefault(request) + count;
            }
        }

        output.WriteLine(
            $"{database.Provider}: killed {rounds} times, {people} people, {acknowledged.Values.Sum()} requests acknowledged, "
                + "none lost"
        );
        foreach (var (request, count) in acknowledged)
        {
            output.WriteLine($"  {request}: {count}");
        }
    }
}
