using System.Text.Json.Serialization;

namespace Auth.Api.Problems;

/// <summary>An error as problem details (RFC 9457).</summary>
/// <remarks>Replaces ASP.NET Core's type, because the members and their order are part of the contract.</remarks>
public sealed record ProblemResponse
{
    /// <summary>The URN of the problem type: <c>urn:auth:</c> and the code in kebab case.</summary>
    public required string Type { get; init; }

    /// <summary>A short summary of the problem type; always the same for the same code.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status code.</summary>
    public required int Status { get; init; }

    /// <summary>A human-readable explanation.</summary>
    public required string Detail { get; init; }

    /// <summary>The path of the request.</summary>
    public required string Instance { get; init; }

    /// <summary>The error code, for programs.</summary>
    public required string Code { get; init; }

    /// <summary>Identifies the request in the log.</summary>
    public required string TraceId { get; init; }

    /// <summary>The validation errors by field name; only with <c>VALIDATION_FAILED</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>Why the token is no longer valid, for example <c>logout</c> or <c>roles_changed</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary><c>true</c> if refreshing helps, because the session of the revoked access token goes on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Refresh { get; init; }

    /// <summary>How long ago the last authentication may be, in seconds; only with <c>STEP_UP_REQUIRED</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? MaxAge { get; init; }

    /// <summary>The weakest authentication that is accepted, <c>pwd</c> or <c>mfa</c>; only with <c>STEP_UP_REQUIRED</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AcrValues { get; init; }

    /// <summary>Proves that the password was right; only with <c>SECOND_FACTOR_REQUIRED</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Challenge { get; init; }

    /// <summary>
    /// The second factors that are accepted: <c>totp</c>, <c>passkey</c>, <c>recovery_code</c>; only with
    /// <c>SECOND_FACTOR_REQUIRED</c>.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>When the challenge expires; only with <c>SECOND_FACTOR_REQUIRED</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? ExpiresAt { get; init; }
}
