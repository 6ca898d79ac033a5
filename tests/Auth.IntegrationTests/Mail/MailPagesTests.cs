using Auth.Domain.Mail;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Mail;

public sealed class MailPagesTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("auth-mail-");
    private TestService? _service;

    private TestService Service => _service!;

    public ValueTask InitializeAsync()
    {
        _service = TestService.Start(
            _database,
            clock: null,
            ("Mail:Transport", "Folder"),
            ("Mail:Folder", _folder.FullName)
        );
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        _database.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Mails_in_the_folder_are_listed_and_shown_without_running_anything()
    {
        (await ReadAsync("/dev/mail")).ShouldContain("There are no mails yet.");
        await Service.AddMailsAsync(["ada@example.com"], MailTemplate.PasswordChanged);
        await Proof.EventuallyAsync(() => Task.FromResult(_folder.GetFiles("*.eml").Length == 1), "the file");

        var list = await ReadAsync("/dev/mail");
        list.ShouldContain("ada@example.com");
        list.ShouldContain("Your password was changed");

        var file = _folder.GetFiles("*.eml").Single();
        var page = await ReadAsync("/dev/mail/" + Path.GetFileNameWithoutExtension(file.Name));
        page.ShouldContain("<iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\"");
        page.ShouldNotContain("<script");
        page.ShouldContain("203.0.113.7");
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(file.FullName).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    [Theory]
    [InlineData("/dev/mail/01938a5c000070008000000000000001")]
    [InlineData("/dev/mail/..%2Fauth")]
    [InlineData("/dev/mail/x/y")]
    public async Task Other_files_are_not_found(string path) =>
        (await Service.Client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(
            System.Net.HttpStatusCode.NotFound
        );

    private async Task<string> ReadAsync(string path)
    {
        using var response = await Service.Client.GetAsync(path, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        response
            .Headers.GetValues("Content-Security-Policy")
            .ShouldHaveSingleItem()
            .ShouldStartWith("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'");
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
