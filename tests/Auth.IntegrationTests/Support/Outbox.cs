using Auth.Application.Abstractions;
using Auth.Application.Mail;
using Auth.Domain.Mail;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Background;
using Auth.Infrastructure.Mail;
using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Auth.IntegrationTests.Support;

/// <summary>Stores mails as commands do.</summary>
internal static class Outbox
{
    /// <summary>Stores notices for one address each, all in one transaction.</summary>
    public static async Task AddMailsAsync(
        this TestService service,
        IEnumerable<string> addresses,
        MailTemplate template = MailTemplate.PasswordChanged,
        string? culture = null,
        Guid? userId = null
    )
    {
        await using var scope = service.Services.CreateAsyncScope();
        var outbox = scope.ServiceProvider.GetRequiredService<IMailOutbox>();
        var client = new ClientInfo("203.0.113.7", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0");
        foreach (var address in addresses)
        {
            outbox.Add(
                new MailRequest(
                    template,
                    EmailAddress.From(address),
                    culture,
                    userId,
                    FlowId: null,
                    IsLimited: false,
                    MailFacts.Of(client, service.Clock.GetUtcNow())
                )
            );
        }

        await scope
            .ServiceProvider.GetRequiredService<IUnitOfWork>()
            .SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Has the worker look for mails that are due, after the clock was put forward.</summary>
    public static void WakeMailWorker(this TestService service) =>
        service.Services.GetRequiredService<MailSignal>().Set();

    /// <summary>Finds the mail that was stored last.</summary>
    public static async Task<Guid> FindLastMailAsync(this TestService service)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .Mails.OrderByDescending(mail => mail.CreatedAt)
            .Select(mail => mail.Id)
            .FirstAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Counts the mails that no instance has begun to send.</summary>
    public static async Task<int> CountDueMailsAsync(this TestService service)
    {
        await using var scope = service.Services.CreateAsyncScope();
        var now = service.Clock.GetUtcNow();
        return await scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .Mails.CountAsync(mail => mail.NextAttemptAt <= now, TestContext.Current.CancellationToken);
    }

    /// <summary>Counts the attempts that have begun.</summary>
    public static async Task<int> CountAttemptsAsync(this TestService service)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .Mails.SumAsync(mail => mail.Attempts, TestContext.Current.CancellationToken);
    }

    /// <summary>Reads the state of the outbox now, for the health check.</summary>
    public static Task CountMailsAsync(this TestService service) =>
        service.Services.GetRequiredService<MailMonitor>().RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Removes what has expired.</summary>
    public static Task CleanUpAsync(this TestService service) =>
        service
            .Services.GetServices<IHostedService>()
            .OfType<ExpiredDataCleanup>()
            .Single()
            .RunAsync(TestContext.Current.CancellationToken);

    /// <summary>Keeps an instance from sending mails.</summary>
    public static void RemoveMailWorker(IServiceCollection services) =>
        services.Remove(
            services.Single(service =>
                service.ServiceType == typeof(IHostedService) && service.ImplementationType == typeof(MailWorker)
            )
        );

    public static string[] Addresses(int count, string prefix = "reader") =>
        [.. Enumerable.Range(1, count).Select(number => FormattableString.Invariant($"{prefix}{number}@example.com"))];
}
