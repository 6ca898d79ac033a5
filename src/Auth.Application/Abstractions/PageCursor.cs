using System.Buffers.Binary;
using System.Buffers.Text;

namespace Auth.Application.Abstractions;

/// <summary>The position in a list ordered by time after which the next page starts. Opaque to clients.</summary>
/// <param name="At">The time of the last item of the page.</param>
/// <param name="Id">That item's id.</param>
public readonly record struct PageCursor(DateTimeOffset At, Guid Id)
{
    private const int Length = sizeof(long) + 16;

    /// <summary>Parses a cursor.</summary>
    public static bool TryParse(string? text, out PageCursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[Length + 2];
        if (
            text is null
            || text.Length > 2 * Length
            || !Base64Url.IsValid(text)
            || !Base64Url.TryDecodeFromChars(text, bytes, out var written)
            || written != Length
        )
        {
            return false;
        }

        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks < DateTimeOffset.MinValue.UtcTicks || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        cursor = new PageCursor(
            new DateTimeOffset(ticks, TimeSpan.Zero),
            new Guid(bytes[sizeof(long)..Length], bigEndian: true)
        );
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.UtcTicks);
        Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
