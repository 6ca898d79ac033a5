using System.Text.RegularExpressions;
using Auth.Api.StepUp;
using Auth.IntegrationTests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Documentation;

public sealed partial class AuthorizationPageTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Fact]
    public void It_documents_who_may_call_each_route()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "authorization.md"));

        var told = Rows()
            .Matches(page)
            .Select(row =>
                $"{row.Groups["route"].Value}: {row.Groups["who"].Value.Trim('`')}, {row.Groups["stepUp"].Value}"
            )
            .Order(StringComparer.Ordinal);

        told.ShouldBe(Served().Order(StringComparer.Ordinal));
    }

    private IEnumerable<string> Served() =>
        from endpoint in fixture
            .Service.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
        from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        where method != "HEAD"
        let route = "/" + endpoint.RoutePattern.RawText!.TrimStart('/').Replace(":guid", "", StringComparison.Ordinal)
        let stepUp = endpoint.Metadata.GetMetadata<RequiresStepUpAttribute>() is null ? "" : "yes"
        select $"{method} {route}: {Who(endpoint)}, {stepUp}";

    private static string Who(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ? "anybody"
            : endpoint
                .Metadata.GetOrderedMetadata<IAuthorizeData>()
                .Select(data => data.Policy)
                .FirstOrDefault(policy => policy is not null)
                ?? "signed in";

    [GeneratedRegex(
        @"^\| `(?<route>[A-Z]+ /[^`]*)` \| (?<who>[^|]+) \| (?<stepUp>(yes)?) ?\|",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Rows();
}
