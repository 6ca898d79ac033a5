namespace Auth.Application.Abstractions;

/// <summary>The length of new passwords in Unicode code points: the minimum is configured, the maximum is not.</summary>
public sealed record PasswordLength(int Min)
{
    /// <summary>The longest.</summary>
    public const int Max = 256;
}
