namespace Auth.Application.Abstractions;

/// <summary>The signing keys in the memory of this instance.</summary>
public interface ILoadedSigningKeys
{
    /// <summary>Brings them in step with the database, so that a change holds here when it is answered.</summary>
    Task ReloadAsync(CancellationToken cancellationToken);
}
