using System.Text;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>bcrypt of BCrypt.Net-Next, for operators who must use cryptography of a known library.</summary>
/// <remarks>The library accepts only text, so the input must be valid UTF-8, which all our inputs are.</remarks>
internal sealed class LibraryBcrypt : IBcrypt
{
    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <inheritdoc/>
    public int MaxLanes => 1;

    /// <inheritdoc/>
    public void Compute(params ReadOnlySpan<BcryptJob> inputs)
    {
        foreach (var input in inputs)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(input.Cost, inputs[0].Cost, nameof(inputs));
            var text = BCrypt.Net.BCrypt.HashPassword(
                s_strictUtf8.GetString(input.Password),
                BcryptHash.FormatSetting(input)
            );
            if (!BcryptHash.TryParse(text, out var hash))
            {
                throw new InvalidOperationException("BCrypt.Net-Next returned a malformed hash.");
            }

            hash.Digest.CopyTo(input.Digest);
        }
    }
}
