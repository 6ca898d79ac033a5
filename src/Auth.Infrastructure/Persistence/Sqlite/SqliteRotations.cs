using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.Sqlite;

/// <summary>Stores the rotations of a batch in one statement.</summary>
internal static class SqliteRotations
{
    private const string Update = """
        UPDATE "Sessions" SET
            "Generation" = r.value ->> 'Generation', "GraceStartedAt" = r.value ->> 'GraceStartedAt',
            "GraceFloor" = r.value ->> 'GraceFloor', "PreviousGraceFloor" = r.value ->> 'PreviousGraceFloor',
            "Replays" = r.value ->> 'Replays', "RotatedAt" = r.value ->> 'RotatedAt', "ExpiresAt" = r.value ->> 'ExpiresAt',
            "IpAddress" = r.value ->> 'IpAddress', "UserAgent" = r.value ->> 'UserAgent'
        FROM json_each(@rotations) AS r
        WHERE "Sessions"."Id" = r.value ->> 'Id' AND "Sessions"."Generation" = r.value ->> 'ReadGeneration'
            AND "Sessions"."EndedAt" IS NULL
        RETURNING "Id" AS "Value"
        """;

    public static async Task<IReadOnlyCollection<Guid>> StoreAsync(
        AppDbContext context,
        IReadOnlyList<StoredRotation> rotations
    )
    {
        var rows = rotations.Select(rotation => new
        {
            Id = rotation.Session.Id.ToString().ToUpperInvariant(),
            rotation.ReadGeneration,
            rotation.Session.Generation,
            GraceStartedAt = rotation.Session.GraceStartedAt.UtcTicks,
            rotation.Session.GraceFloor,
            rotation.Session.PreviousGraceFloor,
            rotation.Session.Replays,
            RotatedAt = rotation.Session.RotatedAt.UtcTicks,
            ExpiresAt = rotation.Session.ExpiresAt.UtcTicks,
            rotation.Session.IpAddress,
            rotation.Session.UserAgent,
        });
        var parameter = new SqliteParameter("@rotations", JsonSerializer.Serialize(rows));
        return await context.Database.SqlQueryRaw<Guid>(Update, parameter).ToListAsync();
    }
}
