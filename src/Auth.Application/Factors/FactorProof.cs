using Auth.Application.Abstractions;
using Auth.Domain.Sessions;
using FluentValidation;

namespace Auth.Application.Factors;

/// <summary>A second factor, as a client sends it: exactly one of a code, a recovery code and a passkey.</summary>
/// <param name="Code">The code of an authenticator app.</param>
/// <param name="RecoveryCode">A recovery code.</param>
/// <param name="ChallengeToken">The challenge that the passkey has signed.</param>
/// <param name="Credential">The signature of the passkey (AuthenticationResponseJSON).</param>
public sealed record FactorProof(
    string? Code = null,
    string? RecoveryCode = null,
    string? ChallengeToken = null,
    string? Credential = null
) : SecretRecord
{
    /// <summary>How many factors there are.</summary>
    public int Count =>
        (Code is null ? 0 : 1)
        + (RecoveryCode is null ? 0 : 1)
        + (ChallengeToken is null && Credential is null ? 0 : 1);
}

/// <summary>A second factor that matched. It is used up only in the transaction of what it authenticates.</summary>
/// <param name="FactorId">The factor; null for a recovery code.</param>
internal sealed record MatchedFactor(Guid? FactorId)
{
    /// <summary>The time step of a code.</summary>
    public long Step { get; init; }

    /// <summary>The hash of a recovery code.</summary>
    public byte[]? RecoveryCodeHash { get; init; }

    /// <summary>The signature of a passkey.</summary>
    public PasskeyAssertion? Assertion { get; init; }

    /// <summary>The challenge that the passkey has signed.</summary>
    public Challenge? SignedChallenge { get; init; }

    /// <summary>How the user authenticates with it, without a password (RFC 8176).</summary>
    public string Methods =>
        Assertion is { } assertion
            ? MethodsOfPasskey(assertion.IsBackupEligible)
            : $"{AuthenticationMethods.OneTimeCode} {AuthenticationMethods.MultiFactor}";

    /// <summary>How a user authenticates with a code in a session: it is the second factor to a password that began it.</summary>
    public static string MethodsOfCode(Session session)
    {
        const string Code = $"{AuthenticationMethods.OneTimeCode} {AuthenticationMethods.MultiFactor}";
        return session.AuthenticationMethods.Split(' ').Contains(AuthenticationMethods.Password)
            ? $"{AuthenticationMethods.Password} {Code}"
            : Code;
    }

    /// <summary>How a user authenticates with a passkey (RFC 8176).</summary>
    public static string MethodsOfPasskey(bool isBackupEligible) =>
        (isBackupEligible ? AuthenticationMethods.SoftwareKey : AuthenticationMethods.HardwareKey)
        + $" {AuthenticationMethods.UserVerified} {AuthenticationMethods.MultiFactor}";
}

/// <summary>Validation of proofs.</summary>
internal static class FactorProofRules
{
    /// <summary>Requires exactly one second factor.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="otherwise">The field to report if there is none.</param>
    public static void SingleProof<T>(this IRuleBuilderInitial<T, FactorProof> rule, string otherwise) =>
        rule.Custom(
            (proof, context) =>
            {
                if (proof.Count != 1)
                {
                    var message = proof.Count == 0 ? "A second factor is required." : "Send only one second factor.";
                    context.AddFailure(proof.Count == 0 ? otherwise : "code", message);
                }
            }
        );
}
