using Auth.Domain.Keys;

namespace Auth.Application.Abstractions;

/// <summary>Creates signing keys as the service is configured.</summary>
public interface ISigningKeyFactory
{
    /// <summary>Creates a key of the configured algorithm, or from the configured secret.</summary>
    SigningKey Create(int ordinal, DateTimeOffset now, DateTimeOffset activatesAt);

    /// <summary>Whether a key is of the configured algorithm, and of the configured secret if there is one.</summary>
    bool IsAsConfigured(SigningKey key);

    /// <summary>Whether keys come from the configuration, so that a new one is another one only if that has changed.</summary>
    bool UsesSharedSecret { get; }
}
