using Auth.Domain.Factors;

namespace Auth.Application.Factors;

/// <summary>A factor, as it is shown.</summary>
public sealed record FactorDetails(
    Guid Id,
    string Kind,
    string? Name,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt
)
{
    /// <summary>Makes the read model of a factor.</summary>
    public static FactorDetails From(Factor factor) =>
        new(factor.Id, NameOf(factor.Kind), factor.Name, factor.CreatedAt, factor.LastUsedAt);

    /// <summary>Returns the name of a kind.</summary>
    public static string NameOf(FactorKind kind) => kind == FactorKind.Totp ? "totp" : "passkey";
}
