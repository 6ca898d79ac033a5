using Auth.Domain.Common;

namespace Auth.Domain.Sessions;

/// <summary>What sensitive operations require of the caller's last authentication (RFC 9470).</summary>
public sealed record StepUpPolicy
{
    /// <summary>How long ago it may have been; zero switches the requirement off.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The roles whose members need a second factor for administrative changes.</summary>
    public IReadOnlyList<string> SecondFactorRoles { get; init; } = [];

    /// <summary>Whether sensitive operations require anything.</summary>
    public bool IsEnabled => MaxAge > TimeSpan.Zero;

    /// <summary>Whether one of the roles requires a second factor for administrative changes.</summary>
    public bool RequiresSecondFactor(IEnumerable<string> roles) =>
        roles.Intersect(SecondFactorRoles, StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>Demands a second factor that is not enrolled yet.</summary>
    public Error DemandSecondFactor() => Demand(AuthenticationContext.MultiFactor);

    /// <summary>Decides whether the caller's last authentication suffices.</summary>
    /// <param name="authenticatedAt">When it was.</param>
    /// <param name="context">How strong it was.</param>
    /// <param name="needsSecondFactor">Whether a second factor is enrolled, or required by a role.</param>
    /// <param name="now">The current time.</param>
    public Result Check(
        DateTimeOffset authenticatedAt,
        AuthenticationContext context,
        bool needsSecondFactor,
        DateTimeOffset now
    )
    {
        var required = needsSecondFactor ? AuthenticationContext.MultiFactor : AuthenticationContext.Password;
        return context >= required && (!IsEnabled || now - authenticatedAt < MaxAge)
            ? Result.Success
            : Demand(required);
    }

    private Error Demand(AuthenticationContext required) =>
        SessionErrors.StepUpRequired with
        {
            StepUp = new(MaxAge, required.Name()),
        };
}
