using System.Text;

namespace Auth.Api.Hosting;

/// <summary>Recognises secrets that nobody has made at random.</summary>
internal static class SecretStrength
{
    /// <summary>The shortest secret, in bytes.</summary>
    public const int MinLength = 32;

    private static readonly string[] SampleWords = ["change", "example", "sample", "placeholder", "0123456789"];

    /// <summary>Whether a secret is long enough and not of equal or counting bytes.</summary>
    public static bool IsStrong(ReadOnlySpan<byte> secret) => secret.Length >= MinLength && !IsSeries(secret);

    /// <summary>Whether all bytes are equal, or each one differs from the one before by the same amount.</summary>
    public static bool IsSeries(ReadOnlySpan<byte> secret)
    {
        for (var i = 2; i < secret.Length; i++)
        {
            if ((byte)(secret[i] - secret[i - 1]) != (byte)(secret[1] - secret[0]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a secret is text of the kind that stands in examples.</summary>
    public static bool IsSample(ReadOnlySpan<byte> secret)
    {
        var text = Encoding.Latin1.GetString(secret);
        return Array.Exists(SampleWords, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>Reads master keys.</summary>
internal static class MasterKeyText
{
    /// <summary>Reads a key.</summary>
    /// <returns>What is wrong with it, without repeating it; null if it is good.</returns>
    public static string? FindProblem(string text, out byte[] key, bool allowSamples)
    {
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var length))
        {
            key = [];
            return "this is not Base64.";
        }

        key = buffer[..length];
        return key switch
        {
            { Length: < SecretStrength.MinLength } =>
                $"this is {key.Length} bytes long; {SecretStrength.MinLength} or more are needed.",
            _ when SecretStrength.IsSeries(key) => "these bytes are all equal or count up; they have to be random.",
            _ when !allowSamples && SecretStrength.IsSample(key) => "this is a sample; the key has to be random.",
            _ => null,
        };
    }
}
