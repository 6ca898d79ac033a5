using System.CommandLine;

namespace Auth.Api.CommandLine;

/// <summary>
/// Queries the health of a running instance, for container images without another HTTP client. Loads neither settings nor
/// services, because it runs every few seconds.
/// </summary>
internal static class HealthCheck
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(4);

    public static Command Create()
    {
        var url = new Argument<Uri>("URL")
        {
            Description = "The URL of the health check, for example http://127.0.0.1:8080/health/ready",
            CustomParser = result =>
            {
                var text = result.Tokens.Single().Value;
                if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https" })
                {
                    return url;
                }

                result.AddError($"'{text}' is not an http or https URL.");
                return null;
            },
        };
        var command = new Command("healthcheck", "Exit with 0 if a running service is healthy.") { url };
        command.SetAction((result, cancellationToken) => QueryAsync(result.GetRequiredValue(url), cancellationToken));
        return command;
    }

    private static async Task<int> QueryAsync(Uri url, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { Timeout = s_timeout };
        try
        {
            using var response = await client.GetAsync(url, cancellationToken);
            return response.IsSuccessStatusCode ? ExitCodes.Success : ExitCodes.Failure;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{url} does not respond.");
            return ExitCodes.Failure;
        }
    }
}
