namespace Auth.Application.Abstractions;

/// <summary>The length of new passwords in Unicode code points: a configured minimum and a fixed maximum.</summary>
public sealed record PasswordLength(int Min)
{
    /// <summary>The longest.</summary>
    public const int Max = 256;
}
