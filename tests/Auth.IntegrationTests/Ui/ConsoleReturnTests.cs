using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>Applications send people to the console and get them back.</summary>
public sealed class ConsoleReturnTests(ConsoleService service, Chromium chromium)
    : IAsyncLifetime,
        IClassFixture<ConsoleService>,
        IClassFixture<Chromium>
{
    private const string Address = ConsoleService.Application + "/articles?page=2#top";

    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync()
    {
        _visitor = await Visitor.StartAsync(chromium, service.Client.BaseAddress!);
        // No other server is reached, whatever happens.
        await _visitor.Profile.RouteAsync(
            address => !address.StartsWith(service.Client.BaseAddress!.ToString(), StringComparison.Ordinal),
            route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<h1>Elsewhere</h1>" })
        );
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null)
        {
            await _visitor.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_sign_in_leads_back()
    {
        var account = await Account.RegisterAsync(service.Client);
        await _visitor.OpenAsync(ReturnTo(Address));
        await _visitor.Text("Afterwards, you return to app.example.com.").WaitForAsync();

        await _visitor.SignInAsync(account.Email, account.Password);

        await Page.WaitForURLAsync(Address);
    }

    [Fact]
    public async Task A_sign_up_leads_back_also_from_another_page()
    {
        await _visitor.OpenAsync("/sign-in" + ReturnTo(Address));
        await _visitor.Link("Create one").ClickAsync();
        await Page.ReloadAsync();
        await _visitor.Field("E-mail address").FillAsync(Account.NewEmail());
        await _visitor.Field("Password").FillAsync(Account.DefaultPassword);

        await _visitor.Button("Create account").ClickAsync();

        await Page.WaitForURLAsync(Address);
    }

    // An application that does not recognize them would send them here again at once.
    [Fact]
    public async Task People_who_are_signed_in_stay_and_find_a_link_back()
    {
        await _visitor.SignUpAsync();

        await _visitor.OpenAsync(ReturnTo(Address));
        await _visitor.ShouldShowAsync("Profile");
        await _visitor.Link("Devices").ClickAsync();
        await _visitor.ShouldShowAsync("Devices");
        await _visitor.Link("← Back to app.example.com").ClickAsync();

        await Page.WaitForURLAsync(Address);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://app.example.com.evil.example/")]
    [InlineData("https://app.example.com@evil.example/")]
    [InlineData("https://app.example.com:8443/")]
    [InlineData("http://app.example.com/")]
    [InlineData("https://user:password@app.example.com/")]
    [InlineData("https://evil.example\\@app.example.com/")]
    [InlineData("https://evil.example/\\app.example.com")]
    [InlineData("//evil.example")]
    [InlineData("//app.example.com")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:document.title='evil'")]
    [InlineData("javascript://app.example.com/%0adocument.title='evil'")]
    [InlineData("\u0001javascript:document.title='evil'")]
    [InlineData("data:text/html,evil")]
    [InlineData("blob:https://app.example.com/6a1ad3f0-0000-4000-8000-000000000000")]
    [InlineData("null")]
    [InlineData("")]
    public async Task No_other_address_is_followed_or_linked(string address)
    {
        var account = await Account.RegisterAsync(service.Client);
        await _visitor.OpenAsync(ReturnTo(address));

        await _visitor.SignInAsync(account.Email, account.Password);

        await _visitor.ShouldShowAsync("Profile");
        await _visitor.Text(account.Email).WaitForAsync();
        new Uri(Page.Url).AbsolutePath.ShouldBe("/account");
        (await Page.TitleAsync()).ShouldBe("Profile – Account");
        (await Page.Locator(".back").CountAsync()).ShouldBe(0);
        var own = service.Client.BaseAddress!.ToString();
        (await Page.EvaluateAsync<string[]>("[...document.links].map(link => link.href)")).ShouldAllBe(link =>
            link.StartsWith(own, StringComparison.Ordinal)
        );
    }

    private static string ReturnTo(string address) => $"?return={Uri.EscapeDataString(address)}";
}
