using Auth.IntegrationTests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Authorization;

/// <summary>
/// Tests of every action that requires a token. The list of actions comes from the running service, and a new one needs
/// a request here.
/// </summary>
public sealed class ProtectedRouteTests(MailFixture fixture) : IClassFixture<MailFixture>
{
    private static readonly Guid s_nobody = Guid.CreateVersion7();

    /// <summary>A request for each action that succeeds for an authorized caller, and its status.</summary>
    private static readonly Dictionary<string, Success> s_successes = new(StringComparer.Ordinal)
    {
        ["POST api/auth/logout-all"] = new(204),
        ["POST api/auth/change-password"] = new(204)
        {
            Body = _ => new { currentPassword = Account.DefaultPassword, newPassword = "a-brand-new-battery-staple" },
        },
        ["POST api/auth/change-email"] = new(202)
        {
            Body = _ => new { newEmail = Account.NewEmail(), password = Account.DefaultPassword },
        },
        // There is no mail to confirm.
        ["POST api/auth/change-email/confirm"] = new(400) { Body = _ => new { token = "unknown" } },
        ["POST api/auth/step-up"] = new(200) { Body = _ => new { password = Account.DefaultPassword } },
        ["POST api/auth/step-up/passkey/options"] = new(200),
        ["GET api/auth/factors"] = new(200),
        ["POST api/auth/factors/totp"] = new(201) { Body = _ => new { } },
        ["POST api/auth/factors/passkeys/options"] = new(200),
        // There is no factor, and no passkey has answered.
        ["POST api/auth/factors/passkeys"] = new(400)
        {
            Body = _ => new { challengeToken = "unknown", credential = "" },
        },
        ["POST api/auth/factors/totp/{id:guid}/confirm"] = new(404) { Body = _ => new { code = "123456" } },
        ["PATCH api/auth/factors/{id:guid}"] = new(404) { Body = _ => new { name = "Phone" } },
        ["DELETE api/auth/factors/{id:guid}"] = new(404),
        ["POST api/auth/factors/recovery-codes"] = new(404),
        ["GET api/auth/me"] = new(200),
        ["GET api/auth/sessions"] = new(200),
        ["DELETE api/auth/sessions"] = new(204),
        ["DELETE api/auth/sessions/{id:guid}"] = new(204) { Id = world => world.Caller.SessionId },
        ["GET api/users/me"] = new(200),
        ["GET api/users/me/export"] = new(200),
        ["PATCH api/users/me"] = new(200) { Body = _ => new { displayName = "Somebody" } },
        ["POST api/users/me/delete"] = new(204) { Body = _ => new { password = Account.DefaultPassword } },
        ["GET api/users"] = new(200),
        ["POST api/users"] = new(201) { Body = _ => new { email = Account.NewEmail(), roles = Array.Empty<string>() } },
        // The user is not invited.
        ["POST api/users/{id:guid}/resend-invitation"] = new(409),
        ["POST api/users/{id:guid}/send-password-reset"] = new(202),
        ["GET api/users/{id:guid}"] = new(200),
        ["GET api/users/{id:guid}/permissions"] = new(200),
        ["PUT api/users/{id:guid}/roles"] = new(200) { Body = _ => new { roles = new[] { "viewer" } } },
        ["PATCH api/users/{id:guid}/role"] = new(200) { Body = _ => new { role = "viewer" } },
        ["POST api/users/{id:guid}/disable"] = new(200),
        ["POST api/users/{id:guid}/enable"] = new(200),
        ["POST api/users/{id:guid}/unlock"] = new(200),
        ["DELETE api/users/{id:guid}"] = new(204),
        ["DELETE api/users/{id:guid}/factors"] = new(204),
        ["GET api/users/{id:guid}/sessions"] = new(200),
        ["DELETE api/users/{id:guid}/sessions"] = new(204),
        ["DELETE api/sessions"] = new(204),
        ["GET api/roles"] = new(200),
        ["GET api/roles/{name}"] = new(200),
        ["POST api/roles"] = new(201)
        {
            Body = _ => new { name = Administration.NewRoleName(), permissions = Array.Empty<string>() },
        },
        ["PUT api/roles/{name}"] = new(200) { Body = _ => new { permissions = Array.Empty<string>() } },
        ["DELETE api/roles/{name}"] = new(204),
        ["GET api/permissions"] = new(200),
        ["GET api/keys"] = new(200),
        ["POST api/keys/rotate"] = new(201) { Body = _ => new { } },
        ["GET api/audit"] = new(200),
        ["GET api/service-accounts"] = new(200),
        ["POST api/service-accounts"] = new(201)
        {
            Body = _ => new { name = Service.NewName(), roles = Array.Empty<string>() },
        },
        ["GET api/service-accounts/{id:guid}"] = new(200) { Id = world => world.Service.Id },
        ["PUT api/service-accounts/{id:guid}"] = new(200)
        {
            Id = world => world.Service.Id,
            Body = _ => new { name = Service.NewName(), roles = Array.Empty<string>() },
        },
        ["DELETE api/service-accounts/{id:guid}"] = new(204) { Id = world => world.Service.Id },
        ["GET api/service-accounts/{id:guid}/secrets"] = new(200) { Id = world => world.Service.Id },
        ["POST api/service-accounts/{id:guid}/secrets"] = new(201)
        {
            Id = world => world.Service.Id,
            Body = _ => new { },
        },
        ["DELETE api/service-accounts/{id:guid}/secrets/{secretId:guid}"] = new(204) { Id = world => world.Service.Id },
    };

