using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Lockout;

public sealed class HashingQueueLockoutTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private TestService? _service;

    private HttpClient Client => _service!.Client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _service!.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task When_the_queue_is_full_clients_get_Retry_After()
    {
        Start(queue: "1");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(_ => LoginAsync(Account.NewEmail(), TestContext.Current.CancellationToken))
        );

        answers.ShouldAllBe(answer => (int)answer.StatusCode == 401 || (int)answer.StatusCode == 503);
        answers.Count(answer => (int)answer.StatusCode == 401).ShouldBeGreaterThanOrEqualTo(2);
        var turnedAway = answers.Where(answer => (int)answer.StatusCode == 503).ToList();
        turnedAway.ShouldNotBeEmpty();
        foreach (var answer in turnedAway)
        {
            await answer.ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
            answer.Headers.GetValues("Retry-After").ShouldBe(["2"]);
        }

        // Nothing was tried, so nothing is counted.
        _database.Count("FailureCounts").ShouldBe(answers.Length - turnedAway.Count);
        using var later = await LoginAsync(Account.NewEmail(), TestContext.Current.CancellationToken);
        await later.ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task A_disconnected_client_leaves_the_queue()
    {
        Start(queue: "100");
        using var hangUp = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 60).Select(_ => LoginAsync(Account.NewEmail(), hangUp.Token)).ToList();
        await Task.WhenAny(waiting);
        await hangUp.CancelAsync();
        var answered = 0;
        foreach (var request in waiting)
        {
            try
            {
                using var response = await request;
                answered++;
            }
            catch (OperationCanceledException)
            {
                // Disconnected before the response, as intended.
            }
        }

        // A new request does not wait for them, and only the few that were being hashed are counted.
        using var next = await LoginAsync(Account.NewEmail(), TestContext.Current.CancellationToken);
        await next.ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        answered.ShouldBeLessThan(waiting.Count);
        _database.Count("FailureCounts").ShouldBeLessThan(waiting.Count);
    }

    // A cost at which one hash takes longer than all requests need to arrive.
    private void Start(string queue) =>
        _service = TestService.Start(
            _database,
            clock: null,
            ("Passwords:BcryptCost", "12"),
            ("Passwords:Workers", "1"),
            ("Passwords:MaxQueuedHashes", queue)
        );

    private Task<HttpResponseMessage> LoginAsync(string email, CancellationToken cancellationToken) =>
        Client.PostAsync(
            "/api/auth/login",
            System.Net.Http.Json.JsonContent.Create(new { email, password = LockoutFixture.WrongPassword }),
            cancellationToken
        );
}
