using System.Buffers.Binary;

namespace Auth.Domain.Mail;

/// <summary>When mails were last sent to an address, or for a device, that anybody can ask for.</summary>
public sealed class MailQuota
{
    /// <summary>The length of keys, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>How many mails are sent within a day.</summary>
    public const int MaxPerDay = 20;

    /// <summary>The length of the stored times, in bytes.</summary>
    public const int TimesMaxLength = MaxPerDay * sizeof(long);

    private const int MaxPerShortWindow = 3;

    private static readonly TimeSpan s_shortWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    private MailQuota() { }

    /// <summary>A keyed hash: the row does not reveal whose it is.</summary>
    public byte[] Key { get; private set; } = null!;

    /// <summary>The times of the mails of the last day, as ticks of eight bytes each, in order.</summary>
    public byte[] Times { get; private set; } = null!;

    /// <summary>Counts the mails. Two that are prepared at the same time compete for it.</summary>
    public int Version { get; private set; }

    /// <summary>When the last mail was counted.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Creates the quota of an address or device that no mail was sent for.</summary>
    public static MailQuota Create(byte[] key) => new() { Key = key, Times = [] };

    /// <summary>Counts a mail.</summary>
    /// <param name="isShortLimited">Whether the limit of ten minutes applies in addition to that of a day.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Whether it may be sent. One that may not is not counted.</returns>
    public bool TryCount(bool isShortLimited, DateTimeOffset now)
    {
        var times = ReadTimes().Where(time => now - time < s_day).ToList();
        if (
            times.Count >= MaxPerDay
            || (isShortLimited && times.Count(time => now - time < s_shortWindow) >= MaxPerShortWindow)
        )
        {
            return false;
        }

        times.Add(now);
        Times = new byte[times.Count * sizeof(long)];
        for (var i = 0; i < times.Count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(Times.AsSpan(i * sizeof(long)), times[i].UtcTicks);
        }

        Version++;
        LastAt = now;
        return true;
    }

    private IEnumerable<DateTimeOffset> ReadTimes() =>
        Times
            .Chunk(sizeof(long))
            .Select(bytes => new DateTimeOffset(BinaryPrimitives.ReadInt64BigEndian(bytes), TimeSpan.Zero));
}
