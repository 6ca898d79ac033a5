using Auth.Api.Hosting;

namespace Auth.Api.CommandLine;

/// <summary>Asks a running instance how it is: for container images, which have no other program to ask with.</summary>
internal static class HealthCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    /// <summary>The verb.</summary>
    public static Verb Verb { get; } =
        new(
            "healthcheck",
            "ends with 0 if the address answers that all is well",
            (call, cancellationToken) => AskAsync(call.Operand!, cancellationToken)
        )
        {
            Operand = "URL",
            File = SqliteFileUse.None,
        };

    /// <summary>Asks, and answers the exit code.</summary>
    public static async Task<int> AskAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            await Console.Error.WriteLineAsync($"'{address}' is no http or https address.");
            return Verb.Misuse;
        }

        using var client = new HttpClient { Timeout = s_patience };
        try
        {
            using var response = await client.GetAsync(url, cancellationToken);
            return response.IsSuccessStatusCode ? Verb.Success : Verb.Failure;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{url} does not answer.");
            return Verb.Failure;
        }
    }
}
