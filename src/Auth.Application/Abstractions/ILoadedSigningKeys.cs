namespace Auth.Application.Abstractions;

/// <summary>The signing keys in the memory of this instance.</summary>
public interface ILoadedSigningKeys
{
    /// <summary>Reloads them from the database, so that a change is effective on this instance when it is answered.</summary>
    Task ReloadAsync(CancellationToken cancellationToken);
}
