using Auth.Api.Configuration;

namespace Auth.UnitTests.Configuration;

public sealed class PrivateFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("auth-tests-");

    private string File => Path.Combine(_folder.FullName, "auth.db");

    public PrivateFilesTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void The_file_is_created_readable_by_its_owner_only_and_never_overwritten()
    {
        PrivateFiles.Create(File);
        Mode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

        System.IO.File.WriteAllText(File, "data");
        PrivateFiles.Create(File);

        System.IO.File.ReadAllText(File).ShouldBe("data");
    }

    [Fact]
    public void A_folder_that_exists_keeps_its_mode()
    {
        var before = Mode(_folder.FullName);

        PrivateFiles.CreateFolder(_folder.FullName);

        Mode(_folder.FullName).ShouldBe(before);
    }

    [Theory]
    [InlineData("600", "755", false)]
    [InlineData("640", "755", false)]
    [InlineData("604", "755", true)]
    [InlineData("602", "755", true)]
    [InlineData("644", "750", false)]
    public void A_file_is_exposed_if_others_can_reach_it(string fileMode, string folderMode, bool isOpen)
    {
        PrivateFiles.Create(File);
        SetMode(File, fileMode);
        SetMode(_folder.FullName, folderMode);

        PrivateFiles.IsOpenToOthers(File).ShouldBe(isOpen);
    }

    [Theory]
    [InlineData("600", false)]
    [InlineData("644", true)]
    public void A_link_is_as_exposed_as_its_target(string mode, bool isOpen)
    {
        PrivateFiles.Create(File);
        SetMode(File, mode);
        SetMode(_folder.FullName, "755");
        var link = File + ".link";
        System.IO.File.CreateSymbolicLink(link, File);

        PrivateFiles.IsOpenToOthers(link).ShouldBe(isOpen);
    }

    [Fact]
    public void A_missing_file_is_not_exposed() => PrivateFiles.IsOpenToOthers(File).ShouldBeFalse();

    private static UnixFileMode Mode(string path) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : System.IO.File.GetUnixFileMode(path);

    private static void SetMode(string path, string mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            System.IO.File.SetUnixFileMode(path, (UnixFileMode)Convert.ToInt32(mode, 8));
        }
    }
}
