using System.Globalization;
using System.Text;

namespace Auth.IntegrationTests.Malformed;

/// <summary>A request in parts that can each be corrupted. All of it is raw text: one character is one byte of the head.</summary>
internal sealed class Draft
{
    // A little below the server's limits for a request line, the number of headers, and their length in all.
    private const int MaxLineLength = 8_000;
    private const int MaxLines = 95;
    private const int MaxHeadLength = 32_000;

    public required Operation Operation { get; init; }

    public required string Method { get; set; }

    public required string Path { get; set; }

    /// <summary>The query parameters.</summary>
    public List<string> Query { get; } = [];

    public string Version { get; set; } = "HTTP/1.1";

    public string? Authorization { get; set; }

    /// <summary>Header lines, except those with a property of their own here.</summary>
    public List<string> Headers { get; } = [];

    public string? Host { get; set; }

    public string? ContentType { get; set; }

    /// <summary>The properties of the body, names without quotes and values as raw JSON; null if there is no body.</summary>
    public List<(string Name, string Value)>? Members { get; set; }

    /// <summary>Changes to the bytes of the body, applied last.</summary>
    public List<Func<byte[], byte[]>> BodyEdits { get; } = [];

    /// <summary>The framing of the body; null for a correct Content-Length.</summary>
    public Func<byte[], (string[] Lines, byte[] Bytes)>? Framing { get; set; }

    /// <summary>Whether the caller's credentials are unchanged.</summary>
    public bool KeepsIdentity { get; set; } = true;

    /// <summary>Whether this may be invalid HTTP, which the server itself rejects without a body.</summary>
    public bool MayBeNoHttp { get; set; }

    /// <summary>Whether the client disconnects before the end.</summary>
    public bool EndsEarly { get; set; }

    /// <summary>Whether there may be no response: cut off, or too long for the server to read completely.</summary>
    public bool MayGetNoAnswer { get; set; }

    public bool HasOddVersion => Version is not ("HTTP/1.1" or "HTTP/1.0");

    /// <summary>The bytes of the request.</summary>
    public byte[] Render(string authority)
    {
        List<string> lines =
        [
            $"{Method} {Path}{(Query.Count == 0 ? "" : "?" + string.Join('&', Query))} {Version}",
            Host ?? $"Host: {authority}",
        ];
        if (Authorization is not null)
        {
            lines.Add($"Authorization: {Authorization}");
        }

        if (ContentType is not null)
        {
            lines.Add($"Content-Type: {ContentType}");
        }

        byte[] bytes = [];
        if (Members is not null || BodyEdits.Count > 0)
        {
            var body = BodyEdits.Aggregate(Json(), (edited, edit) => edit(edited));
            (var framing, bytes) = Framing?.Invoke(body) ?? ([$"Content-Length: {Number(body.Length)}"], body);
            lines.AddRange(framing);
        }

        lines.AddRange(Headers);
        lines.Add("Connection: close");
        // Several changes can cause together what none of them causes alone.
        MayBeNoHttp |=
            lines[0].Length > MaxLineLength
            || lines.Count > MaxLines
            || lines.Sum(line => line.Length + 2) > MaxHeadLength;
        return [.. Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), .. bytes];
    }

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private byte[] Json() =>
        Members is null
            ? []
            : Encoding.UTF8.GetBytes(
                "{" + string.Join(',', Members.Select(member => $"\"{member.Name}\":{member.Value}")) + "}"
            );
}
