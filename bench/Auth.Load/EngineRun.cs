using Auth.Infrastructure.Persistence;

namespace Auth.Load;

/// <summary>
/// Compares the service on one engine with its peers. They alternate in short turns, so that other load on the machine
/// affects all of them; ratios are those of neighboring turns.
/// </summary>
internal sealed class EngineRun(Options options, Published published, string folder, Report report) : IDisposable
{
    private const int BcryptCost = 12;

    private readonly List<Child> _children = [];
    private Child _service = null!;
    private Child _empty = null!;
    private Child _jwt = null!;
    private Child _query = null!;

    public async Task RunAsync(DatabaseProvider provider, string connectionString)
    {
        await using var dataset = await Dataset.CreateAsync(provider, connectionString);
        var engine = dataset.Engine;
        await StartAsync(dataset);
        report.Add(await MeasureIdleMemoryAsync(engine));

        var empty = Prepared.Get("/");
        var users = Prepared.GetEach(dataset.UserIds.Select(id => $"/users/{id}"));
        string[] tokens = [.. dataset.IssueForEachSession()];
        var me = Prepared.Get("/api/auth/me", tokens);
        var peerMe = Prepared.Get("/me", tokens);
        var usersMe = Prepared.Get("/api/users/me", tokens);
        var refresh = new Refreshes(dataset.RefreshTokens, Plan.Clients);
        var login = Prepared.Login(dataset.Emails, Dataset.Password);
        using var raw = new RawRefresh(provider, connectionString, dataset.RawSessionIds);

        Console.Error.WriteLine($"{engine}: warming up");
        WarmUp(options.Plan.WarmUp, (_service, me), (_service, usersMe), (_service, refresh), (_service, login));
        WarmUp(options.Plan.PeerWarmUp, (_empty, empty), (_jwt, peerMe), (_query, users));

        Pairs seen = new(),
            unseen = new(),
            reads = new(),
            refreshes = new();
        for (var round = 1; round <= options.Plan.Rounds; round++)
        {
            Console.Error.WriteLine($"{engine}: round {round} of {options.Plan.Rounds}");
            if (options.Runs("me"))
            {
                seen.Add(
                    Measure(_empty, empty),
                    Measure(_service, me, Prepared.Get("/api/auth/me", [.. tokens, .. tokens], once: true))
                );
                // Enough for any rate: a workload that runs out is measured for a shorter time.
                var needed = (int)(options.Plan.Slice.TotalSeconds * unseen.HighestRate(12_000) * 1.2);
                string[] fresh = [.. dataset.Issue(needed)];
                unseen.Add(
                    Measure(_jwt, Prepared.Get("/me", fresh, once: true)),
                    Measure(_service, Prepared.Get("/api/auth/me", fresh, once: true))
                );
            }

            if (options.Runs("users"))
            {
                reads.Add(Measure(_query, users), Measure(_service, usersMe));
            }

            if (options.Runs("refresh"))
            {
                refreshes.Add(await raw.MeasureAsync(Plan.Clients, options.Plan.Slice), Measure(_service, refresh));
            }
        }

        seen.Report(report, "GET /api/auth/me, cached tokens", engine, "empty endpoint", 0.75);
        unseen.Report(report, "GET /api/auth/me, every token new", engine, "stock JwtBearer", 0.9);
        reads.Report(report, "GET /api/users/me", engine, "compiled query", 0.5);
        refreshes.Report(report, "POST /api/auth/refresh", engine, "raw transaction", 0.4);
        if (options.Runs("passwords"))
        {
            MeasurePasswords(engine, login);
            await MeasureFactorsAsync(dataset, login);
        }

        if (options.Runs("logout"))
        {
            await new Logouts(_service, dataset, options.Plan, report).RunAsync();
        }

        report.Add(new("resident memory after the run", engine, Row.Mebibytes(_service.ResidentMemory)));
    }

    public void Dispose() => _children.ForEach(child => child.Dispose());

