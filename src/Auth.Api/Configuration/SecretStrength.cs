using System.Text;

namespace Auth.Api.Configuration;

/// <summary>Recognises secrets that nobody has made at random.</summary>
internal static class SecretStrength
{
    /// <summary>The shortest secret, in bytes.</summary>
    public const int MinLength = 32;

    // Even 32 hexadecimal digits hardly ever have fewer.
    private const int MinDifferentBytes = 8;

    private static readonly string[] SampleWords = ["change", "example", "sample", "placeholder", "0123456789"];

    /// <summary>Whether a secret is long enough and not of equal or counting bytes.</summary>
    public static bool IsStrong(ReadOnlySpan<byte> secret) => secret.Length >= MinLength && !IsPattern(secret);

    /// <summary>
    /// Whether all bytes are equal, each one differs from the one before by the same amount, or a few of them repeat.
    /// </summary>
    public static bool IsPattern(ReadOnlySpan<byte> secret) =>
        secret.ToArray().Distinct().Count() < MinDifferentBytes || IsCounting(secret);

    private static bool IsCounting(ReadOnlySpan<byte> secret)
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
            _ when SecretStrength.IsPattern(key) =>
                "these bytes are equal, count up or repeat; they have to be random.",
            _ when !allowSamples
                    && (SecretStrength.IsSample(key) || SecretStrength.IsSample(Encoding.UTF8.GetBytes(text))) =>
                "this is a sample; the key has to be random.",
            _ => null,
        };
    }
}
