using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Malformed;

/// <summary>
/// Requests to all routes of the OpenAPI document, each corrupted in one to four places, sent anonymously, as a user and as
/// an administrator. No response may be 5xx, and each error must be a problem.
/// </summary>
public sealed class MalformedRequestTests : IAsyncLifetime
{
    private const int Senders = 4;
    private const int MostFaults = 10;
    private const ulong DefaultSeed = 20_260;

    private static readonly HashSet<int> s_nothingLeftOut = [];

    // Statuses that the server itself may return without a body for invalid HTTP.
    private static readonly int[] s_serverRefusals = [400, 405, 408, 411, 413, 414, 431];

    private readonly TestDatabase _database = new();
    private readonly ConcurrentDictionary<(string Operation, int Status), int> _answers = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private MailService _mail = null!;
    private RequestGenerator _generator = null!;
    private string _role = "";
    private int _linesAtStart;
    private ulong _seed;

    private HttpClient Client => _mail.Client;

    public async ValueTask InitializeAsync()
    {
        _seed = Setting("AUTH_TEST_SEED", DefaultSeed);
        _mail = MailService.Start(_database, new TestClock(), ("Logging:LogLevel:Default", "Warning"));
        _role = await Client.CreateRoleAsync(await Account.LoginAsAdminAsync(Client), "articles:read");
        _linesAtStart = _mail.Service.Log.Lines.Count;
        _generator = new RequestGenerator(await ApiDocument.ReadAsync(Client), _seed);
    }