    private async Task StartAsync(Dataset dataset)
    {
        _service = await StartAsync(published.Service, [], dataset.Settings, "/health/ready");
        var keySetFile = Path.Combine(folder, "jwks.json");
        using (var http = new HttpClient())
        {
            await File.WriteAllTextAsync(
                keySetFile,
                await http.GetStringAsync($"http://{_service.Address}/.well-known/jwks.json")
            );
        }

        var none = new Dictionary<string, string>(StringComparer.Ordinal);
        _empty = await StartAsync(published.Peers, ["empty"], none, "/");
        _jwt = await StartAsync(
            published.Peers,
            ["jwt", dataset.Issuer, dataset.Audience, keySetFile],
            none,
            path: null
        );
        _query = await StartAsync(
            published.Peers,
            ["query", dataset.Provider.ToString(), dataset.ConnectionString],
            none,
            $"/users/{dataset.UserIds.First()}"
        );
    }

    private async Task<Child> StartAsync(
        string assembly,
        string[] arguments,
        Dictionary<string, string> settings,
        string? path
    )
    {
        var (child, _) = await Child.StartAsync(assembly, arguments, settings, path);
        _children.Add(child);
        return child;
    }

    private async Task<Row> MeasureIdleMemoryAsync(string engine)
    {
        await Task.Delay(TimeSpan.FromSeconds(10));
        var (memory, peer) = (_service.ResidentMemory, _empty.ResidentMemory);
        return new("resident memory, idle", engine, Row.Mebibytes(memory))
        {
            Peer = "empty service",
            PeerValue = Row.Mebibytes(peer),
            Ratio = memory / peer,
            Wanted = "< 120 MB",
            Met = memory * 1024 * 1024 < 120e6,
        };
    }

    private void MeasurePasswords(string engine, Prepared login)
    {
        var duration = options.Plan.Logins;
        var hashes = Libxcrypt.IsAvailable ? Libxcrypt.Measure(Dataset.Password, BcryptCost, duration) : null;
        foreach (
            var (what, workload, wanted) in new (string, Workload, double?)[]
            {
                ("POST /api/auth/login", login, 1.4),
                ("POST /api/auth/register", new Registrations(engine), null),
            }
        )
        {
            Pairs pairs = new();
            pairs.Add(hashes, _service.Measure(workload, Plan.Clients, duration));
            pairs.Report(report, what, engine, "libxcrypt on all cores", wanted);
        }
    }

    private async Task MeasureFactorsAsync(Dataset dataset, Prepared login)
    {
        Pairs pairs = new();
        for (var round = 0; round < options.Plan.Rounds; round++)
        {
            var accounts = await dataset.AddFactorUsersAsync();
            pairs.Add(
                _service.Measure(login, Plan.Clients, options.Plan.Slice),
                _service.Measure(new FactorLogins(accounts, Plan.Clients), Plan.Clients, options.Plan.Slice)
            );
        }

        pairs.Report(report, "POST /api/auth/login and a code", dataset.Engine, "login without a factor", 0.9);
    }

    /// <summary>Measures, after a warm-up turn.</summary>
    private Measurement Measure(Child child, Workload workload, Workload before)
    {
        child.Measure(before, Plan.Clients, options.Plan.Slice);
        return Measure(child, workload);
    }

    private Measurement Measure(Child child, Workload workload) =>
        child.Measure(workload, Plan.Clients, options.Plan.Slice);

    private static void WarmUp(TimeSpan duration, params (Child Child, Workload Workload)[] workloads)
    {
        // Short turns: background compilation for one runs during the turns of the others.
        var slice = TimeSpan.FromSeconds(1);
        for (var time = TimeSpan.Zero; time < duration; time += slice * workloads.Length)
        {
            foreach (var (child, workload) in workloads)
            {
                child.Measure(workload, Plan.Clients, slice).RequireSuccess();
            }
        }
    }
}
