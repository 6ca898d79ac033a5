using System.Buffers.Text;
using System.Security.Cryptography;

namespace Auth.Api.Hosting;

/// <summary>Generates passwords.</summary>
internal static class RandomPassword
{
    private const int MinBytes = 15;

    /// <summary>Generates a password of 120 random bits, or more if passwords must be longer than 20 characters.</summary>
    /// <param name="minLength">The minimum length, in characters.</param>
    public static string Generate(int minLength) =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Math.Max(MinBytes, minLength)));
}
