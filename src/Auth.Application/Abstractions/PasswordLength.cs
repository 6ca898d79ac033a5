namespace Auth.Application.Abstractions;

/// <summary>How long new passwords are, in Unicode code points.</summary>
/// <param name="Min">The shortest; configured.</param>
public sealed record PasswordLength(int Min)
{
    /// <summary>The longest.</summary>
    public const int Max = 256;
}
