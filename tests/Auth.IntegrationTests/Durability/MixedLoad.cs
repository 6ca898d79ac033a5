using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Durability;

/// <summary>Many simulated users of the service at the same time.</summary>
internal sealed class MixedLoad : IAsyncDisposable
{
    private const int Workers = 8;
    private const int Rounds = 3;

    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly ConcurrentBag<Person> _people = [];
    private readonly ConcurrentDictionary<string, int> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(int Status, string Text)> _surprises = new();
    private readonly Task _working;

    private MixedLoad(HttpClient client)
    {
        _client = client;
        _working = Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync)));
    }

    /// <summary>All registered users, once the load has stopped.</summary>
    public IReadOnlyCollection<Person> People => _people;

    /// <summary>The number of acknowledged requests of each kind.</summary>
    public IReadOnlyDictionary<string, int> Acknowledged => _acknowledged;

    public static MixedLoad Start(HttpClient client) => new(client);

    /// <summary>Waits for a number of further acknowledged requests.</summary>
    public async Task WaitAsync(int acknowledged)
    {
        for (var i = 0; i < acknowledged; i++)
        {
            var news = _news.WaitAsync(TestContext.Current.CancellationToken);
            if (await Task.WhenAny(news, _working) == _working)
            {
                await _working; // it ends only if it fails
            }
        }
    }

    /// <summary>Sends a request and returns the body of the expected answer.</summary>
    /// <exception cref="UnansweredException">There was no response, or an unexpected one.</exception>
    public async Task<JsonNode> SendAsync(
        string method,
        string route,
        object? body = null,
        JsonNode? bearer = null,
        int expected = 200
    )
    {
        try
        {
            using var response = await _client.SendAsync(method, route, body, bearer?.Text("accessToken"));
            var status = (int)response.StatusCode;
            if (status == expected)
            {
                var answer = await response.ShouldBeAsync(expected);
                _acknowledged.AddOrUpdate($"{method} {route}", 1, (_, count) => count + 1);
                _news.Release();
                return answer;
            }

            if (status != 503)
            {
                _surprises.Enqueue((status, $"{method} {route} {status} {await response.Content.ReadAsStringAsync()}"));
            }
        }
        catch (HttpRequestException)
        {
            // The service is gone, possibly after it has processed the request.
        }

        throw new UnansweredException();
    }

    /// <summary>Stops the load, and checks that every response was as expected or a 503.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _working;
        _surprises.ShouldBeEmpty();
    }

    /// <summary>
    /// The same after connections to the database were cut. A commit may succeed after it was looked for, and then the
    /// retry conflicts with it: the address is taken, or the password already changed.
    /// </summary>
    public async Task StopAfterCutsAsync()
    {
        await _stopping.CancelAsync();
        await _working;
        _surprises.Where(surprise => surprise.Status >= 500).ShouldBeEmpty();
    }

    /// <summary>Checks that the service has everything that it had acknowledged to any user.</summary>
    public async Task ShouldBeKnownAsync(HttpClient client) =>
        await Parallel.ForEachAsync(
            _people,
            TestContext.Current.CancellationToken,
            async (person, _) => await person.ShouldBeKnownAsync(client)
        );

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _working;
        _stopping.Dispose();
        _news.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var person = new Person(this);
            try
            {
                await person.LiveAsync(Rounds);
            }
            catch (UnansweredException)
            {
                // This user is done.
            }

            if (person.IsRegistered)
            {
                _people.Add(person);
            }
        }
    }
}
