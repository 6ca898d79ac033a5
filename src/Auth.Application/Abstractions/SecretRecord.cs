namespace Auth.Application.Abstractions;

/// <summary>A record with a secret. Records print their members; this one prints only its name.</summary>
public abstract record SecretRecord
{
    /// <inheritdoc/>
    public sealed override string ToString() => GetType().Name;
}
