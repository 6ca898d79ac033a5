using System.Text.RegularExpressions;
using Auth.IntegrationTests.Clients;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Documentation;

/// <summary>The samples, started as documented, with all the commands of their pages.</summary>
public sealed partial class SampleTests(ClientPackage package) : IAsyncLifetime
{
    private readonly ServiceProcess _auth = new(
        ("ASPNETCORE_ENVIRONMENT", "Development"),
        ("DOTNET_ENVIRONMENT", "Development"),
        // A port known in advance: the issuer is the address that the service listens on.
        ("ASPNETCORE_URLS", $"http://127.0.0.1:{Ports.FindFree()}")
    );
    private string _address = "";
    private string _password = "";

    public async ValueTask InitializeAsync()
    {
        using var client = await _auth.ListenAsync();
        _address = client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        var log = await _auth.ReadUntilAsync("Administrator");
        _password = PrintedPassword().Match(string.Join('\n', log)).Groups["password"].Value;
    }

    public ValueTask DisposeAsync()
    {
        _auth.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_dotnet_sample_works_as_documented()
    {
        // In reading order: what the README grants must not change what the page says.
        await PastedCommands.RunAsync(Localize(PastedCommands.Read("README.md", "## Getting started")));
        await using var sample = await SampleService.StartArticlesAsync(_address, "auth");

        var output = await PasteAsync("samples/Articles.Api/README.md", "http://localhost:5100", sample);

        ShouldSayWhy(output);
        output.ShouldContain("Keys that rotate");
    }

    [Fact]
    public async Task The_Node_sample_works_as_documented()
    {
        await using var sample = await SampleService.StartNodeAsync(await package.InstallAsync(), _address, "auth");

        var output = await PasteAsync("samples/node/README.md", "http://localhost:3000", sample);

        ShouldSayWhy(output);
    }

    private static void ShouldSayWhy(string output)
    {
        output.ShouldContain("An access token is required.");
        output.ShouldContain("You are not allowed to do this.");
    }

    /// <summary>Runs the commands of a page, whose comments give the expected status of each call.</summary>
    private async Task<string> PasteAsync(string page, string address, SampleService sample)
    {
        var script = PastedCommands.Read(page);
        var lines = await PastedCommands.RunAsync(
            Localize(script)
                .Replace(address, sample.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
        );
        var output = string.Join('\n', lines);

        var promised = PromisedStatuses().Matches(script).Select(match => match.Groups["status"].Value).ToList();
        promised.ShouldNotBeEmpty();
        Statuses().Matches(output).Select(match => match.Groups["status"].Value).ShouldBe(promised, output);
        return output;
    }

    private string Localize(string script) =>
        script
            .Replace("http://localhost:5000", _address, StringComparison.Ordinal)
            .Replace("paste-it-here", _password, StringComparison.Ordinal);

    [GeneratedRegex(@"password (?<password>\S+) \(shown", RegexOptions.ExplicitCapture)]
    private static partial Regex PrintedPassword();

    [GeneratedRegex(@"^# (?<status>\d{3}): ", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex PromisedStatuses();

    [GeneratedRegex(@"HTTP/1\.1 (?<status>\d{3})", RegexOptions.ExplicitCapture)]
    private static partial Regex Statuses();
}
