using System.Globalization;
using System.Text.RegularExpressions;
using Auth.Api.RateLimiting;
using Auth.Domain.Lockout;
using Auth.Domain.Sessions;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Passwords;
using Auth.IntegrationTests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Documentation;

public sealed partial class SecurityPageTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    /// <summary>The number of requirements in each section of ASVS 5.0.</summary>
    private static readonly Dictionary<string, int> s_sections = new(StringComparer.Ordinal)
    {
        ["V6.1"] = 3,
        ["V6.2"] = 12,
        ["V6.3"] = 8,
        ["V6.4"] = 6,
        ["V6.5"] = 8,
        ["V6.6"] = 4,
        ["V6.7"] = 2,
        ["V6.8"] = 4,
        ["V7.1"] = 3,
        ["V7.2"] = 4,
        ["V7.3"] = 2,
        ["V7.4"] = 5,
        ["V7.5"] = 3,
        ["V7.6"] = 2,
        ["V8.1"] = 4,
        ["V8.2"] = 4,
        ["V8.3"] = 3,
        ["V8.4"] = 2,
        ["V9.1"] = 3,
        ["V9.2"] = 4,
    };

    private static readonly string s_page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    [Fact]
    public void Every_requirement_is_listed_once_with_a_status_and_a_reason()
    {
        var rows = Requirements().Matches(s_page);
        var ids = rows.Select(row => row.Groups["id"].Value).ToList();

        ids.ShouldBeUnique();
        ids.Count.ShouldBe(Regex.Count(s_page, @"^\| V\d", RegexOptions.Multiline), "a row is malformed");
        ids.Where(id => id[..3] is "V6." or "V7." or "V8." or "V9.")
            .ShouldBe(
                s_sections.SelectMany(section =>
                    Enumerable.Range(1, section.Value).Select(number => $"{section.Key}.{number}")
                )
            );
    }

    [Fact]
    public void Met_requirements_say_where()
    {
        Requirements()
            .Matches(s_page)
            .Where(row => row.Groups["status"].Value == "met" && !Places().IsMatch(row.Groups["where"].Value))
            .Select(row => row.Value)
            .ShouldBeEmpty();
    }

    [Fact]
    public void It_lists_every_anonymous_route()
    {
        var listed = Rows(Section("## Ways to authenticate")).Select(cells => cells[0].Trim('`')).ToList();

        var open =
            from endpoint in fixture
                .Service.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
            where endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is not null
            where endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            where method != "HEAD"
            select $"{method} /{endpoint.RoutePattern.RawText!.TrimStart('/')}";
        listed.ShouldBe(open, ignoreOrder: true);
    }

    [Fact]
    public void Its_limits_match_the_defaults()
    {
        var lockout = new LockoutPolicy();
        var passwords = new PasswordOptions();
        var sessions = new SessionPolicy();
        var expected = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Lockout:Threshold"] = Text(lockout.Threshold),
            ["Lockout:FirstDelay"] = Text(lockout.FirstDelay),
            ["Lockout:MaxDelay"] = Text(lockout.MaxDelay),
            ["Lockout:HardLimit"] = Text(lockout.HardLimit),
            ["Lockout:Spraying"] = $"{Text(lockout.Spraying.Threshold)} in {Text(lockout.Spraying.Window)}",
            ["Passwords:MaxQueuedHashes"] = Text(passwords.MaxQueuedHashes),
            ["Sessions:GraceReplays"] = $"{Text(sessions.GraceReplays)} in {Text(sessions.GraceWindow)}",
        };
        foreach (var (policy, limit) in RateLimitPolicies.Defaults)
        {
            expected.Add($"RateLimiting:{policy}", $"{Text(limit.PermitLimit)} in {Text(limit.Window)}");
        }

        Rows(Section("## Limits"))
            .ToDictionary(cells => cells[4].Trim('`'), cells => cells[2], StringComparer.Ordinal)
            .ShouldBe(expected, ignoreOrder: true);
    }

    [Fact]
    public void Its_lifetimes_match_the_defaults()
    {
        var sessions = new SessionPolicy();

        Rows(Section("## Sessions"))
            .ToDictionary(cells => cells[2].Trim('`'), cells => cells[1], StringComparer.Ordinal)
            .ShouldBe(
                new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["Sessions:RefreshTokenLifetime"] = Text(sessions.RefreshTokenLifetime),
                    ["Sessions:AbsoluteLifetime"] = Text(sessions.AbsoluteLifetime),
                    ["Jwt:AccessTokenLifetime"] = Text(new JwtOptions().AccessTokenLifetime),
                    ["StepUp:MaxAge"] = Text(new StepUpPolicy().MaxAge),
                },
                ignoreOrder: true
            );
    }

    [Fact]
    public void Its_context_words_match_the_code()
    {
        var section = Section("## Passwords");

        foreach (var word in PasswordPolicy.ContextWords)
        {
            section.ShouldContain($"`{word}`");
        }

        section.ShouldContain($"`Passwords:MinLength` ({Text(new PasswordOptions().MinLength)})");
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static string Section(string heading)
    {
        var start = s_page.IndexOf(heading + "\n", StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, heading);
        return s_page[start..s_page.IndexOf("\n## ", start, StringComparison.Ordinal)];
    }

    /// <summary>The cells of the rows of a table, without the header.</summary>
    private static List<string[]> Rows(string section) =>
        [
            .. section
                .Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Skip(2)
                .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];

    [GeneratedRegex(
        @"^\| (?<id>V\d+\.\d+\.\d+) \| [123] \| [^|]+ \| (?<status>met|not applicable|open) \| (?<where>[^|]*\w[^|]*) \|$",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Requirements();

    // A test, a file, a page, another row, or that of the row above.
    [GeneratedRegex(
        @"`(src|build|tests)/[^`]+`|`\w+Tests`|`\w+\.\w+_\w+|\]\(|V\d+\.\d+\.\d+|^the same|^Kestrel's$",
        RegexOptions.ExplicitCapture
    )]
    private static partial Regex Places();
}
