using Auth.Api.Configuration;

namespace Auth.UnitTests.Configuration;

public sealed class DevelopmentMasterKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("auth-tests-");

    private string KeyFile => DevelopmentMasterKey.PathFor(Path.Combine(_folder.FullName, "data", "auth.db"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_key_is_generated_once_and_kept()
    {
        var key = DevelopmentMasterKey.LoadOrCreate(KeyFile);

        key.Length.ShouldBe(32);
        DevelopmentMasterKey.LoadOrCreate(KeyFile).ShouldBe(key);
        Path.GetFileName(KeyFile).ShouldBe("auth.db.master-key");
    }

    [Fact]
    public void Only_its_owner_can_read_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        DevelopmentMasterKey.LoadOrCreate(KeyFile);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Fact]
    public async Task Instances_that_start_simultaneously_agree_on_one_key_and_leave_nothing_behind()
    {
        using var start = new Barrier(16);
        var keys = await Task.WhenAll(
            Enumerable
                .Range(0, start.ParticipantCount)
                .Select(_ =>
                    Task.Factory.StartNew(
                        () =>
                        {
                            start.SignalAndWait();
                            return Convert.ToHexString(DevelopmentMasterKey.LoadOrCreate(KeyFile));
                        },
                        CancellationToken.None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );

        keys.Distinct().Count().ShouldBe(1);
        Directory.GetFiles(Path.GetDirectoryName(KeyFile)!).ShouldBe([KeyFile]);
    }

    [Fact]
    public void An_invalid_file_stops_the_start_without_its_content_being_shown()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, "s3ntinel");

        var exception = Should.Throw<SettingsException>(() => DevelopmentMasterKey.LoadOrCreate(KeyFile));

        exception.Problems.ShouldHaveSingleItem().ShouldNotContain("s3ntinel");
    }
}
