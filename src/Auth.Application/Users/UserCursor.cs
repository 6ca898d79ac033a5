using System.Buffers.Binary;
using System.Buffers.Text;

namespace Auth.Application.Users;

/// <summary>The place in the list of users after which the next page starts. Opaque to clients.</summary>
/// <param name="CreatedAt">When the last user of the page was made.</param>
/// <param name="Id">That user's id.</param>
public readonly record struct UserCursor(DateTimeOffset CreatedAt, Guid Id)
{
    private const int Length = sizeof(long) + 16;

    /// <summary>The place behind a user.</summary>
    public static UserCursor Of(UserDetails user) => new(user.CreatedAt, user.Id);

    /// <summary>Reads a cursor, or says that the text is none.</summary>
    public static bool TryParse(string? text, out UserCursor cursor)
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

        cursor = new UserCursor(
            new DateTimeOffset(ticks, TimeSpan.Zero),
            new Guid(bytes[sizeof(long)..Length], bigEndian: true)
        );
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, CreatedAt.UtcTicks);
        Id.TryWriteBytes(bytes[sizeof(long)..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }
}
