using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Auth.Infrastructure.Mail;
using Auth.Infrastructure.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;

namespace Auth.IntegrationTests.Support;

/// <summary>A mail that was delivered.</summary>
/// <param name="To">Where it went.</param>
/// <param name="Template">The name of what it says.</param>
/// <param name="Text">Its text.</param>
public sealed partial record DeliveredMail(string To, string Template, string Text)
{
    /// <summary>The secret of the link.</summary>
    public string Token => TokenPattern().Match(Text).Groups["token"].Value.ShouldNotBeEmptyText(Text);

    /// <summary>The code.</summary>
    public string Code => CodePattern().Match(Text).Value.ShouldNotBeEmptyText(Text);

    /// <summary>A code of the right form that is not this one.</summary>
    public string WrongCode => Code == "000000" ? "000001" : "000000";

    [GeneratedRegex("#token=(?<token>[A-Za-z0-9_-]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TokenPattern();

    [GeneratedRegex(@"(?<![A-Za-z0-9_-])\d{6}(?![A-Za-z0-9_-])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodePattern();
}

/// <summary>An instance that sends mail. Its mails are delivered when the test says so, into a list.</summary>
public sealed class MailService : IAsyncDisposable
{
    private readonly Transport _transport = new();
    private readonly TestDatabase? _ownDatabase;

    private MailService(
        TestDatabase database,
        TestDatabase? ownDatabase,
        TestClock? clock,
        (string, string?)[] settings
    )
    {
        (Database, _ownDatabase) = (database, ownDatabase);
        Service = TestService.Start(
            database,
            services =>
            {
                services.Replace(ServiceDescriptor.Singleton<IMailTransport>(_transport));
                services.Remove(services.Single(service => service.ImplementationType == typeof(MailWorker)));
            },
            clock,
            [("Mail:Transport", "Folder"), .. settings]
        );
    }

    public TestDatabase Database { get; }

    public TestService Service { get; }

    public HttpClient Client => Service.Client;

    public TestClock Clock => Service.Clock;

    public static MailService Start(params (string, string?)[] settings)
    {
        var database = new TestDatabase();
        return new(database, database, clock: null, settings);
    }

    /// <summary>Starts an instance on a database that others use as well.</summary>
    public static MailService Start(TestDatabase database, TestClock clock, params (string, string?)[] settings) =>
        new(database, ownDatabase: null, clock, settings);

    /// <summary>Delivers all mails that are due, and returns those to an address, in order.</summary>
    public async Task<IReadOnlyList<DeliveredMail>> ListMailsAsync(string address)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var queue = Service.Services.GetRequiredService<MailQueue>();
        var sender = Service.Services.GetRequiredService<MailSender>();
        while (await queue.ListDueAsync(100, cancellation) is { Count: > 0 } due)
        {
            foreach (var mail in due)
            {
                await sender.SendAsync(mail, cancellation);
            }
        }

        await using var scope = Service.Services.CreateAsyncScope();
        var templates = await scope
            .ServiceProvider.GetRequiredService<AppDbContext>()
            .Mails.ToDictionaryAsync(mail => mail.Id, mail => mail.Template.ToString(), cancellation);
        return
        [
            .. _transport
                .Messages.Where(message => message.To.Mailboxes.Single().Address == address)
                .Select(message => new DeliveredMail(
                    address,
                    templates[Guid.Parse(message.MessageId!.Split('@')[0])],
                    message.TextBody!
                )),
        ];
    }

    /// <summary>Delivers all mails that are due, and returns the last one to an address, which says something.</summary>
    public async Task<DeliveredMail> ReceiveAsync(string address, string template)
    {
        var mails = await ListMailsAsync(address);
        mails.ShouldNotBeEmpty();
        mails[^1].Template.ShouldBe(template);
        return mails[^1];
    }

    /// <summary>A user who has confirmed their address, whether that is required or not.</summary>
    public async Task<Account> RegisterConfirmedAsync()
    {
        var (email, password) = (Account.NewEmail(), Account.DefaultPassword);
        var registration = new
        {
            email,
            password,
            refreshTokenIn = "body",
        };
        using var response = await Client.PostAsync("/api/auth/register", registration);
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            var token = (await ReceiveAsync(email, "VerifyEmail")).Token;
            var signIn = await Client
                .PostAsync(
                    "/api/auth/verify-email",
                    new
                    {
                        token,
                        password,
                        refreshTokenIn = "body",
                    }
                )
                .ShouldBeAsync(201);
            return new(email, password, signIn);
        }

        var account = new Account(email, password, await response.ShouldBeAsync(201));
        var mail = await ReceiveAsync(account.Email, "VerifyEmail");
        await Client
            .PostAsync("/api/auth/verify-email", new { code = mail.Code }, account.AccessToken)
            .ShouldBeAsync(204);
        return account;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _ownDatabase?.Dispose();
    }

    private sealed class Transport : IMailTransport
    {
        private readonly ConcurrentQueue<MimeMessage> _messages = new();

        public IReadOnlyCollection<MimeMessage> Messages => _messages;

        public Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
        {
            _messages.Enqueue(message);
            return Task.CompletedTask;
        }
    }
}

/// <summary>What a test expects of a text.</summary>
internal static class ExpectedText
{
    public static string ShouldNotBeEmptyText(this string value, string context)
    {
        value.ShouldNotBeEmpty(context);
        return value;
    }
}
