using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Auth.IntegrationTests.Support;

/// <summary>A real mail server on this machine, which can be told to fail.</summary>
public sealed class TestMailServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _received = new();
    private readonly ConcurrentQueue<string?> _users = new();
    private readonly SmtpServer.SmtpServer _server;
    private readonly Task _running;
    private int _sessions;
    private int _hanging;

    private TestMailServer(int port, X509Certificate2? certificate, bool isSecure)
    {
        Port = port;
        var options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint =>
            {
                endpoint
                    .Endpoint(new IPEndPoint(IPAddress.Loopback, port))
                    .AllowUnsecureAuthentication()
                    .IsSecure(isSecure);
                if (certificate is not null)
                {
                    endpoint.Certificate(certificate);
                }
            })
            .Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(new Store(this));
        services.Add(new Filter(this));
        services.Add((IUserAuthenticator)new Users(this));
        _server = new SmtpServer.SmtpServer(options, services);
        _server.SessionCreated += (_, _) => Interlocked.Increment(ref _sessions);
        _running = _server.StartAsync(_stop.Token);
    }

    public int Port { get; }

    /// <summary>What the server does with mail for an address; takes it by default.</summary>
    public Func<string, MailBehavior> Behavior { get; set; } = _ => MailBehavior.Accept;

    /// <summary>The password of the user <c>auth</c>.</summary>
    public const string Password = "relay-otter-41";

    public IReadOnlyCollection<MimeMessage> Received => _received;

    /// <summary>Who signed in, in order.</summary>
    public IReadOnlyCollection<string?> SignedIn => _users;

    /// <summary>How many connections there were.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>How many mails there were that the server did not answer.</summary>
    public int Hanging => Volatile.Read(ref _hanging);

    public (string, string?)[] Settings =>
        [
            ("Mail:Transport", "Smtp"),
            ("Mail:From", "Example <noreply@example.com>"),
            ("Mail:Smtp:Host", "localhost"),
            ("Mail:Smtp:Port", Port.ToString(CultureInfo.InvariantCulture)),
            ("Mail:Smtp:Security", "None"),
        ];

    public static TestMailServer Start(int? port = null, X509Certificate2? certificate = null, bool isSecure = false) =>
        new(port ?? Ports.FindFree(), certificate, isSecure);

    public IReadOnlyList<string> IdsFor(string address) =>
        [.. _received.Where(mail => mail.To.Mailboxes.Single().Address == address).Select(mail => mail.MessageId!)];

    /// <summary>Stops it: connections are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_running.IsCompleted)
        {
            return;
        }

        await _stop.CancelAsync();
        _server.Shutdown();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // That is how it stops.
        }
    }

    private sealed class Users(TestMailServer server) : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(
            ISessionContext context,
            string user,
            string password,
            CancellationToken cancellationToken
        )
        {
            server._users.Enqueue(user);
            return Task.FromResult(user == "auth" && password == Password);
        }
    }

    private sealed class Filter(TestMailServer server) : MailboxFilter
    {
        public override async Task<bool> CanDeliverToAsync(
            ISessionContext context,
            IMailbox to,
            IMailbox from,
            CancellationToken cancellationToken
        )
        {
            switch (server.Behavior(to.AsAddress()))
            {
                case MailBehavior.Reject:
                    throw new SmtpResponseException(new SmtpResponse(SmtpReplyCode.MailboxUnavailable, "unknown user"));
                case MailBehavior.Defer:
                    throw new SmtpResponseException(new SmtpResponse((SmtpReplyCode)451, "try again later"));
                case MailBehavior.Hang:
                    Interlocked.Increment(ref server._hanging);
                    await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, server._stop.Token);
                    return false;
                default:
                    return true;
            }
        }
    }

    private sealed class Store(TestMailServer server) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            using var content = new MemoryStream(buffer.ToArray());
            server._received.Enqueue(await MimeMessage.LoadAsync(content, cancellationToken));
            if (server.Behavior(transaction.To.Single().AsAddress()) == MailBehavior.DropAfterData)
            {
                ((IDisposable)context.Pipe).Dispose();
            }

            return SmtpResponse.Ok;
        }
    }
}

/// <summary>What a mail server does with a mail.</summary>
public enum MailBehavior
{
    /// <summary>Takes it.</summary>
    Accept,

    /// <summary>Answers that the address does not exist.</summary>
    Reject,

    /// <summary>Asks to try again later.</summary>
    Defer,

    /// <summary>Does not answer.</summary>
    Hang,

    /// <summary>Takes it, and closes the connection without an answer.</summary>
    DropAfterData,
}
