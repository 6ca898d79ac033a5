using System.Text.Json;
using Auth.Application.Factors;

namespace Auth.Api.Factors;

/// <summary>The enrolment of an authenticator app.</summary>
public sealed record EnrolTotpRequest
{
    /// <summary>A name for the app or its device.</summary>
    public string? Name { get; init; }
}

/// <summary>The first code of an authenticator app.</summary>
public sealed record ConfirmTotpRequest
{
    /// <summary>The code that the app shows.</summary>
    public string? Code { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(ConfirmTotpRequest);
}

/// <summary>A new passkey.</summary>
public sealed record AddPasskeyRequest
{
    /// <summary>The <c>challengeToken</c> of the options with which it was created.</summary>
    public string? ChallengeToken { get; init; }

    /// <summary>The new passkey (RegistrationResponseJSON).</summary>
    public JsonElement? Credential { get; init; }

    /// <summary>A name for the passkey.</summary>
    public string? Name { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(AddPasskeyRequest);
}

/// <summary>A new name of a factor.</summary>
public sealed record RenameFactorRequest
{
    /// <summary>The name; null removes it.</summary>
    public string? Name { get; init; }
}

/// <summary>A second factor.</summary>
/// <param name="Id">The id of the factor.</param>
/// <param name="Kind"><c>totp</c> or <c>passkey</c>.</param>
/// <param name="Name">The name that the user gave it.</param>
/// <param name="CreatedAt">When it was added.</param>
/// <param name="LastUsedAt">When it was last used.</param>
public sealed record FactorResponse(
    Guid Id,
    string Kind,
    string? Name,
    DateTimeOffset CreatedAt,
    DateTimeOffset? LastUsedAt
)
{
    internal static FactorResponse From(FactorDetails factor) =>
        new(factor.Id, factor.Kind, factor.Name, factor.CreatedAt, factor.LastUsedAt);
}

/// <summary>The caller's second factors.</summary>
/// <param name="Factors">The factors, oldest first.</param>
/// <param name="RecoveryCodesLeft">How many recovery codes are left.</param>
public sealed record FactorListResponse(IReadOnlyList<FactorResponse> Factors, int RecoveryCodesLeft)
{
    internal static FactorListResponse From(FactorList list) =>
        new([.. list.Factors.Select(FactorResponse.From)], list.RecoveryCodesLeft);
}

/// <summary>The secret of an authenticator app; it is shown only once.</summary>
/// <param name="Id">The id of the factor, to confirm.</param>
/// <param name="Secret">The secret to type into the app, in Base32.</param>
/// <param name="Uri">The secret for a QR code.</param>
public sealed record TotpEnrolmentResponse(Guid Id, string Secret, string Uri)
{
    internal static TotpEnrolmentResponse From(TotpEnrolment enrolment) =>
        new(enrolment.Id, enrolment.Secret, enrolment.Uri);

    /// <inheritdoc/>
    public override string ToString() => nameof(TotpEnrolmentResponse);
}

/// <summary>Recovery codes; they are shown only once.</summary>
/// <param name="RecoveryCodes">The codes; null if there were factors before.</param>
public sealed record RecoveryCodesResponse(IReadOnlyList<string>? RecoveryCodes)
{
    /// <inheritdoc/>
    public override string ToString() => nameof(RecoveryCodesResponse);
}

/// <summary>A new passkey, and the recovery codes that come with the first factor.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="RecoveryCodes">The codes, which are shown only once; null if there were factors before.</param>
public sealed record AddedPasskeyResponse(FactorResponse Factor, IReadOnlyList<string>? RecoveryCodes)
{
    internal static AddedPasskeyResponse From(EnrolledFactor enrolled) =>
        new(FactorResponse.From(enrolled.Factor), enrolled.RecoveryCodes);

    /// <inheritdoc/>
    public override string ToString() => nameof(AddedPasskeyResponse);
}
