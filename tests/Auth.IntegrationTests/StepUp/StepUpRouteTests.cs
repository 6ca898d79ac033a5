using Auth.Api.StepUp;
using Auth.IntegrationTests.Factors;
using Auth.IntegrationTests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.StepUp;

/// <summary>All routes that require a recent authentication, as the running service declares them.</summary>
public sealed class StepUpRouteTests : IAsyncLifetime
{
    private static readonly string[] s_permissions =
    [
        "users:write",
        "users:delete",
        "roles:write",
        "sessions:revoke",
        "keys:rotate",
        "service-accounts:write",
    ];

    private static readonly string[] s_personal =
    [
        "DELETE /api/auth/sessions",
        "DELETE /api/auth/sessions/{id}",
        "POST /api/auth/change-email",
        "POST /api/auth/factors/totp",
        "POST /api/auth/factors/passkeys/options",
        "DELETE /api/auth/factors/{id}",
        "POST /api/auth/factors/recovery-codes",
        "GET /api/users/me/export",
        "POST /api/users/me/delete",
    ];

    private readonly MailService _mail = MailService.Start();
    private readonly TestService _service;
    private readonly HttpClient _client;

    public StepUpRouteTests()
    {
        _service = _mail.Service;
        _client = _mail.Client;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _mail.DisposeAsync();

    [Fact]
    public void Every_administrative_change_requires_it_and_some_personal_operations()
    {
        var writes = Routes()
            .Where(route => route.Permission is { } permission && s_permissions.Contains(permission))
            .Select(route => route.ToString());

        Routes()
            .Where(route => route.RequiresStepUp)
            .Select(route => route.ToString())
            .ShouldBe([.. writes, .. s_personal], ignoreOrder: true);
    }

    [Fact]
    public async Task An_old_sign_in_is_refused_before_anything_else_but_missing_permissions()
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        var viewer = await Account.RegisterAsync(_client);
        _service.Clock.Advance(TimeSpan.FromMinutes(11));
        admin = await admin.RefreshAsync(_client);
        viewer = await viewer.RefreshAsync(_client);

        foreach (var route in Routes().Where(route => route.RequiresStepUp))
        {
            // Neither the object nor the body exists: with a recent sign-in, it would be 400 or 404.
            var path = route.Path(Guid.CreateVersion7(), "no-such-role");
            await _client
                .SendAsync(route.Method, path, bearer: admin.AccessToken)
                .ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");
            await _client
                .SendAsync(route.Method, path, bearer: viewer.AccessToken)
                .ShouldBeProblemAsync(
                    route.Permission is null ? 401 : 403,
                    route.Permission is null ? "STEP_UP_REQUIRED" : "FORBIDDEN"
                );
        }
    }

    /// <summary>What each kind of sign-in may do, with and without a factor.</summary>
    [Theory]
    [InlineData(false, "pwd", false, null)]
    [InlineData(false, "pwd", true, "pwd")]
    [InlineData(true, "pwd", false, "mfa")]
    [InlineData(true, "pwd", true, "mfa")]
    [InlineData(true, "mfa", false, null)]
    [InlineData(true, "mfa", true, "mfa")]
    public async Task Each_route_requires_what_its_caller_can_prove(
        bool hasFactor,
        string method,
        bool isOld,
        string? required
    )
    {
        var admin = await Account.LoginAsAdminAsync(_client);
        foreach (var route in Routes().Where(route => route.RequiresStepUp))
        {
            var caller = route.Permission is null
                ? await Account.RegisterAsync(_client)
                : await _client.RegisterWithAsync(admin, route.Permission);
            caller = hasFactor ? (await _client.EnrolAppAsync(caller, _service.Clock)).Account : caller; // that is an mfa
            if (hasFactor && method == "pwd")
            {
                await _client
                    .PostAsync("/api/auth/step-up", new { password = caller.Password }, caller.AccessToken)
                    .ShouldBeAsync(200);
                caller = await caller.RefreshAsync(_client);
            }

            if (isOld)
            {
                _service.Clock.Advance(TimeSpan.FromMinutes(11));
                (caller, admin) = (await caller.RefreshAsync(_client), await Account.LoginAsAdminAsync(_client));
            }

            var path = route.Path(Guid.CreateVersion7(), "no-such-role");
            using var response = await _client.SendAsync(route.Method, path, bearer: caller.AccessToken);
            if (required is null)
            {
                (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain(
                    "STEP_UP_REQUIRED",
                    Case.Sensitive,
                    route.ToString()
                );
                response.StatusCode.ShouldNotBe(System.Net.HttpStatusCode.Unauthorized, route.ToString());
                continue;
            }

            var problem = await response.ShouldBeProblemAsync(401, "STEP_UP_REQUIRED");
            problem.Text("acrValues").ShouldBe(required, route.ToString());
            problem["maxAge"]!.GetValue<int>().ShouldBe(600);
            response
                .Headers.WwwAuthenticate.ToString()
                .ShouldContain($"error=\"insufficient_user_authentication\"", Case.Sensitive, route.ToString());
        }
    }

    private IEnumerable<ProtectedRoute> Routes() =>
        from endpoint in _service.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
        where method != "HEAD"
        select new ProtectedRoute(
            method,
            "/" + endpoint.RoutePattern.RawText!.Replace(":guid", "", StringComparison.Ordinal),
            endpoint
                .Metadata.GetOrderedMetadata<IAuthorizeData>()
                .Select(data => data.Policy)
                .FirstOrDefault(policy => policy is not null),
            endpoint.Metadata.GetMetadata<RequiresStepUpAttribute>() is not null
        );

    private sealed record ProtectedRoute(string Method, string Template, string? Permission, bool RequiresStepUp)
    {
        public string Path(Guid id, string name) =>
            Template
                .Replace("{id}", id.ToString(), StringComparison.Ordinal)
                .Replace("{secretId}", id.ToString(), StringComparison.Ordinal)
                .Replace("{name}", name, StringComparison.Ordinal);

        public override string ToString() => $"{Method} {Template}";
    }
}
