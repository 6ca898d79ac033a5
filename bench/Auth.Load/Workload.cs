using System.Globalization;
using System.Text;

namespace Auth.Load;

/// <summary>The requests of clients.</summary>
internal abstract class Workload
{
    /// <summary>Returns the next request of a client; empty if there is none left.</summary>
    public abstract ReadOnlySpan<byte> Next(int client);

    /// <summary>Processes a successful response.</summary>
    public virtual void Answered(int client, ReadOnlySpan<byte> body) { }

    /// <summary>Whether a response that is not successful is only the first half of an operation, which is not counted.</summary>
    public virtual bool Expects(int client, int status, ReadOnlySpan<byte> body) => false;

    /// <summary>Processes any other response.</summary>
    public virtual void Refused(int client) { }

    /// <summary>Writes a GET request.</summary>
    protected static byte[] Get(string path, string? token) =>
        Encoding.ASCII.GetBytes(
            token is null
                ? $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n\r\n"
                : $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nAuthorization: Bearer {token}\r\n\r\n"
        );

    /// <summary>Writes a POST request.</summary>
    protected static byte[] Post(string path, string json) =>
        Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\nContent-Type: application/json\r\n"
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"
                )
        );
}

/// <summary>Prepared requests, in turn.</summary>
internal sealed class Prepared(IReadOnlyList<byte[]> requests, bool once = false) : Workload
{
    private int _next;

    public static Prepared Get(string path) => new([Get(path, token: null)]);

    /// <summary>The same request with each of several tokens.</summary>
    /// <param name="path">The path.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="once">Whether each token is sent at most once.</param>
    public static Prepared Get(string path, IEnumerable<string> tokens, bool once = false) =>
        new([.. tokens.Select(token => Get(path, token))], once);

    /// <summary>A request for each of several paths.</summary>
    public static Prepared GetEach(IEnumerable<string> paths) => new([.. paths.Select(path => Get(path, token: null))]);

    /// <summary>Logouts of the sessions of several access tokens, each sent once.</summary>
    public static Prepared Logout(IEnumerable<string> tokens) =>
        new(
            [
                .. tokens.Select(token =>
                    Encoding.ASCII.GetBytes(
                        "POST /api/auth/logout HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: bench\r\n"
                            + $"Authorization: Bearer {token}\r\nContent-Length: 0\r\n\r\n"
                    )
                ),
            ],
            once: true
        );

    /// <summary>Sign-ins of several accounts with one password.</summary>
    public static Prepared Login(IEnumerable<string> emails, string password) =>
        new([
            .. emails.Select(email =>
                Post("/api/auth/login", $$"""{"email":"{{email}}","password":"{{password}}","refreshTokenIn":"body"}""")
            ),
        ]);

    public override ReadOnlySpan<byte> Next(int client)
    {
        if (_next == requests.Count)
        {
            if (once)
            {
                return [];
            }

            _next = 0;
        }

        return requests[_next++];
    }
}

/// <summary>Sign-ins with a password and then a code, each of another account, because a code works once.</summary>
internal sealed class FactorLogins(IReadOnlyList<(string Email, Func<string> Code)> accounts, int clients) : Workload
{
    private static readonly byte[] s_member = "\"challenge\":\""u8.ToArray();

    private readonly string?[] _challenges = new string?[clients];
    private readonly int[] _current = new int[clients];
    private int _next;

    public override ReadOnlySpan<byte> Next(int client)
    {
        if (_challenges[client] is { } challenge)
        {
            _challenges[client] = null;
            var code = accounts[_current[client]].Code();
            return Post(
                "/api/auth/login/second-factor",
                $$"""{"challenge":"{{challenge}}","code":"{{code}}","refreshTokenIn":"body"}"""
            );
        }

        if (_next == accounts.Count)
        {
            return [];
        }

        _current[client] = _next++;
        return Post(
            "/api/auth/login",
            $$"""{"email":"{{accounts[_current[client]].Email}}","password":"{{Dataset.Password}}"}"""
        );
    }

    public override bool Expects(int client, int status, ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf(s_member) + s_member.Length;
        if (status != 401 || start < s_member.Length)
        {
            return false;
        }

        var length = body[start..].IndexOf((byte)'"');
        _challenges[client] = Encoding.ASCII.GetString(body.Slice(start, length));
        return true;
    }
}

/// <summary>New accounts.</summary>
internal sealed class Registrations(string prefix) : Workload
{
    private int _next;

    public override ReadOnlySpan<byte> Next(int client) =>
        Post(
            "/api/auth/register",
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"email":"{{prefix}}-{{_next++}}@example.com","password":"{{Dataset.Password}}","refreshTokenIn":"body"}"""
            )
        );
}

/// <summary>Refreshes of many sessions in turn, each with the token of the previous response.</summary>
internal sealed class Refreshes : Workload
{
    private static readonly byte[] s_member = "\"refreshToken\":\""u8.ToArray();

    private readonly byte[][] _requests;
    private readonly int _clients;
    private readonly int _tokenAt;
    private readonly int _tokenLength;
    private readonly int[] _current;

    public Refreshes(IReadOnlyList<string> refreshTokens, int clients)
    {
        _clients = clients;
        _requests = [.. refreshTokens.Select(token => Post("/api/auth/refresh", $$"""{"refreshToken":"{{token}}"}"""))];
        _tokenLength = refreshTokens[0].Length;
        _tokenAt = _requests[0].AsSpan().IndexOf(s_member) + s_member.Length;
        _current = [.. Enumerable.Range(0, clients)];
    }

    /// <summary>The number of refreshes left.</summary>
    public long Left { get; set; } = long.MaxValue;

    public override ReadOnlySpan<byte> Next(int client)
    {
        if (Left == 0)
        {
            return [];
        }

        Left--;
        return _requests[_current[client]];
    }

    public override void Answered(int client, ReadOnlySpan<byte> body)
    {
        var start = body.IndexOf(s_member) + s_member.Length;
        var request = _requests[_current[client]];
        body.Slice(start, _tokenLength).CopyTo(request.AsSpan(_tokenAt));
        Advance(client);
    }

    public override void Refused(int client) => Advance(client);

    // Each client has its own sessions.
    private void Advance(int client)
    {
        var next = _current[client] + _clients;
        _current[client] = next < _requests.Length ? next : client;
    }
}
