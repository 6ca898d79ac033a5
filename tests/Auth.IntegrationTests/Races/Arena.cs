using System.Collections.Concurrent;
using System.Globalization;
using Auth.Application.Abstractions;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Races;

/// <summary>Two instances on one database, and the results of all writers.</summary>
public sealed class Arena : IAsyncLifetime
{
    private const string Secret = "Zm9ydHktdHdvLWdyYW5pdGUtb3R0ZXJzLXNpbmctbG93";

    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);

    private readonly DirectoryInfo _mail = Directory.CreateTempSubdirectory("auth-mail-");

    private TwoInstances? _withSharedSecret;
    private TwoInstances? _withMail;
    private TwoMailServices? _withFlows;

    public TwoInstances Instances { get; } = new();

    public TestDatabase Database => Instances.Database;

    public HttpClient Client => Instances.First.Client;

    public ValueTask InitializeAsync() => Instances.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await Instances.DisposeAsync();
        if (_withSharedSecret is not null)
        {
            await _withSharedSecret.DisposeAsync();
        }

        if (_withMail is not null)
        {
            await _withMail.DisposeAsync();
        }

        if (_withFlows is not null)
        {
            await _withFlows.DisposeAsync();
        }

        _mail.Delete(recursive: true);
    }

    /// <summary>Two other instances, which send mail, on a database of their own.</summary>
    public async Task<TwoInstances> GetInstancesWithMailAsync()
    {
        if (_withMail is null)
        {
            _withMail = new TwoInstances(("Mail:Transport", "Folder"), ("Mail:Folder", _mail.FullName));
            await _withMail.InitializeAsync();
        }

        return _withMail;
    }

    /// <summary>Two other instances with a separate database, which sign with a configured secret.</summary>
    public async Task<TwoInstances> GetInstancesWithSharedSecretAsync()
    {
        if (_withSharedSecret is null)
        {
            _withSharedSecret = new TwoInstances(("Jwt:Algorithm", "HS256"), ("Jwt:Secret", Secret));
            await _withSharedSecret.InitializeAsync();
        }

        return _withSharedSecret;
    }

    /// <summary>Two other instances, which deliver mail when told, and create accounts once the address is confirmed.</summary>
    public TwoMailServices GetInstancesWithFlows() =>
        _withFlows ??= new TwoMailServices(("Registration:EmailConfirmation", "Required"));

    /// <summary>Runs all writers at the same moment, on both instances; each round starts with another one.</summary>
    internal Task RaceAsync(int round, params Writer[] writers) =>
        RaceAsync(round, [Instances.First, Instances.Second], writers);

    /// <summary>The same on given instances.</summary>
    internal async Task RaceAsync(int round, IReadOnlyList<TestService> instances, params Writer[] writers)
    {
        var line = Enumerable
            .Range(0, writers.Max(writer => writer.Times))
            .SelectMany(turn => writers.Where(writer => turn < writer.Times))
            .ToList();
        await Task.WhenAll(
            Enumerable
                .Range(0, line.Count)
                .Select(place =>
                    Task.Run(
                        () => line[(place + round) % line.Count].WriteAsync(instances[(place + round / 2) % 2]),
                        TestContext.Current.CancellationToken
                    )
                )
        );
        foreach (var writer in writers)
        {
            foreach (var answer in writer.Answers)
            {
                _answers.AddOrUpdate($"{writer.Name}: {answer}", 1, (_, count) => count + 1);
            }
        }
    }

    /// <summary>Whether the audit log still verifies.</summary>
    public async Task ShouldHaveAWholeLogAsync()
    {
        await using var scope = Instances.First.Services.CreateAsyncScope();
        var verification = await scope
            .ServiceProvider.GetRequiredService<IAuditVerifier>()
            .VerifyAsync(checkpoint: null, TestContext.Current.CancellationToken);
        verification.Faults.ShouldBeEmpty();
    }

    /// <summary>Reports how often each response occurred, and resets the counts.</summary>
    public void Report(int rounds)
    {
        foreach (var (answer, count) in _answers.OrderBy(answer => answer.Key, StringComparer.Ordinal))
        {
            TestContext.Current.TestOutputHelper?.WriteLine(
                string.Create(CultureInfo.InvariantCulture, $"{rounds} rounds, {answer}: {count}")
            );
        }

        _answers.Clear();
    }
}
