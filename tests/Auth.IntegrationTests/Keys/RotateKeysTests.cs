using System.Text.Json.Nodes;
using Auth.Infrastructure.Background;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Auth.IntegrationTests.Keys;

public sealed class RotateKeysTests : IAsyncLifetime
{
    private static readonly TimeSpan s_announcePeriod = TimeSpan.FromMinutes(5);

    private readonly TestDatabase _database = new();
    private readonly TestClock _clock = new();
    private TestService _first = null!;
    private TestService _second = null!;
    private Account _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _first = Start();
        _second = Start();
        _admin = await Account.LoginAsAdminAsync(_first.Client);
    }

    public async ValueTask DisposeAsync()
    {
        await _first.DisposeAsync();
        await _second.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task A_new_key_is_announced_signs_and_retires_without_interruption()
    {
        var user = await Account.RegisterAsync(_first.Client);
        var oldKey = KeyRequests.KeyOf(user.AccessToken);

        using var response = await _first.Client.RotateAsync(_admin.AccessToken);
        response.Headers.Location?.ToString().ShouldBe("/api/keys");
        var key = await Task.FromResult(response).ShouldBeAsync(201);
        key.Text("state").ShouldBe("announced");
        key.Text("algorithm").ShouldBe("ES256");
        key["removedAt"].ShouldBeNull();
        (Time(key, "activatesAt") - Time(key, "createdAt")).ShouldBe(s_announcePeriod);
        (Time(key, "createdAt").Ticks % TimeSpan.TicksPerMillisecond).ShouldBe(0, "not every engine keeps more digits");
        _database
            .Scalar(
                "SELECT \"Detail\" FROM \"AuditRecords\" WHERE \"Type\" = 'keys.rotated' AND \"ActorId\" IS NOT NULL"
            )
            .ShouldBe(
                $"ES256 {key.Text("id")} signs from {Time(key, "activatesAt").UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}"
            );

        // Published at once, but signing only when it is due.
        (await _first.Client.PublishedAsync()).ShouldBe([oldKey, key.Text("id")]);
        user = await user.RefreshAsync(_first.Client);
        KeyRequests.KeyOf(user.AccessToken).ShouldBe(oldKey);
        _clock.Advance(s_announcePeriod);
        var refreshed = await user.RefreshAsync(_first.Client);
        KeyRequests.KeyOf(refreshed.AccessToken).ShouldBe(key.Text("id"));

        // The earlier token is valid until it expires, and its key is kept as long as any such token may be valid.
        await _first.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
        await _second.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
        var keys = await _first.Client.ListKeysAsync(_admin.AccessToken);
        keys.Select(listed => listed.Text("state")).ShouldBe(["retired", "signing"]);
        Time(keys[0], "retiresAt").ShouldBe(Time(key, "activatesAt"));
        _clock.Advance(TimeSpan.FromMinutes(15));
        await _first.Client.MeAsync(user.AccessToken).ShouldBeProblemAsync(401, "TOKEN_EXPIRED");
        _clock.Advance(TimeSpan.FromDays(2));
        (await _first.Client.PublishedAsync()).ShouldBe([key.Text("id")]);
    }

    [Fact]
    public async Task While_a_key_is_announced_another_rotation_returns_it()
    {
        var first = await _first.Client.RotateAsync(_admin.AccessToken).ShouldBeAsync(201);
        var again = await _second.Client.RotateAsync(_admin.AccessToken).ShouldBeAsync(201);

        again.ToJsonString().ShouldBe(first.ToJsonString());
        (await _second.Client.PublishedAsync())[^1].ShouldBe(first.Text("id"));
        (await _first.Client.ListKeysAsync(_admin.AccessToken)).Count.ShouldBe(2);
        _database.Count("AuditRecords", "\"Type\" = 'keys.rotated' AND \"ActorId\" IS NOT NULL").ShouldBe(1);
    }

    [Fact]
    public async Task An_emergency_rotation_revokes_every_access_token_on_every_instance_and_refreshing_continues()
    {
        var user = await Account.RegisterAsync(_second.Client);
        var announced = await _first.Client.RotateAsync(_admin.AccessToken).ShouldBeAsync(201);

        var key = await _first.Client.RotateAsync(_admin.AccessToken, emergency: true).ShouldBeAsync(201);

        key.Text("state").ShouldBe("signing");
        key.Text("id").ShouldNotBe(announced.Text("id"));
        await _first.Client.MeAsync(user.AccessToken).ShouldBeProblemAsync(401, "INVALID_TOKEN");
        await _second.Client.ShouldBecomeInvalidAsync(user.AccessToken);
        foreach (var instance in new[] { _first, _second })
        {
            (await instance.Client.PublishedAsync()).ShouldBe([key.Text("id")]);
            user = await user.RefreshAsync(instance.Client);
            KeyRequests.KeyOf(user.AccessToken).ShouldBe(key.Text("id"));
            await instance.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
        }

        var admin = await _admin.RefreshAsync(_first.Client);
        var keys = await _first.Client.ListKeysAsync(admin.AccessToken);
        keys.ShouldHaveSingleItem().ToJsonString().ShouldBe(key.ToJsonString());
        _database
            .Scalar("SELECT \"Detail\" FROM \"AuditRecords\" WHERE \"Detail\" LIKE 'emergency%'")
            .ShouldBe($"emergency: ES256 {key.Text("id")} replaces all keys");
    }

    [Fact]
    public async Task Keys_are_rotated_automatically_in_time()
    {
        var oldKey = KeyRequests.KeyOf(_admin.AccessToken);
        _clock.Advance(TimeSpan.FromDays(90) - s_announcePeriod);

        await Proof.EventuallyAsync(
            async () => (await _second.Client.PublishedAsync()).Count == 2,
            "the announcement of the next key"
        );
        var newKey = (await _second.Client.PublishedAsync())[1];
        KeyRequests.KeyOf((await Account.LoginAsAdminAsync(_second.Client)).AccessToken).ShouldBe(oldKey);
        _clock.Advance(s_announcePeriod);
        await Proof.EventuallyAsync(
            async () => KeyRequests.KeyOf((await Account.LoginAsAdminAsync(_first.Client)).AccessToken) == newKey,
            "the change to the next key"
        );
        var admin = await Account.LoginAsAdminAsync(_first.Client);
        var keys = await _first.Client.ListKeysAsync(admin.AccessToken);
        keys.Select(key => key.Text("state")).ShouldBe(["retired", "signing"]);
        Time(keys[0], "retiresAt").ShouldBe(Time(keys[1], "activatesAt"));
        _database
            .Count("AuditRecords", $"\"Type\" = 'keys.rotated' AND \"Detail\" LIKE 'ES256 {newKey} signs from %'")
            .ShouldBe(1);

        // Both instances have noticed, and one has acted.
        _database.Count("SigningKeys").ShouldBe(2);
        _database.Count("AuditRecords", "\"Type\" = 'keys.rotated'").ShouldBe(2);
    }

    [Fact]
    public async Task A_removed_key_is_deleted_and_positions_continue()
    {
        await _first.Client.RotateAsync(_admin.AccessToken).ShouldBeAsync(201);
        _clock.Advance(s_announcePeriod + TimeSpan.FromHours(25));
        await CleanUpAsync();
        _database.Count("SigningKeys").ShouldBe(2, "another instance may still read it");

        _clock.Advance(TimeSpan.FromDays(1));
        await CleanUpAsync();

        _database.Count("SigningKeys").ShouldBe(1);
        var admin = await Account.LoginAsAdminAsync(_first.Client);
        await _first.Client.RotateAsync(admin.AccessToken).ShouldBeAsync(201);
        _database.Count("SigningKeys", "\"Ordinal\" IN (2, 3)").ShouldBe(2);
    }

    [Fact]
    public async Task Only_callers_with_the_permission_see_and_rotate_keys()
    {
        var user = await Account.RegisterAsync(_first.Client);

        await _first.Client.SendAsync("GET", "/api/keys").ShouldBeProblemAsync(401, "MISSING_TOKEN");
        await _first.Client.SendAsync("POST", "/api/keys/rotate").ShouldBeProblemAsync(401, "MISSING_TOKEN");
        await _first.Client.GetAsync("/api/keys", user.AccessToken).ShouldBeProblemAsync(403, "FORBIDDEN");
        await _first.Client.RotateAsync(user.AccessToken, emergency: true).ShouldBeProblemAsync(403, "FORBIDDEN");
        (await _first.Client.ListKeysAsync(_admin.AccessToken)).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"emergency":"true"}""")]
    [InlineData("""{"emergency":1}""")]
    [InlineData("""{"emergency":true,"emergency":false}""")]
    [InlineData("[]")]
    public async Task A_body_of_the_wrong_shape_rotates_nothing(string body)
    {
        await _first
            .Client.PostAsync("/api/keys/rotate", Http.Json(body), _admin.AccessToken)
            .ShouldBeProblemAsync(400, "MALFORMED_REQUEST");

        (await _first.Client.ListKeysAsync(_admin.AccessToken)).Count.ShouldBe(1);
    }

    private Task CleanUpAsync() =>
        _first
            .Services.GetServices<IHostedService>()
            .OfType<ExpiredDataCleanup>()
            .Single()
            .RunAsync(TestContext.Current.CancellationToken);

    private TestService Start() =>
        TestService.Start(_database, _clock, ("Keys:AnnouncePeriod", s_announcePeriod.ToString("c")));

    private static DateTimeOffset Time(JsonNode key, string name) => key[name]!.GetValue<DateTimeOffset>();
}
