using Auth.Domain.Keys;

namespace Auth.Application.Abstractions;

/// <summary>Creates signing keys of the configured algorithm.</summary>
public interface ISigningKeyFactory
{
    /// <summary>Creates a key of the configured algorithm, or from the configured secret.</summary>
    SigningKey Create(int ordinal, DateTimeOffset now, DateTimeOffset activatesAt);

    /// <summary>Whether a key has the configured algorithm and, if there is one, the configured secret.</summary>
    bool IsAsConfigured(SigningKey key);

    /// <summary>Whether keys come from the configuration, so that a new key differs only if the configuration has changed.</summary>
    bool UsesSharedSecret { get; }
}
