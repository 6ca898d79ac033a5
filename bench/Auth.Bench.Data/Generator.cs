using System.Globalization;
using System.Security.Cryptography;
using Auth.Application.Abstractions;
using Auth.Domain.Audit;
using Auth.Domain.Revocations;
using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.Bench.Data;

/// <summary>The numbers of rows to generate.</summary>
internal sealed record Amounts(int Users, int Sessions);

/// <summary>
/// Fills a database with the data of years of use: accounts of three years, the sessions of a month (used, unused,
/// expired, ended, and some to be cleaned up), their revocations, failure counts, and an audit log that verifies.
/// </summary>
/// <remarks>Created by the domain's own methods, so that it contains only what the service could have created.</remarks>
internal sealed class Generator(BenchService service, TextWriter report)
{
    private static readonly TimeSpan s_age = TimeSpan.FromDays(3 * 365);
    private static readonly TimeSpan s_sessionAge = TimeSpan.FromDays(32);
    private static readonly SessionPolicy s_policy = new();

    private static readonly string[] s_userAgents =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
        "ExampleApp/4.2 (Android 15)",
    ];

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    /// <summary>Scatters numbers deterministically.</summary>
    public static uint Mix(long number) => BitConverter.ToUInt32(SHA256.HashData(BitConverter.GetBytes(number)));

    /// <summary>Whether there are users other than the first administrator.</summary>
    public Task<bool> IsFilledAsync() =>
        service.WithContextAsync(context => context.Users.OrderBy(user => user.Id).Skip(1).AnyAsync());

    /// <summary>Fills the database; every user has <see cref="BenchService.Password"/>.</summary>
    public async Task FillAsync(Amounts amounts)
    {
        if (await IsFilledAsync())
        {
            throw new InvalidOperationException("There are users already.");
        }

        await service.WithContextAsync(async context =>
        {
            await FillAsync(amounts, context);
            return true;
        });
    }

    /// <summary>Adds sessions that the next cleanup will remove.</summary>
    public Task AddDeadSessionsAsync(IReadOnlyList<User> users, int count) =>
        service.WithContextAsync(async context =>
        {
            var day = _now - TimeSpan.FromDays(40);
            await using var writer = await BulkWriter.OpenAsync(service);
            await writer.WriteAsync(
                Table.Of<Session>(context),
                Enumerable
                    .Range(0, count)
                    .Select(i => Session.Start(users[i % users.Count], ClientOf(i), s_policy, day.AddSeconds(i)))
            );
            return true;
        });

    private async Task FillAsync(Amounts amounts, AppDbContext context)
    {
        var roles = await context.Roles.ToListAsync();
        var hash = await service
            .Services.GetRequiredService<IPasswordHasher>()
            .HashAsync(BenchService.Password, CancellationToken.None);

        var users = MakeUsers(amounts.Users, hash, roles);
        await using var writer = await BulkWriter.OpenAsync(service);
        await report.WriteLineAsync(
            "| rows | of | bytes each, indexes included | after |\n| ---: | --- | ---: | ---: |"
        );
        var started = TimeProvider.System.GetTimestamp();
        var size = await writer.ReadSizeAsync();
        await writer.WriteAsync(Table.Of<User>(context), users);
        await writer.WriteAsync(Table.UserRoles, users.SelectMany(user => user.Roles.Select(role => (user, role))));
        await ReportAsync(users.Count, "users with their roles");

        var hasher = service.Services.GetRequiredService<AuditHasher>();
        var chain = AuditChain.Start(hasher, _now - s_sessionAge);
        var revocations = new List<Revocation>();
        var records = new List<AuditRecord>();
        await writer.WriteAsync(
            Table.Of<Session>(context),
            MakeSessions(amounts.Sessions, users, revocations, records)
        );
        await ReportAsync(amounts.Sessions, "sessions");

        Link(records, chain, hasher);
        await writer.WriteAsync(Table.Of<AuditRecord>(context), records);
        await writer.WriteAsync(Table.Of<AuditChain>(context), [chain]);
        await ReportAsync(records.Count, "audit records");

        await writer.WriteAsync(Table.Of<Revocation>(context), revocations);
        await ReportAsync(revocations.Count, "revocations");

        await ReportAsync(await writer.ExecuteAsync(writer.FailureCountsOfSomeUsers), "failure counts");

        await writer.FinishAsync();

        async Task ReportAsync(int count, string what)
        {
            var grown = await writer.ReadSizeAsync() - size;
            var seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            await report.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {count:N0} | {what} | {grown / Math.Max(count, 1)} | {seconds:N0} s |"
                )
            );
            size += grown;
        }
    }

    private List<User> MakeUsers(int count, string hash, List<Role> roles)
    {
        var viewer = roles.Single(role => role.Name == Role.Viewer);
        var editor = roles.Single(role => role.Name == Role.Editor);
        var admin = roles.Single(role => role.Name == Role.Admin);
        var users = new List<User>(count);
        for (var i = 0; i < count; i++)
        {
            var at = At(_now - s_age, s_age - s_sessionAge, i, count);
            Role[] held = (i % 100, i % 100_000) switch
            {
                (_, 50_000) => [viewer, admin],
                (7, _) => [viewer, editor],
                _ => [viewer],
            };
            var user = User.Import(
                EmailAddress.From($"{Mix(i):x8}.{i.ToString(CultureInfo.InvariantCulture)}@example.com"),
                emailConfirmed: i % 3 == 0,
                hash,
                i % 2 == 0 ? $"User {i.ToString(CultureInfo.InvariantCulture)}" : null,
                held,
                at
            );
            if (i % 1000 == 999)
            {
                user.Disable(at.AddDays(1));
            }

            users.Add(user);
        }

        return users;
    }

    /// <summary>In chronological order. Related data is recorded along the way.</summary>
    private IEnumerable<Session> MakeSessions(
        int count,
        List<User> users,
        List<Revocation> revocations,
        List<AuditRecord> records
    )
    {
        for (var i = 0; i < count; i++)
        {
            var user = users[(int)(Mix(i) % (uint)users.Count)];
            var fate = Mix(i + (long)count);
            var at = At(_now - s_sessionAge, s_sessionAge, i, count);
            var session = Session.Start(user, ClientOf(i), s_policy, at);
            user.SignIn(at);

            // Half of them were used once more since.
            var used = at + ((_now - at) * (Mix(fate) / (double)uint.MaxValue));
            if (fate % 2 == 0)
            {
                session.Rotate(session.Generation, ClientOf(i), s_policy, used);
            }

            if (fate % 10 == 0 && session.End(RevocationReasons.Logout, used) && used > _now - TimeSpan.FromDays(1))
            {
                revocations.AddRange(session.Revocations);
            }

            if (i % 2 == 0)
            {
                records.Add(
                    AuditRecord.Create(
                        AuditTypes.LoginSucceeded,
                        AuditOutcome.Success,
                        ClientOf(i),
                        at,
                        user.Id,
                        user.Id,
                        session.Id
                    )
                );
            }

            yield return session;
        }
    }

    private static void Link(List<AuditRecord> records, AuditChain chain, AuditHasher hasher)
    {
        var (sequence, hash) = (chain.Sequence, chain.Hash);
        foreach (var record in records)
        {
            record.Place(chain.Id, ++sequence);
            hasher.SealPersonalData(record);
            hash = hasher.Hash(record, hash);
            record.Seal(hash);
        }

        chain.Extend(sequence, hash, hasher.SealEnd(chain.Id, sequence, hash), chain.LeasedUntil);
    }

    private static DateTimeOffset At(DateTimeOffset start, TimeSpan span, int i, int count) =>
        // Every database keeps microseconds.
        new(start.AddTicks((long)(span.Ticks * (i / (double)count))).Ticks / 10 * 10, TimeSpan.Zero);

    private static ClientInfo ClientOf(int i)
    {
        var address = Mix(i);
        return new(
            $"10.{(byte)(address >> 16)}.{(byte)(address >> 8)}.{(byte)address}",
            s_userAgents[i % s_userAgents.Length]
        );
    }
}
