using Auth.Domain.Sessions;

namespace Auth.Application.Abstractions;

/// <summary>Computes and verifies refresh tokens. No part of a token is stored.</summary>
public interface IRefreshTokens
{
    /// <summary>Computes the current refresh token of a session.</summary>
    string Create(Session session);

    /// <summary>Parses a token, without verifying that it is genuine.</summary>
    /// <returns>The parts; null if the text is not in canonical form.</returns>
    RefreshToken? Read(string text);

    /// <summary>Whether a token was issued by this service for this session.</summary>
    bool IsGenuine(RefreshToken token, Session session);
}

/// <summary>The parts of a refresh token: the claimed session and generation, and the secret that proves them.</summary>
public sealed record RefreshToken(Guid SessionId, int Generation, byte[] Secret) : SecretRecord;
