namespace Auth.Application.Abstractions;

/// <summary>A record that holds a secret. Records print their members; this one prints its name only.</summary>
public abstract record SecretRecord
{
    /// <inheritdoc/>
    public sealed override string ToString() => GetType().Name;
}
