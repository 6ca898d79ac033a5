using Auth.Domain.Sessions;

namespace Auth.Application.Abstractions;

/// <summary>Computes refresh tokens and tells genuine ones from forged ones. Nothing of a token is stored.</summary>
public interface IRefreshTokens
{
    /// <summary>Computes the current refresh token of a session.</summary>
    string Create(Session session);

    /// <summary>Reads the parts of a token, without knowing yet whether it is genuine.</summary>
    /// <returns>The parts; null if the text is not in the one form that tokens have.</returns>
    RefreshToken? Read(string text);

    /// <summary>Whether a token was made by this service for this session.</summary>
    bool IsGenuine(RefreshToken token, Session session);
}

/// <summary>The parts of a refresh token: the session and generation that it claims, and the bytes that prove it.</summary>
public sealed record RefreshToken(Guid SessionId, int Generation, byte[] Secret) : SecretRecord;
