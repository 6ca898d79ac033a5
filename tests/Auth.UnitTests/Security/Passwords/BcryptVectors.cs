using System.Text.Json;

namespace Auth.UnitTests.Security.Passwords;

/// <summary>Known hashes, each verified with other implementations.</summary>
public static class BcryptVectors
{
    private static readonly JsonElement Root = Load();

    public static TheoryData<string, string, string, bool> Pairs =>
        [
            .. Root.GetProperty("pairs")
                .EnumerateArray()
                .Select(pair => new TheoryDataRow<string, string, string, bool>(
                    Text(pair, "id"),
                    Text(pair, "passwordHex"),
                    Text(pair, "hash"),
                    pair.GetProperty("rawBcryptMatches").GetBoolean()
                )),
        ];

    public static TheoryData<string, string, string> Nul =>
        [
            .. Root.GetProperty("nul")
                .EnumerateArray()
                .Select(row => new TheoryDataRow<string, string, string>(
                    Text(row, "id"),
                    Text(row, "passwordHex"),
                    Text(row, "lengthAware")
                )),
        ];

    public static TheoryData<string, string> Malformed =>
        [
            .. Root.GetProperty("malformedStoredHashes")
                .EnumerateArray()
                .Select(row => new TheoryDataRow<string, string>(Text(row, "id"), Text(row, "storedHash"))),
        ];

    public static TheoryData<string, string, string, string, string> Prehash =>
        [
            .. Root.GetProperty("prehash")
                .GetProperty("vectors")
                .EnumerateArray()
                .Select(row => new TheoryDataRow<string, string, string, string, string>(
                    Text(row, "id"),
                    Text(row, "passwordHex"),
                    Text(row, "prehashText"),
                    Text(row, "sha384"),
                    Text(row, "hmacSha384")
                )),
        ];

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static JsonElement Load()
    {
        using var stream = typeof(BcryptVectors).Assembly.GetManifestResourceStream("bcrypt-vectors.json")!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
