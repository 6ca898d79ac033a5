using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Auth.Application.Abstractions;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Background;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Auth.Bench.Data;

/// <summary>
/// Measures the same operations on a small and a large database, alternating with every request, so that
/// other load on the machine affects both.
/// </summary>
internal sealed class Comparison(BenchService small, BenchService large, Plans plans)
{
    private const int WarmUp = 50;
    private const int Rounds = 200;
    private const int SlowWarmUp = 3;
    private const int SlowRounds = 15;
    private const int CleanupBatch = 500;
    private const int Users = 200;

    public async Task RunAsync(TextWriter output)
    {
        Side[] sides = [await Side.PrepareAsync(small, Users), await Side.PrepareAsync(large, Users)];
        await output.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                | {small.Provider}: median (95 of 100 below), ms | {sides[0].Count:N0} users | {sides[
                    1
                ].Count:N0} users | ratio |
                | --- | ---: | ---: | ---: |
                """
            )
        );

        await MeasureAsync("login", (side, i) => side.LoginAsync(i));
        await MeasureAsync("refresh", (side, i) => side.RefreshAsync(i));
        await MeasureAsync("register, then delete the account", (side, _) => side.RegisterAndDeleteAsync());
        await MeasureAsync("GET /api/users/me", (side, i) => side.GetAsync("/api/users/me", i));
        await MeasureAsync("GET /api/auth/sessions", (side, i) => side.GetAsync("/api/auth/sessions", i));
        await MeasureAsync("users, first page", (side, _) => side.GetAsync("/api/users"));
        await MeasureAsync(
            "users, a page in the middle",
            (side, i) => side.GetAsync($"/api/users?cursor={side.Middle(i)}")
        );
        await MeasureAsync("users, last page", (side, _) => side.GetAsync($"/api/users?cursor={side.Last}"));
        await MeasureAsync(
            "users by the start of the address",
            (side, i) => side.GetAsync($"/api/users?search={side.Prefix(i)}")
        );
        await MeasureAsync(
            "users by one letter of the address",
            (side, i) => side.GetAsync($"/api/users?search={side.Prefix(i)[0]}"),
            prepare: null,
            SlowWarmUp,
            SlowRounds
        );
        await MeasureAsync("users who are administrators", (side, _) => side.GetAsync("/api/users?role=admin&limit=1"));
        await MeasureAsync("users who are editors", (side, _) => side.GetAsync("/api/users?role=editor&limit=1"));
        await MeasureAsync("users who are disabled", (side, _) => side.GetAsync("/api/users?status=disabled&limit=1"));
        await MeasureAsync("audit, newest", (side, _) => side.GetAsync("/api/audit"));
        await MeasureAsync(
            "audit of a user",
            (side, i) => side.GetAsync($"/api/audit?userId={side.User(i).Id}&limit=1")
        );
        await MeasureAsync("audit of a type", (side, _) => side.GetAsync("/api/audit?type=login.succeeded"));
        await MeasureAsync("look for revocations", (side, _) => side.PollAsync());

        // First the expired data that the generator created.
        foreach (var side in sides)
        {
            await side.CleanUpAsync();
        }

        await MeasureAsync(
            "clean up 500 sessions",
            (side, _) => side.CleanUpAsync(),
            side => side.AddDeadSessionsAsync(CleanupBatch),
            SlowWarmUp,
            SlowRounds
        );

        async Task MeasureAsync(
            string name,
            Func<Side, int, Task> operation,
            Func<Side, Task>? prepare = null,
            int warmUp = WarmUp,
            int rounds = Rounds
        )
        {
            var times = new[] { new List<double>(), new List<double>() };
            for (var i = 0; i < warmUp + rounds; i++)
            {
                for (var side = 0; side < sides.Length; side++)
                {
                    await (prepare?.Invoke(sides[side]) ?? Task.CompletedTask);
                    var started = TimeProvider.System.GetTimestamp();
                    await operation(sides[side], i);
                    if (i >= warmUp)
                    {
                        times[side].Add(TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
                    }
                }
            }

            await (prepare?.Invoke(sides[1]) ?? Task.CompletedTask);
            await plans.RecordAsync(name, () => operation(sides[1], 0));

            times[0].Sort();
            times[1].Sort();
            var ratio = Median(times[1]) / Median(times[0]);
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {name} | {Median(times[0]):0.00} ({High(times[0]):0.00}) | {Median(times[1]):0.00} ({High(times[1]):0.00}) | {ratio:0.00} |"
                )
            );
        }
    }

    private static double Median(List<double> sorted) => sorted[sorted.Count / 2];

    private static double High(List<double> sorted) => sorted[sorted.Count * 95 / 100];

    /// <summary>One of the two databases, with users from all parts of it.</summary>
    private sealed class Side(
        BenchService service,
        int count,
        IReadOnlyList<User> users,
        IReadOnlyList<Session> sessions
    )
    {
        private readonly string[] _accessTokens = new string[users.Count];
        private readonly string[] _refreshTokens =
        [
            .. sessions.Select(service.Services.GetRequiredService<IRefreshTokens>().Create),
        ];
        private readonly Generator _generator = new(service, TextWriter.Null);
        private int _registered;
        private string _admin = "";

        public int Count => count;

        public string Last { get; private set; } = "";

        public static async Task<Side> PrepareAsync(BenchService service, int sample)
        {
            var now = TimeProvider.System.GetUtcNow();
            var side = await service.WithContextAsync(async context =>
            {
                var count = await context.Users.CountAsync();
                var ids = await context.Users.OrderBy(user => user.Id).Select(user => user.Id).ToListAsync();
                var users = new List<User>();
                var sessions = new List<Session>();
                for (var i = 0; users.Count < sample && i < 10 * sample; i++)
                {
                    var id = ids[(int)(Generator.Mix(i) % (uint)ids.Count)];
                    var user = await context
                        .Users.AsNoTracking()
                        .Include(user => user.Roles)
                        .SingleAsync(user => user.Id == id);
                    if (!user.IsActive || user.IsAdministrator || users.Exists(other => other.Id == id))
                    {
                        continue;
                    }

                    var alive = await context
                        .Sessions.AsNoTracking()
                        .Include(session => session.User)
                        .Where(session =>
                            session.UserId == id && session.EndedAt == null && session.ExpiresAt > now.AddHours(1)
                        )
                        .ToListAsync();
                    users.Add(user);
                    sessions.AddRange(alive);
                }

                var last = await context.Users.OrderByDescending(user => user.CreatedAt).Skip(50).FirstAsync();
                return new Side(service, count, users, sessions)
                {
                    Last = new PageCursor(last.CreatedAt, last.Id).ToString(),
                };
            });
            side._admin = await side.LoginAsync(BenchService.AdminEmail);
            return side;
        }

        public User User(int i) => users[i % users.Count];

        public string Middle(int i) => new PageCursor(User(i).CreatedAt, User(i).Id).ToString();

        public string Prefix(int i) => User(i).Email.Value[..10];

        public async Task LoginAsync(int i) => _accessTokens[i % users.Count] = await LoginAsync(User(i).Email.Value);

        public async Task RefreshAsync(int i)
        {
            var token = _refreshTokens[i % _refreshTokens.Length];
            var answer = await SendAsync(HttpMethod.Post, "/api/auth/refresh", new { refreshToken = token });
            _refreshTokens[i % _refreshTokens.Length] = answer!["refreshToken"]!.GetValue<string>();
        }

        public async Task RegisterAndDeleteAsync()
        {
            var answer = await SendAsync(
                HttpMethod.Post,
                "/api/auth/register",
                new { email = $"new-{++_registered}-{count}@example.com", password = BenchService.Password }
            );
            await SendAsync(
                HttpMethod.Post,
                "/api/users/me/delete",
                new { password = BenchService.Password },
                answer!["accessToken"]!.GetValue<string>()
            );
        }

        public Task<JsonNode?> GetAsync(string route) => SendAsync(HttpMethod.Get, route, body: null, _admin);

        public Task<JsonNode?> GetAsync(string route, int i) =>
            SendAsync(HttpMethod.Get, route, body: null, _accessTokens[i % users.Count]);

        public Task PollAsync() =>
            service.Services.GetRequiredService<RevocationPoller>().RunAsync(CancellationToken.None);

        public Task AddDeadSessionsAsync(int number) => _generator.AddDeadSessionsAsync(users, number);

        public Task CleanUpAsync() =>
            service
                .Services.GetServices<IHostedService>()
                .OfType<ExpiredDataCleanup>()
                .Single()
                .RunAsync(CancellationToken.None);

        private async Task<string> LoginAsync(string email)
        {
            var answer = await SendAsync(
                HttpMethod.Post,
                "/api/auth/login",
                new
                {
                    email,
                    password = BenchService.Password,
                    refreshTokenIn = "body",
                }
            );
            return answer!["accessToken"]!.GetValue<string>();
        }

        private async Task<JsonNode?> SendAsync(HttpMethod method, string route, object? body, string? bearer = null)
        {
            using var request = new HttpRequestMessage(method, route);
            request.Content = body is null ? null : JsonContent.Create(body, body.GetType());
            request.Headers.Authorization = bearer is null ? null : new AuthenticationHeaderValue("Bearer", bearer);
            using var response = await service.Client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return response.IsSuccessStatusCode
                ? (text.Length == 0 ? null : JsonNode.Parse(text))
                : throw new InvalidOperationException($"{method} {route}: {(int)response.StatusCode} {text}");
        }
    }
}
