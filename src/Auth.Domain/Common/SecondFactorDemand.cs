namespace Auth.Domain.Common;

/// <summary>How a sign-in is completed whose password was right.</summary>
/// <param name="Challenge">Proves that the password was right.</param>
/// <param name="Methods">The kinds of second factors that are accepted.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record SecondFactorDemand(string Challenge, IReadOnlyList<string> Methods, DateTimeOffset ExpiresAt)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(SecondFactorDemand);
}
