using System.Net.ServerSentEvents;
using System.Text;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Revocations;

/// <summary>The list as server-sent events.</summary>
public sealed class RevocationStreamTests(TwoInstances instances) : IClassFixture<TwoInstances>
{
    [Fact]
    public async Task A_stream_begins_with_everything_and_continues_with_each_change()
    {
        await using var stream = await OpenAsync(instances.Second.Client);
        (await stream.NextAsync()).IsFull.ShouldBeTrue();

        var account = await Account.RegisterAsync(instances.First.Client);
        await instances.First.Client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken });

        await stream.ShouldSendAsync("s", account.SessionId);
    }

    [Fact]
    public async Task A_stream_continues_after_the_last_event_on_another_instance()
    {
        using var database = new TestDatabase();
        await using var first = TestService.Start(database);
        await using var second = TestService.Start(database, first.Clock);
        var start = (await RevocationList.FetchAsync(first.Client)).Cursor;
        (await RevocationList.FetchAsync(first.Client, start)).IsFull.ShouldBeFalse();
        var old = await Account.RegisterAsync(first.Client);
        await first.Client.PostAsync("/api/auth/logout", new { refreshToken = old.RefreshToken });
        (await RevocationList.FetchAsync(first.Client, start)).Find("s", old.SessionId).ShouldNotBeNull();
        string cursor = "";
        foreach (var client in (HttpClient[])[first.Client, second.Client])
        {
            await Proof.EventuallyAsync(
                async () =>
                {
                    // Half a minute later, no earlier row can appear any more.
                    first.Clock.Advance(TimeSpan.FromSeconds(10));
                    cursor = (await RevocationList.FetchAsync(client)).Cursor;
                    return cursor != start;
                },
                "a cursor"
            );
        }

        await using var stream = await OpenAsync(second.Client, cursor);
        (await stream.NextAsync()).IsFull.ShouldBeFalse();
        (await RevocationList.FetchAsync(second.Client, cursor)).Find("s", old.SessionId).ShouldBeNull();
        (await RevocationList.FetchAsync(second.Client)).Find("s", old.SessionId).ShouldNotBeNull();

        var account = await Account.RegisterAsync(first.Client);
        await first.Client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken });
        await stream.ShouldSendAsync("s", account.SessionId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("_____________________w")]
    public async Task An_unknown_cursor_gives_everything(string cursor)
    {
        var account = await Account.RegisterAsync(instances.First.Client);
        await instances.First.Client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken });

        var list = await RevocationList.FetchAsync(instances.First.Client, cursor);

        list.IsFull.ShouldBeTrue();
        list.Find("s", account.SessionId).ShouldNotBeNull();
        await using var stream = await OpenAsync(instances.First.Client, cursor);
        (await stream.NextAsync()).IsFull.ShouldBeTrue();
    }

    [Fact]
    public async Task Streams_are_limited_to_half_of_the_connections()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database, clock: null, ("Limits:MaxConnections", "4"));
        await using (var one = await OpenAsync(service.Client))
        await using (var two = await OpenAsync(service.Client))
        {
            await one.NextAsync();
            await two.NextAsync();
            using var refused = await service.Client.SendAsync(
                "GET",
                RevocationList.Path,
                headers: ("Accept", "text/event-stream")
            );
            await refused.ShouldBeProblemAsync(503, "SERVICE_UNAVAILABLE");
            await RevocationList.FetchAsync(service.Client);
        }

        await Proof.EventuallyAsync(
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, RevocationList.Path);
                request.Headers.Accept.ParseAdd("text/event-stream");
                using var response = await service.Client.SendAsync(
                    request,
                    HttpCompletionOption.ResponseHeadersRead,
                    TestContext.Current.CancellationToken
                );
                return response.IsSuccessStatusCode;
            },
            "that a closed stream makes room"
        );
    }

    private static async Task<RevocationStream> OpenAsync(HttpClient client, string? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, RevocationList.Path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (after is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", after);
        }

        var response = await client.SendAsync(
            request,
            HttpCompletionOption.ResponseHeadersRead,
            TestContext.Current.CancellationToken
        );
        ((int)response.StatusCode).ShouldBe(200);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new(response, client);
    }

    private sealed class RevocationStream(HttpResponseMessage response, HttpClient client) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SseItem<string>> _items = SseParser
            .Create(
                response.Content.ReadAsStream(TestContext.Current.CancellationToken),
                (_, data) => Encoding.ASCII.GetString(data)
            )
            .EnumerateAsync(TestContext.Current.CancellationToken)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        public async Task<RevocationList> NextAsync()
        {
            (await _items.MoveNextAsync()).ShouldBeTrue();
            var list = RevocationList.Parse(_items.Current.Data);
            (_items.Current.EventId ?? "").ShouldBe(list.Cursor);
            await list.ShouldBeGenuineAsync(client);
            return list;
        }

        /// <summary>Reads until an event is there.</summary>
        public async Task ShouldSendAsync(string kind, string value)
        {
            while ((await NextAsync()).Find(kind, value) is null) { }
        }

        public async ValueTask DisposeAsync()
        {
            response.Dispose();
            try
            {
                await _items.DisposeAsync();
            }
            catch (ObjectDisposedException)
            {
                // with the response
            }
        }
    }
}
