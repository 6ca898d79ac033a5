using System.Buffers.Text;
using System.Security.Cryptography;

namespace Auth.Api.Hosting;

/// <summary>Makes passwords that nobody chooses.</summary>
internal static class RandomPassword
{
    private const int MinBytes = 15;

    /// <summary>Makes a password of 120 random bits, or more where passwords have to be longer than 20 characters.</summary>
    /// <param name="minLength">The shortest password that is accepted, in characters.</param>
    public static string Make(int minLength) =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Math.Max(MinBytes, minLength)));
}
