using System.Globalization;
using System.Text;

namespace Auth.IntegrationTests.Malformed;

/// <summary>A request in pieces that can each be spoilt. All of it is raw text: one character is one byte of the head.</summary>
internal sealed class Draft
{
    // A little below the server's limits for a request line, the number of headers, and their length in all.
    private const int MaxLineLength = 8_000;
    private const int MaxLines = 95;
    private const int MaxHeadLength = 32_000;

    public required Operation Operation { get; init; }

    public required string Method { get; set; }

    public required string Path { get; set; }

    /// <summary>What stands between the ampersands.</summary>
    public List<string> Query { get; } = [];

    public string Version { get; set; } = "HTTP/1.1";

    public string? Authorization { get; set; }

    /// <summary>Header lines, without those that have a place of their own here.</summary>
    public List<string> Headers { get; } = [];

    public string? Host { get; set; }

    public string? ContentType { get; set; }

    /// <summary>The members of the body, names without quotes and values as raw JSON; null if there is no body.</summary>
    public List<(string Name, string Value)>? Members { get; set; }

    /// <summary>What is done to the bytes of the body after that.</summary>
    public List<Func<byte[], byte[]>> BodyEdits { get; } = [];

    /// <summary>How the bytes of the body are framed; null for a true Content-Length.</summary>
    public Func<byte[], (string[] Lines, byte[] Bytes)>? Framing { get; set; }

    /// <summary>Whether whoever sends it is still who they were.</summary>
    public bool KeepsIdentity { get; set; } = true;

    /// <summary>Whether this may not be HTTP: the server refuses such a request by itself, without a body.</summary>
    public bool MayBeNoHttp { get; set; }

    /// <summary>Whether the client hangs up before the end.</summary>
    public bool EndsEarly { get; set; }

    /// <summary>Whether there may be no answer: cut off, or so long that the server does not read to its end.</summary>
    public bool MayGetNoAnswer { get; set; }

    public bool HasOddVersion => Version is not ("HTTP/1.1" or "HTTP/1.0");

    /// <summary>The request as it goes over the wire.</summary>
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
        // Several spoilt places can do together what none of them does alone.
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