    public async ValueTask DisposeAsync()
    {
        await _mail.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task Every_malformed_request_gets_a_response_of_the_contract()
    {
        var count = (int)Setting("AUTH_TEST_COUNT", (ulong)Proof.Rounds(everyTime: 4_000, full: 100_000));

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(sender, count))));

        TestContext.Current.TestOutputHelper!.WriteLine(Describe());
        _faults.ShouldBeEmpty();
        _answers.Keys.Count(answer => answer.Status is >= 200 and < 300).ShouldBeGreaterThan(20);
        _mail.Service.Log.Lines.Skip(_linesAtStart).Where(IsDefect).ShouldBeEmpty();
    }

    private async Task SendAsync(int sender, int count)
    {
        var world = await NewWorldAsync();
        for (var number = sender; number < count; number += Senders)
        {
            var request = _generator.Make(number, world, s_nothingLeftOut);
            var answer = await SendAsync(request.Draft);
            if (FindFault(request.Draft, answer) is { } fault)
            {
                _faults.Enqueue(await ExplainAsync(number, world, fault));
                if (_faults.Count >= MostFaults)
                {
                    return;
                }
            }

            _answers.AddOrUpdate((request.Draft.Operation.Name, answer?.Status ?? 0), 1, (_, sum) => sum + 1);
            if (request.Draft.KeepsIdentity && HasLost(request.Caller, answer))
            {
                world = await NewWorldAsync();
            }
        }
    }

    private static bool HasLost(CallerKind caller, RawAnswer? answer) =>
        answer?.Status switch
        {
            401 => answer.Body.Contains("TOKEN_REVOKED", StringComparison.Ordinal)
                || answer.Body.Contains("\"INVALID_TOKEN", StringComparison.Ordinal),
            403 => caller == CallerKind.Administrator,
            _ => false,
        };

    private Task<RawAnswer?> SendAsync(Draft draft) =>
        RawHttp.ExchangeAsync(
            Client.BaseAddress!,
            draft.Render(Client.BaseAddress!.Authority),
            isHead: draft.Method == "HEAD",
            hangUp: draft.EndsEarly
        );

    private static string? FindFault(Draft draft, RawAnswer? answer)
    {
        if (answer is null)
        {
            return draft.MayGetNoAnswer || draft.MayBeNoHttp ? null : "There was no answer.";
        }

        if (answer.Status is 505 && draft.HasOddVersion)
        {
            return null;
        }

        if (answer.Status >= 500)
        {
            return $"It was answered {answer.Status} {answer.Body}";
        }

        if (answer.Status < 400 || draft.Method == "HEAD")
        {
            return null;
        }

        if (answer.Body.Length == 0)
        {
            return draft.MayBeNoHttp && s_serverRefusals.Contains(answer.Status)
                ? null
                : $"It was answered {answer.Status} without a body.";
        }

        try
        {
            if (
                draft.Operation.Name.Contains(" /oauth/", StringComparison.Ordinal)
                && answer.Headers.Contains("Content-Type: application/json; charset=utf-8")
            )
            {
                // RFC 6749 §5.2 has errors of its own.
                JsonNode.Parse(answer.Body)!.ShouldHaveMembers("error", "error_description");
                return null;
            }

            answer.Headers.ShouldContain($"Content-Type: {Http.ProblemType}");
            Http.ShouldBeProblemText(answer.Body, answer.Status);
            return null;
        }
        catch (Exception exception) when (exception is ShouldAssertException or System.Text.Json.JsonException)
        {
            return exception.Message;
        }
    }

    // Removes one mutation after the other, as long as the request still fails.
    private async Task<string> ExplainAsync(int number, World world, string fault)
    {
        var without = new HashSet<int>();
        for (var part = 1; part <= 4; part++)
        {
            without.Add(part);
            var smaller = _generator.Make(number, world, without).Draft;
            if (FindFault(smaller, await SendAsync(smaller)) is { } same)
            {
                fault = same;
            }
            else
            {
                without.Remove(part);
            }
        }

        var request = _generator.Make(number, world, without);
        var text = Encoding.Latin1.GetString(request.Draft.Render(Client.BaseAddress!.Authority));
        return $"""
            {fault}
            Seed {_seed}, request {number}, sent as {request.Caller}: {string.Join(", ", request.Mutations)}
            {text.Replace("\0", "\\0", StringComparison.Ordinal)}
            """;
    }

    // A caller who has logged out, changed the password, lost a role or deleted the account is replaced with a new one. The
    // role is assigned in the database: another sender's emergency rotation may revoke any access token in between.
    private async Task<World> NewWorldAsync()
    {
        var administrator = await Account.RegisterAsync(Client);
        _database.Execute(
            $"""
            INSERT INTO "UserRoles" ("UserId", "RoleId")
            SELECT u."Id", r."Id" FROM "Users" u, "Roles" r
            WHERE u.{_database.IdIs(administrator.Id.ToString())} AND r."Name" = 'admin'
            """
        );
        return new(await Account.RegisterAsync(Client), await administrator.LoginAgainAsync(Client), _role);
    }

    private string Describe()
    {
        var statuses = _answers.Keys.Select(answer => answer.Status).Distinct().Order().ToList();
        var table = new StringBuilder();
        Row("route", [.. statuses.Select(status => status == 0 ? "disconnected" : Draft.Number(status))]);
        Row("---", [.. statuses.Select(_ => "---:")]);
        foreach (var route in _answers.Keys.Select(answer => answer.Operation).Distinct().Order(StringComparer.Ordinal))
        {
            Row(route, [.. statuses.Select(status => Draft.Number(_answers.GetValueOrDefault((route, status))))]);
        }

        Row(
            "all",
            [
                .. statuses.Select(status =>
                    Draft.Number(_answers.Where(answer => answer.Key.Status == status).Sum(answer => answer.Value))
                ),
            ]
        );
        return table.ToString();

        void Row(string first, string[] cells) =>
            table.AppendLine(CultureInfo.InvariantCulture, $"| {first} | {string.Join(" | ", cells)} |");
    }

    // EF Core logs an error if a client disconnects during a statement, or if two requests want the same name.
    private static bool IsDefect(string line) =>
        (line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal))
        && !line.StartsWith("Error Microsoft.EntityFrameworkCore.", StringComparison.Ordinal);

    private static ulong Setting(string name, ulong fallback) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text
            ? ulong.Parse(text, CultureInfo.InvariantCulture)
            : fallback;
}
