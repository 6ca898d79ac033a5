using System.IO.Compression;
using System.Text;

namespace Auth.IntegrationTests.Malformed;

/// <summary>A way to corrupt a request.</summary>
/// <param name="Name">The name for failure reports.</param>
/// <param name="Fits">Whether the mutation applies to the request.</param>
/// <param name="Apply">Corrupts the request.</param>
internal sealed record Mutation(string Name, Func<Draft, bool> Fits, Action<Draft, Dice> Apply);

/// <summary>All ways to corrupt a request, by the corrupted part.</summary>
internal static class Mutations
{
    private const int BodyLimit = 10 * 1024;

    // Above this, the server may disconnect while the request is still being sent, and the response is lost.
    private const int ReadToItsEnd = 16 * 1024;

    /// <summary>Groups, so that the many values of one part do not crowd out the others.</summary>
    public static readonly IReadOnlyList<IReadOnlyList<Mutation>> All =
    [
        Members(),
        Members(),
        Bytes(),
        Types(),
        Targets(),
        Queries(),
        Headers(),
        Identities(),
        Framings(),
    ];

    private static Mutation[] Members() =>
        [
            OnMembers("a value of any kind", (draft, dice) => Replace(draft, dice, dice.Pick(Odd.Values))),
            OnMembers("a text of any kind", (draft, dice) => Replace(draft, dice, Quote(dice.Pick(Odd.Texts)))),
            OnMembers("a text of any length", (draft, dice) => Replace(draft, dice, Quote(Long(dice)))),
            OnMembers("a value in an array", (draft, dice) => Replace(draft, dice, $"[{dice.Pick(Odd.Values)}]")),
            OnMembers("a text in an array", (draft, dice) => Replace(draft, dice, $"[{Quote(dice.Pick(Odd.Texts))}]")),
            OnMembers(
                "many texts in an array",
                (draft, dice) =>
                    Replace(draft, dice, $"[{string.Join(',', Enumerable.Repeat("\"a:b\"", dice.Below(2_000)))}]")
            ),
            OnMembers("a deep value", (draft, dice) => Replace(draft, dice, Deep(dice))),
            OnMembers("a member missing", (draft, dice) => draft.Members!.RemoveAt(dice.Below(draft.Members.Count))),
            OnMembers("no members", (draft, _) => draft.Members!.Clear()),
            OnMembers("a member twice", (draft, dice) => draft.Members!.Add(dice.Pick(draft.Members))),
            OnMembers(
                "a member in two cases",
                (draft, dice) =>
                {
                    var (name, value) = dice.Pick(draft.Members!);
                    draft.Members!.Add((name.ToUpperInvariant(), value));
                }
            ),
            OnMembers(
                "a member escaped",
                (draft, dice) =>
                {
                    var (name, value) = dice.Pick(draft.Members!);
                    var escaped = string.Concat(name.Select(c => $"\\u{(int)c:x4}"));
                    if (dice.OneIn(2))
                    {
                        draft.Members!.Remove((name, value));
                    }

                    draft.Members!.Add((escaped, value));
                }
            ),
            HasBody(
                "an unknown member",
                (draft, dice) => draft.Members!.Add((dice.Pick(Odd.Names), dice.Pick(Odd.Values)))
            ),
            HasBody(
                "many members",
                (draft, dice) =>
                    draft.Members!.AddRange(Enumerable.Range(0, dice.Below(900)).Select(n => ($"m{n}", "1")))
            ),
        ];

    private static Mutation[] Bytes() =>
        [
            OnBytes("a byte order mark", (body, _) => [0xEF, 0xBB, 0xBF, .. body]),
            OnBytes("comments", (body, dice) => dice.OneIn(2) ? [.. "/**/"u8, .. body] : [.. body, .. "//x"u8]),
            OnBytes("a trailing comma", (body, _) => body.Length < 2 ? body : [.. body[..^1], .. ",}"u8]),
            OnBytes("a NUL", (body, dice) => Insert(body, dice, [0])),
            OnBytes("bytes that are no UTF-8", (body, dice) => Insert(body, dice, dice.Pick(s_noUtf8))),
            OnBytes("a random byte", (body, dice) => Insert(body, dice, dice.Bytes(1))),
            OnBytes("random bytes only", (_, dice) => dice.Bytes(dice.Below(200))),
            OnBytes("half of it", (body, dice) => body[..dice.Below(body.Length + 1)]),
            OnBytes("twice", (body, _) => [.. body, .. body]),
            OnBytes("UTF-16", (body, _) => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(body))),
            OnBytes("nothing", (_, _) => []),
            OnBytes("white space", (_, dice) => Filled((byte)' ', dice.Below(100))),
            OnBytes("another value", (_, dice) => Encoding.UTF8.GetBytes(dice.Pick(Odd.Values))),
            OnBytes("a deep value", (_, dice) => Encoding.UTF8.GetBytes(Deep(dice))),
            OnBytes("up to the limit", (body, _) => Padded(body, BodyLimit)),
            OnBytes("beyond the limit", (body, dice) => Padded(body, BodyLimit + 1 + dice.Below(2_000))),
            OnBytes("compressed", (body, _) => Compressed(body)),
            HasBody(
                "far beyond the limit",
                (draft, dice) =>
                {
                    var length = dice.Pick([20_000, 80_000, 200_000]);
                    draft.BodyEdits.Add(body => Padded(body, length));
                    draft.MayGetNoAnswer |= length > ReadToItsEnd;
                }
            ),
            new(
                "a body where none belongs",
                draft => draft.Members is null,
                (draft, dice) =>
                {
                    draft.Members = [("x", dice.Pick(Odd.Values))];
                    draft.ContentType = "application/json";
                }
            ),
        ];

    private static Mutation[] Types() =>
        [
            Always("another media type", (draft, dice) => SetType(draft, dice.Pick(Odd.ContentTypes))),
            new(
                "the media type twice",
                draft => draft.ContentType is not null,
                (draft, dice) => AddHeader(draft, $"Content-Type: {dice.Pick(Odd.ContentTypes)}")
            ),
        ];

    private static Mutation[] Targets() =>
        [
            Always("another method", (draft, dice) => draft.Method = dice.Pick(Odd.Methods)),
            Always(
                "an invalid method",
                (draft, dice) =>
                {
                    draft.Method = dice.Pick(["", "G\0T", "G@T", "GET ", "G\u00e9T", "(GET)", "\r\nGET"]);
                    draft.MayBeNoHttp = true;
                }
            ),
            Always(
                "another path",
                (draft, dice) =>
                {
                    draft.Path = dice.Pick(Odd.Paths).Replace("PATH", draft.Path, StringComparison.Ordinal);
                    draft.MayBeNoHttp = true;
                }
            ),
            new(
                "another parameter in the path",
                draft => draft.Operation.Template.Contains('{'),
                (draft, dice) => SetParameter(draft, dice.Pick(Odd.Escaped))
            ),
            new(
                "another parameter in the path",
                draft => draft.Operation.Template.Contains('{'),
                (draft, dice) => SetParameter(draft, Uri.EscapeDataString(dice.Pick(Odd.Texts)))
            ),
            Always(
                "another version",
                (draft, dice) =>
                {
                    draft.Version = dice.Pick(Odd.Versions);
                    draft.MayBeNoHttp = true;
                }
            ),
            Always(
                "far too long",
                (draft, dice) =>
                {
                    draft.Path += "/" + new string('l', dice.Pick([7_000, 9_000, 40_000]));
                    draft.MayBeNoHttp = draft.MayGetNoAnswer = true;
                }
            ),
        ];

    private static Mutation[] Queries() =>
        [
            new(
                "another value of a parameter",
                draft => draft.Operation.Query.Count > 0,
                (draft, dice) => AddQuery(draft, $"{dice.Pick(draft.Operation.Query)}={dice.Pick(Odd.Escaped)}")
            ),
            new(
                "a text as a parameter",
                draft => draft.Operation.Query.Count > 0,
                (draft, dice) =>
                    AddQuery(draft, $"{dice.Pick(draft.Operation.Query)}={Uri.EscapeDataString(dice.Pick(Odd.Texts))}")
            ),
            new(
                "a parameter twice",
                draft => draft.Operation.Query.Count > 0,
                (draft, dice) =>
                {
                    var name = dice.Pick(draft.Operation.Query);
                    AddQuery(draft, $"{name}={dice.Pick(Odd.Escaped)}");
                    AddQuery(draft, $"{(dice.OneIn(2) ? name : name.ToUpperInvariant())}={dice.Pick(Odd.Escaped)}");
                }
            ),
            new(
                "a part of a parameter",
                draft => draft.Operation.Query.Count > 0,
                (draft, dice) =>
                    AddQuery(
                        draft,
                        dice.Pick(draft.Operation.Query)
                            + dice.Pick(["[]=1", "[0]=1", ".x=1", "[a][b]=1", "", "=1=2", "%00=1", "%zz=1"])
                    )
            ),
            Always(
                "an unknown parameter",
                (draft, dice) => AddQuery(draft, $"{dice.Pick(Odd.Escaped)}={dice.Pick(Odd.Escaped)}")
            ),
            Always(
                "what is no parameter",
                (draft, dice) =>
                    AddQuery(draft, dice.Pick(["", "&&&", "=", "=x", "?", "a;b", "%", "\u00e9", "a b", "#"]))
            ),
            Always(
                "many parameters",
                (draft, dice) =>
                    draft.Query.AddRange(Enumerable.Range(0, dice.Below(1_200)).Select(number => $"q{number}"))
            ),
        ];

    private static Mutation[] Headers() =>
        [
            Always("an odd header", (draft, dice) => AddHeader(draft, dice.Pick(Odd.Headers))),
            Always("an odd header", (draft, dice) => AddHeader(draft, dice.Pick(Odd.Headers))),
            Always(
                "an odd header twice",
                (draft, dice) =>
                {
                    var header = dice.Pick(Odd.Headers);
                    AddHeader(draft, header);
                    AddHeader(draft, header);
                }
            ),
            Always(
                "a possibly invalid header",
                (draft, dice) =>
                {
                    draft.Headers.Add(dice.Pick(Odd.BadHeaders));
                    draft.MayBeNoHttp = draft.EndsEarly = draft.MayGetNoAnswer = true;
                }
            ),
            Always(
                "another host",
                (draft, dice) =>
                {
                    draft.Host = dice.Pick(Odd.Hosts);
                    draft.MayBeNoHttp = true;
                }
            ),
            Always(
                "many headers",
                (draft, dice) =>
                {
                    var count = dice.Pick([50, 90, 101, 500]);
                    draft.Headers.AddRange(Enumerable.Range(0, count).Select(number => $"X-{number}: x"));
                    draft.MayBeNoHttp |= count > 50;
                }
            ),
            Always(
                "a huge header",
                (draft, dice) =>
                {
                    draft.Headers.Add("X-Huge: " + new string('h', dice.Pick([30_000, 33_000, 100_000])));
                    draft.MayBeNoHttp = draft.MayGetNoAnswer = true;
                }
            ),
        ];

    private static Mutation[] Identities() =>
        [
            Always(
                "another identity",
                (draft, dice) =>
                {
                    var token = draft.Authorization?.Split(' ')[^1] ?? "e30.e30.AA";
                    draft.Authorization = dice.Pick(Odd.Authorizations)
                        .Replace("TOKEN", token, StringComparison.Ordinal);
                    draft.KeepsIdentity = false;
                    draft.MayBeNoHttp |= !IsPlain(draft.Authorization);
                }
            ),
            new(
                "a flipped character of the token",
                draft => draft.Authorization is { Length: > 20 },
                (draft, dice) =>
                {
                    var token = draft.Authorization!.ToCharArray();
                    token[7 + dice.Below(token.Length - 7)] = dice.Pick(['A', 'z', '.', '=', '+', '/', '-', '~']);
                    draft.Authorization = new string(token);
                    draft.KeepsIdentity = false;
                }
            ),
        ];

    private static Mutation[] Framings() =>
        [
            Frame("chunks", (body, _) => ([Chunked], [.. Chunk(body), .. "0\r\n\r\n"u8])),
            Frame(
                "small chunks with extensions and trailers",
                (body, _) =>
                    (
                        [Chunked, "Trailer: X-Trailer"],
                        [
                            .. body.SelectMany(one => (byte[])[.. "1;ext=\"a\"\r\n"u8, one, .. "\r\n"u8]),
                            .. "0\r\nX-Trailer: a\r\nAuthorization: Bearer x\r\n\r\n"u8,
                        ]
                    )
            ),
            Frame(
                "chunks cut off",
                (body, dice) => ([Chunked], Chunk(body)[..dice.Below(body.Length + 1)]),
                early: true
            ),
            Frame("chunks without an end", (body, _) => ([Chunked], Chunk(body)), early: true),
            Frame(
                "chunks whose lengths are none",
                (body, dice) =>
                    (
                        [Chunked],
                        [
                            .. Encoding.ASCII.GetBytes(
                                dice.Pick(["x", "-1", "", " ", "FFFFFFFFFFFFFFFFFF", "7fffffff", "0x5", "5\n", "\0"])
                            ),
                            .. "\r\n"u8,
                            .. body,
                        ]
                    ),
                early: true
            ),
            Frame(
                "a length that is too long",
                (body, dice) => ([$"Content-Length: {Draft.Number(body.Length + 1 + dice.Below(50))}"], body),
                early: true
            ),
            Frame(
                "a length that is far too long",
                (body, dice) => ([$"Content-Length: {dice.Pick(["70000", "100000000", "9223372036854775807"])}"], body),
                early: true
            ),
            Frame(
                "a length that is too short",
                (body, dice) => ([$"Content-Length: {Draft.Number(dice.Below(body.Length + 1))}"], body)
            ),
            Frame(
                "two lengths",
                (body, dice) =>
                    (
                        [
                            $"Content-Length: {Draft.Number(body.Length)}",
                            $"Content-Length: {Draft.Number(body.Length + dice.Below(2))}",
                        ],
                        body
                    ),
                early: true
            ),
            Frame(
                "a length and chunks",
                (body, _) =>
                    ([$"Content-Length: {Draft.Number(body.Length)}", Chunked], [.. Chunk(body), .. "0\r\n\r\n"u8]),
                early: true
            ),
            Frame("no length", (body, _) => ([], body), early: true),
        ];

    private const string Chunked = "Transfer-Encoding: chunked";

    private static readonly byte[][] s_noUtf8 =
    [
        [0xFF],
        [0xC3, 0x28],
        [0xC0, 0xAF],
        [0xED, 0xA0, 0x80],
        [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
        [0xF4, 0x90, 0x80, 0x80],
        [0xE2, 0x82],
        [0x80],
        [0x1F],
        [0x7F],
    ];

    private static Mutation Always(string name, Action<Draft, Dice> apply) => new(name, _ => true, apply);

    private static Mutation HasBody(string name, Action<Draft, Dice> apply) =>
        new(name, draft => draft.Members is not null, apply);

    private static Mutation OnMembers(string name, Action<Draft, Dice> apply) =>
        new(name, draft => draft.Members is { Count: > 0 }, apply);

    private static Mutation OnBytes(string name, Func<byte[], Dice, byte[]> edit) =>
        HasBody(name, (draft, dice) => draft.BodyEdits.Add(body => edit(body, dice)));

    private static Mutation Frame(
        string name,
        Func<byte[], Dice, (string[] Lines, byte[] Bytes)> frame,
        bool early = false
    ) =>
        HasBody(
            name,
            (draft, dice) =>
            {
                draft.Framing = body => frame(body, dice);
                draft.MayBeNoHttp = true;
                draft.EndsEarly |= early;
                draft.MayGetNoAnswer = true;
            }
        );

    private static void Replace(Draft draft, Dice dice, string value)
    {
        var index = dice.Below(draft.Members!.Count);
        draft.Members[index] = draft.Members[index] with { Value = value };
    }

    private static string Quote(string text) => $"\"{text}\"";

    private static string Long(Dice dice) =>
        string.Concat(
            Enumerable.Repeat(dice.Pick(["x", "é", "\\u0301", "\ud83e\udd8a", "\\ud83e\\udd8a", " "]), dice.Below(900))
        );

    private static string Deep(Dice dice)
    {
        var depth = dice.Pick([14, 15, 16, 17, 63, 64, 65, 1_000, 4_000]);
        return dice.Below(3) switch
        {
            0 => new string('[', depth) + new string(']', depth),
            1 => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth),
            _ => new string('[', depth),
        };
    }

    private static byte[] Insert(byte[] body, Dice dice, byte[] bytes)
    {
        var at = dice.Below(body.Length + 1);
        return [.. body[..at], .. bytes, .. body[at..]];
    }

    private static byte[] Filled(byte value, int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, value);
        return bytes;
    }

    private static byte[] Padded(byte[] body, int length) =>
        body.Length >= length ? body : [.. body, .. Filled((byte)' ', length - body.Length)];

    private static byte[] Compressed(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }

    private static byte[] Chunk(byte[] body) =>
        body.Length == 0 ? [] : [.. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n"u8];

    private static void SetType(Draft draft, string? type)
    {
        draft.ContentType = type;
        draft.MayBeNoHttp |= !IsPlain(type);
    }

    private static void SetParameter(Draft draft, string value)
    {
        var template = draft.Operation.Template;
        draft.Path = string.Concat(
            template[..template.IndexOf('{', StringComparison.Ordinal)],
            value,
            template[(template.IndexOf('}', StringComparison.Ordinal) + 1)..]
        );
        // An invalid escape, or white space in it.
        draft.MayBeNoHttp = true;
    }

    private static void AddQuery(Draft draft, string part)
    {
        draft.Query.Add(part);
        draft.MayBeNoHttp |= part.Contains(' ') || !IsPlain(part);
    }

    private static void AddHeader(Draft draft, string line)
    {
        draft.Headers.Add(line);
        draft.MayBeNoHttp |= !IsPlain(line);
    }

    private static bool IsPlain(string? text) => text is null || text.All(c => c is >= ' ' and < '\u007f' or '\t');
}