    private HttpClient Client => fixture.Mail.Client;

    [Fact]
    public async Task Requests_without_a_token_are_rejected()
    {
        var routes = Routes();
        routes.Count.ShouldBeGreaterThan(20);
        foreach (var route in routes)
        {
            await Client
                .SendAsync(route.Method, route.Path(s_nobody.ToString(), "viewer"))
                .ShouldBeProblemAsync(401, "MISSING_TOKEN");
        }
    }

    [Fact]
    public async Task All_other_permissions_together_are_not_sufficient()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        foreach (var group in Routes().Where(route => route.Permission is not null).GroupBy(route => route.Permission!))
        {
            var others = (await Client.GetAsync("/api/permissions", admin.AccessToken).ShouldBeAsync(200))
                .AsArray()
                .Select(permission => permission!.Text("name"))
                .Where(permission => permission != group.Key);
            var caller = await Client.RegisterWithAsync(admin, [.. others]);
            foreach (var route in group)
            {
                await Client
                    .SendAsync(route.Method, route.Path(admin.Id.ToString(), "viewer"), bearer: caller.AccessToken)
                    .ShouldBeProblemAsync(403, "FORBIDDEN");
            }
        }
    }

    [Fact]
    public async Task The_permission_alone_is_sufficient()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        foreach (var route in Routes())
        {
            s_successes.ShouldContainKey(route.Key, "a new action needs a request in this table");
            var success = s_successes[route.Key];
            var caller = route.Permission is null
                ? await Account.RegisterAsync(Client)
                : await Client.RegisterWithAsync(admin, route.Permission);
            var world = new World(
                caller,
                await Account.RegisterAsync(Client),
                await Service.CreateAsync(Client, admin)
            );
            var name = route.Template.Contains("{name}", StringComparison.Ordinal)
                ? await Client.CreateRoleAsync(admin)
                : "";

            using var response = await Client.SendAsync(
                route.Method,
                route.Path(success.Id(world), name, world.Service.SecretId),
                success.Body?.Invoke(world),
                caller.AccessToken
            );

            ((int)response.StatusCode).ShouldBe(success.Status, route.Key);
        }
    }

    [Fact]
    public async Task A_guessed_id_reveals_nothing_of_another_user()
    {
        var somebody = await Account.RegisterAsync(Client);
        var caller = await Account.RegisterAsync(Client);
        var own = Routes().Where(route => route.Permission is null && route.Template.Contains('{')).ToList();
        own.ShouldNotBeEmpty();
        var admin = await Account.LoginAsAdminAsync(Client);
        var world = new World(caller, somebody, await Service.CreateAsync(Client, admin));
        foreach (var route in own)
        {
            var body = s_successes[route.Key].Body?.Invoke(world);
            foreach (var id in new[] { somebody.SessionId, somebody.Id.ToString(), s_nobody.ToString() })
            {
                await Client
                    .SendAsync(route.Method, route.Path(id, "viewer"), body, caller.AccessToken)
                    .ShouldBeProblemAsync(404, "NOT_FOUND");
            }
        }

        await Client.GetAsync("/api/auth/me", somebody.AccessToken).ShouldBeAsync(200);
        await somebody.RefreshAsync(Client);
    }

    private List<Route> Routes() =>
        [
            .. fixture
                .Mail.Service.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
                .SelectMany(endpoint =>
                    (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
                        .Where(method => method != "HEAD")
                        .Select(method => new Route(
                            method,
                            endpoint.RoutePattern.RawText!,
                            endpoint
                                .Metadata.GetOrderedMetadata<IAuthorizeData>()
                                .Select(data => data.Policy)
                                .FirstOrDefault(policy => policy is not null)
                        ))
                ),
        ];

    private sealed record Route(string Method, string Template, string? Permission)
    {
        public string Key => $"{Method} {Template}";

        public string Path(string id, string name, string? secretId = null) =>
            "/"
            + Template
                .Replace("{id:guid}", id, StringComparison.Ordinal)
                .Replace("{secretId:guid}", secretId ?? id, StringComparison.Ordinal)
                .Replace("{name}", name, StringComparison.Ordinal);
    }

    /// <param name="Caller">The user who sends the request.</param>
    /// <param name="Target">The user whom it is about.</param>
    /// <param name="Service">The service account that it is about.</param>
    private sealed record World(Account Caller, Account Target, Service Service);

    private sealed record Success(int Status)
    {
        public Func<World, object>? Body { get; init; }

        public Func<World, string> Id { get; init; } = world => world.Target.Id.ToString();
    }
}
