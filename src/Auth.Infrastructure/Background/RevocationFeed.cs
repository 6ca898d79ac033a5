using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Auth.Application.Abstractions;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Keys;
using Auth.Infrastructure.Security.Tokens;

namespace Auth.Infrastructure.Background;

/// <summary>Signs the revocations for other services, once per change and not once per request.</summary>
/// <remarks>
/// The documents of an edition are the last 16, 32, 64 … events and the whole: however many cursors are asked for, there are
/// at most as many documents as doublings, and together they are no longer than twice the whole.
/// </remarks>
internal sealed class RevocationFeed(
    RevocationLog log,
    SigningKeyRing keys,
    RevocationStatus status,
    RevocationOptions options,
    JwtOptions jwt,
    TimeProvider clock
) : IRevocationFeed
{
    private const int MinEvents = 16;

    // Whole documents of more events than this take milliseconds, so they are not made for every single change.
    private const int ManyEvents = 4096;

    private static readonly TimeSpan s_longestInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _renewing = new();
    private volatile Edition? _edition;

    /// <summary>The age at which a document is renewed even if nothing has changed: one poll before it is due.</summary>
    private TimeSpan RenewalAge
    {
        get
        {
            var interval = options.MaxStaleness / 4 < s_longestInterval ? options.MaxStaleness / 4 : s_longestInterval;
            return options.PollInterval < interval / 2 ? interval - options.PollInterval : interval / 2;
        }
    }

    public bool IsAvailable => FindKey() is not null;

    public RevocationDocument Read(string? after)
    {
        var edition =
            FindEdition()
            ?? throw new ServiceUnavailableException("Revocations have not been read for too long.", s_retryAfter);
        return edition.Read(edition.Content.FindPosition(after));
    }

    public async IAsyncEnumerable<RevocationDocument> FollowAsync(
        string? after,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var position = FindEdition()?.Content.FindPosition(after);
        while (true)
        {
            // Taken before the content is read: a change after that continues the loop at once.
            var signal = log.WaitAsync();
            if (FindEdition() is not { } edition)
            {
                yield break;
            }

            yield return edition.Read(position);
            position = edition.Content.End;
            await signal.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Continues those who follow if there was a change, or the current document is to be renewed.</summary>
    public void SignalIfDue()
    {
        // Followers that were signalled too soon after the last edition have not got the change yet.
        if (
            log.HasUnsignalledChange
            || _edition?.Content != log.Read().Content
            || log.TimeSinceSignal is not { } elapsed
            || elapsed >= RenewalAge
        )
        {
            log.Signal();
        }
    }

    private TokenKey? FindKey() => keys.FindSigningKey(clock.GetUtcNow()) is { Published: not null } key ? key : null;

    private Edition? FindEdition()
    {
        if (status.IsStale)
        {
            return null;
        }

        lock (_renewing)
        {
            // In this order: a key is replaced first and then listed as revoked, so it never signs that list.
            var (content, cursor) = log.Read();
            if (FindKey() is not { } key)
            {
                return null;
            }

            if (_edition is { } current && current.Key == key && !MustRenew(current, content))
            {
                return current;
            }

            return _edition = new(content, cursor, key, jwt.Issuer, FindReadTime(), options.MaxStaleness)
            {
                Timestamp = clock.GetTimestamp(),
            };
        }
    }

    private bool MustRenew(Edition edition, RevocationLog.Snapshot content)
    {
        var age = clock.GetElapsedTime(edition.Timestamp);
        return age >= RenewalAge
            || (edition.Content != content && (content.Events.Length <= ManyEvents || age >= s_pause));
    }

    // While the database cannot be read, documents must not look newer than what is known.
    private DateTimeOffset FindReadTime() => clock.GetUtcNow() - status.TimeSinceOldestRefresh;

    /// <summary>The documents that can be made of one state of the revocations, each made when it is first asked for.</summary>
    private sealed class Edition(
        RevocationLog.Snapshot content,
        string cursor,
        TokenKey key,
        string issuer,
        DateTimeOffset issuedAt,
        TimeSpan lifetime
    )
    {
        private readonly ConcurrentDictionary<int, Lazy<RevocationDocument>> _documents = new();

        public RevocationLog.Snapshot Content => content;

        public TokenKey Key => key;

        public required long Timestamp { get; init; }

        /// <summary>Returns a document with the events from a position on, and possibly earlier ones; null for all.</summary>
        public RevocationDocument Read(long? position)
        {
            var total = content.Events.Length;
            var wanted = position is { } start ? (int)Math.Clamp(content.End - start, 0, total) : total;
            var count =
                position is null ? -1
                : wanted == 0 ? 0
                : (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(MinEvents, wanted));
            // Asked for a part that turns out to be everything, the recipient may as well know.
            count = count >= total && total > 0 ? -1 : count;
            return _documents.GetOrAdd(count, key => new(() => Make(key))).Value;
        }

        private RevocationDocument Make(int count)
        {
            var isFull = count < 0;
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                json.WriteString("iss"u8, AccessTokenIssuer.Encode(issuer));
                json.WriteNumber("iat"u8, issuedAt.ToUnixTimeSeconds());
                json.WriteNumber("exp"u8, (issuedAt + lifetime).ToUnixTimeSeconds());
                json.WriteString("cursor"u8, cursor);
                json.WriteBoolean("full"u8, isFull);
                json.WriteStartArray("events"u8);
                foreach (var withdrawn in content.Keys)
                {
                    withdrawn.Write(json);
                }

                var events = content.Events;
                foreach (var revoked in isFull ? events : events[^count..])
                {
                    // One event says it for all the users whose sessions were ended with it.
                    if (revoked.Type != 'u' || !revoked.IsAdministrative || revoked.Id > content.LastEverything)
                    {
                        revoked.Write(json);
                    }
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            return Sign(buffer.WrittenSpan);
        }

        private RevocationDocument Sign(ReadOnlySpan<byte> payload)
        {
            var header = key.EncodedRevocationsHeader;
            var inputLength = header.Length + 1 + Base64Url.GetEncodedLength(payload.Length);
            var text = new byte[inputLength + 1 + Base64Url.GetEncodedLength(key.SignatureLength)];
            Encoding.ASCII.GetBytes(header, text);
            text[header.Length] = (byte)'.';
            Base64Url.EncodeToUtf8(payload, text.AsSpan(header.Length + 1));

            var signature = new byte[key.SignatureLength];
            key.Sign(text.AsSpan(0, inputLength), signature);
            text[inputLength] = (byte)'.';
            Base64Url.EncodeToUtf8(signature, text.AsSpan(inputLength + 1));

            var hash = SHA256.HashData(signature);
            return new(text, cursor, Base64Url.EncodeToString(hash.AsSpan(0, 16)));
        }
    }
}
