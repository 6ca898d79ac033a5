using System.IO.Compression;

namespace Auth.IntegrationTests.Ui;

public sealed class ConsoleBuildTests(ConsoleSources sources)
{
    [Fact]
    public async Task The_committed_console_is_that_of_the_sources_byte_for_byte()
    {
        var built = await sources.BuildAsync();

        FilesIn(ConsoleSources.Committed).ShouldBe(FilesIn(built), "run npm run build in clients/console, and commit");
        foreach (var file in FilesIn(built))
        {
            Convert
                .ToHexString(await ReadAsync(ConsoleSources.Committed, file))
                .ShouldBe(Convert.ToHexString(await ReadAsync(built, file)), file);
        }
    }

    [Fact]
    public async Task The_first_load_is_at_most_80_kB()
    {
        var size = 0L;
        foreach (
            var file in FilesIn(ConsoleSources.Committed).Where(file => !file.EndsWith(".md", StringComparison.Ordinal))
        )
        {
            using var compressed = new MemoryStream();
            await using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                await gzip.WriteAsync(
                    await ReadAsync(ConsoleSources.Committed, file),
                    TestContext.Current.CancellationToken
                );
            }

            size += compressed.Length;
        }

        size.ShouldBeLessThanOrEqualTo(80_000);
    }

    private static List<string> FilesIn(string folder) =>
        [
            .. Directory
                .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file))
                .Order(StringComparer.Ordinal),
        ];

    private static Task<byte[]> ReadAsync(string folder, string file) =>
        File.ReadAllBytesAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken);
}
