using System.Net;
using System.Net.Http.Json;
using Auth.Testing;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Articles.Api.Tests;

/// <summary>Who may do what in this service, with real tokens of Auth.</summary>
public sealed class ArticleTests : IAsyncLifetime
{
    private readonly WebApplicationFactory<Program> _factory = new();
    private AuthTestHost _auth = null!;

    public async ValueTask InitializeAsync() =>
        _auth = await AuthTestHost.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        await _auth.DisposeAsync();
    }

    [Fact]
    public async Task Writers_may_write_and_readers_may_read()
    {
        var client = CreateClient(_auth);

        var written = await client
            .As(_auth.User("ada").With("articles:write"))
            .PostAsJsonAsync("/articles", new { title = "News" });
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
        Assert.Contains("News", await client.As(_auth.User("bob").With("articles:read")).GetStringAsync("/articles"));
    }

    [Fact]
    public async Task A_user_without_the_permission_is_forbidden()
    {
        var client = CreateClient(_auth).As(_auth.User("eve"));

        await ShouldBeAsync(client.GetAsync("/articles"), HttpStatusCode.Forbidden, "FORBIDDEN");
    }

    [Fact]
    public async Task Nobody_in_particular_is_refused() =>
        await ShouldBeAsync(CreateClient(_auth).GetAsync("/articles"), HttpStatusCode.Unauthorized, "MISSING_TOKEN");

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        var client = CreateClient(_auth).As(_auth.User("ada").With("articles:read"));

        await _auth.AdvanceAsync(TimeSpan.FromMinutes(16));

        await ShouldBeAsync(client.GetAsync("/articles"), HttpStatusCode.Unauthorized, "TOKEN_EXPIRED");
    }

    [Fact]
    public async Task After_the_logout_the_token_is_refused()
    {
        var ada = _auth.User("ada").With("articles:read");
        var client = CreateClient(_auth).As(ada);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/articles")).StatusCode);

        await ada.LogOutAsync();

        await ShouldBeAsync(client.GetAsync("/articles"), HttpStatusCode.Unauthorized, "TOKEN_REVOKED");
    }

    [Fact]
    public async Task New_permissions_are_in_the_next_token_and_the_old_one_is_refused()
    {
        var ada = _auth.User("ada").With("articles:read");
        var (before, after) = (CreateClient(_auth).As(ada), CreateClient(_auth));

        after.As(ada.With("articles:write"));

        await ShouldBeAsync(before.GetAsync("/articles"), HttpStatusCode.Unauthorized, "TOKEN_REVOKED");
        var written = await after.PostAsJsonAsync("/articles", new { title = "News" });
        Assert.Equal(HttpStatusCode.Created, written.StatusCode);
    }

    [Fact]
    public async Task Everything_is_deleted_only_after_a_second_factor_was_used()
    {
        var ada = _auth.User("ada").With("articles:write");
        var client = CreateClient(_auth).As(ada);
        await ShouldBeAsync(client.DeleteAsync("/articles"), HttpStatusCode.Unauthorized, "STEP_UP_REQUIRED");

        await ada.StepUpAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.As(ada).DeleteAsync("/articles")).StatusCode);

        await _auth.AdvanceAsync(TimeSpan.FromMinutes(11));
        await ada.RefreshAsync();
        var refused = await client.As(ada).DeleteAsync("/articles");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Contains("max_age=\"600\"", refused.Headers.WwwAuthenticate.ToString());
        Assert.Contains("acr_values=\"mfa\"", refused.Headers.WwwAuthenticate.ToString());

        await ada.StepUpAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.As(ada).DeleteAsync("/articles")).StatusCode);
    }

    [Fact]
    public async Task A_token_for_another_service_is_refused()
    {
        await using var other = await AuthTestHost.StartAsync(audience: "another");
        var client = CreateClient(other).As(other.User("ada").With("articles:read"));

        await ShouldBeAsync(client.GetAsync("/articles"), HttpStatusCode.Unauthorized, "INVALID_TOKEN");
    }

    [Fact]
    public async Task After_an_emergency_all_tokens_are_refused_and_new_ones_are_not()
    {
        var ada = _auth.User("ada").With("articles:read");
        var client = CreateClient(_auth).As(ada);

        await _auth.WithdrawKeysAsync();
        await ShouldBeAsync(client.GetAsync("/articles"), HttpStatusCode.Unauthorized, "INVALID_TOKEN");
        await ada.RefreshAsync();
        Assert.Equal(HttpStatusCode.OK, (await client.As(ada).GetAsync("/articles")).StatusCode);

        await _auth.EndAllSessionsAsync();
        await ShouldBeAsync(client.GetAsync("/articles"), HttpStatusCode.Unauthorized, "TOKEN_REVOKED");
    }

    private HttpClient CreateClient(AuthTestHost auth) =>
        _factory
            .WithWebHostBuilder(builder => builder.ConfigureTestServices(services => services.UseAuthTestHost(auth)))
            .CreateClient();

    private static async Task ShouldBeAsync(Task<HttpResponseMessage> answering, HttpStatusCode status, string code)
    {
        using var response = await answering;
        Assert.Equal(status, response.StatusCode);
        Assert.Contains($"\"code\":\"{code}\"", await response.Content.ReadAsStringAsync());
    }
}
