namespace Auth.Application.Abstractions;

/// <summary>Recovery codes: 120 random bits each, of which only a keyed hash is stored.</summary>
public interface IRecoveryCodes
{
    /// <summary>Creates a code.</summary>
    NewRecoveryCode Create(Guid userId);

    /// <summary>Returns the hashes that the code may be stored under: one for each master key; none if it is not a code.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="text">The code in upper or lower case, with or without hyphens and blanks; I and L are read as 1, O as 0.</param>
    IReadOnlyList<byte[]> HashesOf(Guid userId, string text);
}

/// <summary>A new recovery code.</summary>
/// <param name="Text">The code, to show once.</param>
/// <param name="Hash">The hash, to store.</param>
public sealed record NewRecoveryCode(string Text, byte[] Hash) : SecretRecord;
