using Auth.Domain.Sessions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Auth.Infrastructure.Persistence.Postgres;

/// <summary>Stores the rotations of a batch in one statement.</summary>
internal static class PostgresRotations
{
    private const string Update = """
        UPDATE "Sessions" AS s SET
            "Generation" = r.generation, "GraceStartedAt" = r.grace_started_at, "GraceFloor" = r.grace_floor,
            "PreviousGraceFloor" = r.previous_grace_floor, "Replays" = r.replays, "RotatedAt" = r.rotated_at,
            "ExpiresAt" = r.expires_at, "IpAddress" = r.ip_address, "UserAgent" = r.user_agent
        FROM unnest(@ids, @readGenerations, @generations, @graceStartedAt, @graceFloors, @previousGraceFloors, @replays,
            @rotatedAt, @expiresAt, @ipAddresses, @userAgents) AS r (id, read_generation, generation, grace_started_at,
            grace_floor, previous_grace_floor, replays, rotated_at, expires_at, ip_address, user_agent)
        WHERE s."Id" = r.id AND s."Generation" = r.read_generation AND s."EndedAt" IS NULL
        RETURNING s."Id" AS "Value"
        """;

    public static async Task<IReadOnlyCollection<Guid>> StoreAsync(
        AppDbContext context,
        IReadOnlyList<StoredRotation> rotations
    )
    {
        object[] parameters =
        [
            Parameter("ids", session => session.Id),
            new NpgsqlParameter<int[]>("readGenerations", [.. rotations.Select(rotation => rotation.ReadGeneration)]),
            Parameter("generations", session => session.Generation),
            Parameter("graceStartedAt", session => session.GraceStartedAt),
            Parameter("graceFloors", session => session.GraceFloor),
            Parameter("previousGraceFloors", session => session.PreviousGraceFloor),
            Parameter("replays", session => session.Replays),
            Parameter("rotatedAt", session => session.RotatedAt),
            Parameter("expiresAt", session => session.ExpiresAt),
            Parameter("ipAddresses", session => session.IpAddress),
            Parameter("userAgents", session => session.UserAgent),
        ];
        return await context.Database.SqlQueryRaw<Guid>(Update, parameters).ToListAsync();

        NpgsqlParameter<T[]> Parameter<T>(string name, Func<Session, T> value) =>
            new(name, [.. rotations.Select(rotation => value(rotation.Session))]);
    }
}
