using System.Collections.Concurrent;
using Auth.IntegrationTests.Support;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Races;

/// <summary>A write that runs several times at once, and its allowed results.</summary>
/// <param name="name">The name for reports.</param>
/// <param name="times">The number of concurrent writes.</param>
/// <param name="write">Writes through an instance of the service and describes the response.</param>
/// <param name="expected">The allowed responses: a status, and the code of a problem.</param>
internal sealed class Writer(
    string name,
    int times,
    Func<TestService, Task<(string Answer, string Details)>> write,
    params string[] expected
)
{
    private readonly ConcurrentQueue<string> _answers = [];

    public string Name => name;

    public int Times => times;

    public IReadOnlyCollection<string> Answers => _answers;

    /// <summary>The number of successes.</summary>
    public int Successes => _answers.Count(answer => answer.StartsWith('2'));

    /// <summary>Sends a request.</summary>
    public static Writer Request(
        int times,
        string method,
        string route,
        object? body,
        string? bearer,
        params string[] expected
    )
    {
        // The name of a request is its route without ids.
        var segments = route.Split('/').Select(segment => segment.Length > 24 ? "*" : segment);
        return new($"{method} {string.Join('/', segments)}", times, SendAsync, expected);

        async Task<(string, string)> SendAsync(TestService service)
        {
            using var response = await service.Client.SendAsync(method, route, body, bearer);
            var status = (int)response.StatusCode;
            if (response.IsSuccessStatusCode)
            {
                return ($"{status}", "");
            }

            var problem = await response.ShouldBeSomeProblemAsync();
            return ($"{status} {problem.Text("code")}", problem.ToString());
        }
    }

    /// <summary>Runs a use case that has no route.</summary>
    public static Writer Command<TResponse>(
        int times,
        IRequest<TResponse> command,
        Func<TResponse, string> describe,
        params string[] expected
    )
    {
        return new(command.GetType().Name, times, RunAsync, expected);

        async Task<(string, string)> RunAsync(TestService service)
        {
            await using var scope = service.Services.CreateAsyncScope();
            var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
            return (describe(await mediator.Send(command, TestContext.Current.CancellationToken)), "");
        }
    }

    public async Task WriteAsync(TestService service)
    {
        var (answer, details) = await write(service);
        answer.ShouldBeOneOf(expected, $"{name}: {details}");
        _answers.Enqueue(answer);
    }
}
