using System.Text;

namespace Auth.Api.Configuration;

/// <summary>Recognizes secrets that are not random.</summary>
internal static class SecretStrength
{
    /// <summary>The minimum length of a secret, in bytes.</summary>
    public const int MinLength = 32;

    // Even 32 random hexadecimal digits hardly ever have fewer.
    private const int MinDifferentBytes = 8;

    private static readonly string[] SampleWords = ["change", "example", "sample", "placeholder", "0123456789"];

    /// <summary>Whether a secret is long enough and its bytes form no pattern.</summary>
    public static bool IsStrong(ReadOnlySpan<byte> secret) => secret.Length >= MinLength && !IsPattern(secret);

    /// <summary>Whether all bytes are equal, differ from their predecessors by the same amount, or a few of them repeat.</summary>
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

    /// <summary>Whether a secret looks like one from an example.</summary>
    public static bool IsSample(ReadOnlySpan<byte> secret)
    {
        var text = Encoding.Latin1.GetString(secret);
        return Array.Exists(SampleWords, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>Parses master keys.</summary>
internal static class MasterKeyText
{
    /// <summary>Parses and checks a key.</summary>
    /// <returns>The problem, which does not repeat the key; null if there is none.</returns>
    public static string? FindProblem(string text, out byte[] key, bool allowSamples)
    {
        var buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out var length))
        {
            key = [];
            return "the value is not valid Base64.";
        }

        key = buffer[..length];
        return key switch
        {
            { Length: < SecretStrength.MinLength } =>
                $"the key is {key.Length} bytes long; at least {SecretStrength.MinLength} are required.",
            _ when SecretStrength.IsPattern(key) => "the key is not random: its bytes are equal, count up or repeat.",
            _ when !allowSamples
                    && (SecretStrength.IsSample(key) || SecretStrength.IsSample(Encoding.UTF8.GetBytes(text))) =>
                "the key is a sample; use a random one.",
            _ => null,
        };
    }
}
