namespace Auth.Application.Abstractions;

/// <summary>The signing keys in the memory of this instance.</summary>
public interface ILoadedSigningKeys
{
    /// <summary>Reloads them from the database, so that a change takes effect on this instance before the response.</summary>
    Task ReloadAsync(CancellationToken cancellationToken);
}
