using System.Buffers.Text;
using System.Security.Cryptography;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Sessions;

public sealed class ForgedRefreshTokenTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    private const int GenerationAt = 17;

    [Fact]
    public async Task They_do_not_affect_the_session_they_name()
    {
        var account = await Account.RegisterAsync(fixture.Client);
        var genuine = Base64Url.DecodeFromChars(account.RefreshToken);

        var forgeries = Enumerable
            .Range(0, Proof.Rounds(everyTime: 300, full: 10_000))
            .Select(number => Forge(genuine, account.RefreshToken, number))
            .Where(forgery => forgery != account.RefreshToken);
        foreach (var batch in forgeries.Chunk(32))
        {
            await Task.WhenAll(
                batch.Select(forgery =>
                    fixture
                        .Client.PostAsync("/api/auth/refresh", new { refreshToken = forgery })
                        .ShouldBeProblemAsync(401, "INVALID_REFRESH_TOKEN")
                )
            );
        }

        // Not even as a replay: the genuine token is still the current one.
        var row =
            $"\"Generation\" = 1 AND \"Replays\" = 0 AND \"EndedAt\" IS NULL AND {fixture.Database.IdIs(account.SessionId)}";
        fixture.Database.Count("Sessions", row).ShouldBe(1);
        await account.RefreshAsync(fixture.Client);
    }

    private static string Forge(byte[] genuine, string text, int number)
    {
        var bytes = (byte[])genuine.Clone();
        switch (number % 6)
        {
            case 0: // one bit anywhere
                bytes[number / 6 % bytes.Length] ^= (byte)(1 << (number / 6 / bytes.Length % 8));
                return Base64Url.EncodeToString(bytes);
            case 1: // another generation
                bytes[GenerationAt + 3] += (byte)(1 + (number % 200));
                return Base64Url.EncodeToString(bytes);
            case 2: // a guessed secret
                RandomNumberGenerator.Fill(bytes.AsSpan(GenerationAt + 4));
                return Base64Url.EncodeToString(bytes);
            case 3: // one character, possibly outside the alphabet
                var characters = text.ToCharArray();
                characters[number / 6 % text.Length] = (char)(33 + (number % 200));
                return new string(characters);
            case 4: // a part
                return text[..(number % text.Length)];
            default: // with extra characters
                return text + (number % 12 < 6 ? "=" : text);
        }
    }
}
