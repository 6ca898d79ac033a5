using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Auth.IntegrationTests.Malformed;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Logs;

/// <summary>
/// Whatever clients send to any route, at level Trace: each line of the console is one record of the
/// service, and contains no control characters.
/// </summary>
public sealed partial class LogForgingTests
{
    private const string Forged = "crit: Forged[666] The service has been taken over";

    // Line separators and terminal escapes, here as bytes of a header, where a line break would end the header.
    private const string InHeader = "a\u001b[2J\u001b]0;x\u0007\u0085" + Forged + "\u2028" + Forged + "\u202e\u0008\t";
    private const string InAddress =
        "a%0D%0Acrit:%20Forged[666]%0Acrit:%20Forged[666]%0Dcrit:%20Forged[666]%1B[2J%C2%85%E2%80%A8%E2%80%AE%00";
    private const string InJson =
        "a\\r\\n" + Forged + "\\n" + Forged + "\\r" + Forged + "\\u001b[2J\\u0085\\u2028\\u202e";

    private static readonly string[] s_headers =
    [
        "User-Agent",
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "Origin",
        "Referer",
        "Sec-Fetch-Site",
        "Accept",
        "Accept-Language",
        "Content-Encoding",
        "Cookie",
        "traceparent",
        "tracestate",
        "baggage",
        "Request-Id",
        "X-Request-Id",
        "X-Forged",
    ];

    [Fact]
    public async Task The_console_format_has_one_record_per_line()
    {
        using var process = Start(("ASPNETCORE_ENVIRONMENT", "Development"), ("DOTNET_ENVIRONMENT", "Development"));

        var lines = await SendEverythingAsync(process);

        lines.ShouldAllBe(line => Record().IsMatch(line) || Notice().IsMatch(line));
        lines.ShouldContain(line => line.Contains("crit: Forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_JSON_format_has_one_record_per_line()
    {
        using var process = Start(("Swagger:Enabled", "true"));

        var lines = await SendEverythingAsync(process);

        foreach (var line in lines)
        {
            line.ShouldAllBe(character => character >= ' ' && character < '\u007f');
            var record = JsonNode.Parse(line)!.AsObject();
            record.Text("Category").ShouldNotBe("Forged");
            record.Text("Message").ShouldNotBeNull();
        }

        lines.ShouldContain(line => line.Contains("crit: Forged", StringComparison.Ordinal));
    }

    private static ServiceProcess Start(params (string, string)[] settings) =>
        new([
            .. OperatorSettings.Required,
            ("Bootstrap:AdminEmail", TestService.AdminEmail),
            ("Bootstrap:AdminPassword", TestService.AdminPassword),
            ("Mail:Transport", "Folder"),
            ("Mail:From", "noreply@example.com"),
            ("Logging:LogLevel:Default", "Trace"),
            ("Logging:LogLevel:Microsoft", "Trace"),
            ("Logging:LogLevel:System", "Trace"),
            .. settings,
        ]);

    private static async Task<IReadOnlyList<string>> SendEverythingAsync(ServiceProcess process)
    {
        using var client = await process.ListenAsync();
        var operations = await ApiDocument.ReadAsync(client);
        operations.Count.ShouldBeGreaterThan(30);
        foreach (var operation in operations)
        {
            var admin = await Account.LoginAsAdminAsync(client);
            await SendAsync(client, operation, InAddress, admin.AccessToken, json: null, headers: false);
            await SendAsync(
                client,
                operation,
                Guid.CreateVersion7().ToString(),
                admin.AccessToken,
                InJson,
                headers: true
            );
            await SendAsync(client, operation, InAddress, token: InHeader, InJson, headers: true);
        }

        await client.SendAsync("GET", "/the-last-request").ShouldBeAsync(404);
        return await process.ReadUntilAsync("/the-last-request");
    }

    private static async Task SendAsync(
        HttpClient client,
        Operation operation,
        string parameter,
        string token,
        string? json,
        bool headers
    )
    {
        var path = operation
            .Template.Replace("{id}", parameter, StringComparison.Ordinal)
            .Replace("{name}", parameter, StringComparison.Ordinal);
        var query = string.Join('&', operation.Query.Append("unknown").Select(name => $"{name}={InAddress}"));
        var body = Encoding.UTF8.GetBytes(
            operation.Example is { } example && json is not null
                ? "{" + string.Join(',', example.Select(member => $"\"{member.Key}\":\"{json}\"")) + "}"
                : ""
        );
        string[] lines =
        [
            $"{operation.Method} {path}{(headers ? "" : "?" + query)} HTTP/1.1",
            $"Host: {client.BaseAddress!.Authority}",
            $"Authorization: Bearer {token}",
            .. headers ? s_headers.Select(name => $"{name}: {InHeader}") : [],
            "Content-Type: application/json",
            $"Content-Length: {Draft.Number(body.Length)}",
            "Connection: close",
            "",
            "",
        ];
        byte[] request = [.. Encoding.UTF8.GetBytes(string.Join("\r\n", lines)), .. body];

        var answer = await RawHttp.ExchangeAsync(client.BaseAddress, request, isHead: false, hangUp: false);

        answer.ShouldNotBeNull().Status.ShouldBeLessThan(500, answer.Body);
    }

    // Level, category and number, followed by visible characters only.
    [GeneratedRegex(
        @"^(trce|dbug|info|warn|fail|crit): (?!Forged)[\w.+`<>,\[\]]+\[-?\d+\] [^\p{C}\p{Zl}\p{Zp}]*$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Record();

    // The start message for developers.
    [GeneratedRegex(
        @"^  (Account|Swagger UI|Mail|Data|Administrator)  +[^\p{C}]+$",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Notice();
}
