using System.Data;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Auth.Infrastructure.Persistence.SqlServer;

/// <summary>Stores the rotations of a batch in one statement.</summary>
internal static class SqlServerRotations
{
    private const string Update = """
        UPDATE s SET
            [Generation] = r.Generation, [GraceStartedAt] = r.GraceStartedAt, [GraceFloor] = r.GraceFloor,
            [PreviousGraceFloor] = r.PreviousGraceFloor, [Replays] = r.Replays, [RotatedAt] = r.RotatedAt,
            [ExpiresAt] = r.ExpiresAt, [IpAddress] = r.IpAddress, [UserAgent] = r.UserAgent
        OUTPUT inserted.[Id] AS [Value]
        FROM OPENJSON(@rotations) WITH (
            Id uniqueidentifier, ReadGeneration int, Generation int, GraceStartedAt datetimeoffset, GraceFloor int,
            PreviousGraceFloor int, Replays int, RotatedAt datetimeoffset, ExpiresAt datetimeoffset,
            IpAddress varchar(64), UserAgent nvarchar(256)) AS r
        INNER JOIN [Sessions] AS s ON s.[Id] = r.Id
        WHERE s.[Generation] = r.ReadGeneration AND s.[EndedAt] IS NULL
        """;

    public static async Task<IReadOnlyCollection<Guid>> StoreAsync(
        AppDbContext context,
        IReadOnlyList<StoredRotation> rotations
    )
    {
        var rows = rotations.Select(rotation => new
        {
            rotation.Session.Id,
            rotation.ReadGeneration,
            rotation.Session.Generation,
            rotation.Session.GraceStartedAt,
            rotation.Session.GraceFloor,
            rotation.Session.PreviousGraceFloor,
            rotation.Session.Replays,
            rotation.Session.RotatedAt,
            rotation.Session.ExpiresAt,
            rotation.Session.IpAddress,
            rotation.Session.UserAgent,
        });
        // Without a length of its own, so that the plan is reused.
        var parameter = new SqlParameter("@rotations", SqlDbType.NVarChar, -1)
        {
            Value = JsonSerializer.Serialize(rows),
        };
        return await context.Database.SqlQueryRaw<Guid>(Update, parameter).ToListAsync();
    }
}
