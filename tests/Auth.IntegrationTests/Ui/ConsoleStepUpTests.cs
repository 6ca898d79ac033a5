using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>Routes that require a recent sign-in ask for the password, and are then called again.</summary>
public sealed class ConsoleStepUpTests(Chromium chromium) : IAsyncLifetime, IClassFixture<Chromium>
{
    private readonly TestDatabase _database = new();
    private readonly TestClock _clock = new();
    private TestService _service = null!;
    private Visitor _visitor = null!;

    public async ValueTask InitializeAsync()
    {
        _service = TestService.Start(_database, _clock);
        _visitor = await Visitor.StartAsync(chromium, _service.Client.BaseAddress!);
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null)
        {
            await _visitor.DisposeAsync();
        }

        await _service.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task The_password_is_asked_for_and_the_call_repeated()
    {
        await StartAsync();

        await _visitor.Button("End all other sessions").ClickAsync();
        var dialog = _visitor.Page.GetByRole(AriaRole.Dialog);
        await dialog.WaitForAsync();
        var password = dialog.GetByLabel("Password", new() { Exact = true });
        (await password.EvaluateAsync<bool>("input => input === document.activeElement")).ShouldBeTrue();
        await _visitor.Page.Keyboard.TypeAsync("wrong");
        await _visitor.Page.Keyboard.PressAsync("Enter");
        (await dialog.GetByRole(AriaRole.Alert).TextContentAsync())
            .ShouldNotBeNull()
            .ShouldContain("The password is wrong.");
        await password.FillAsync(Account.DefaultPassword);
        await _visitor.Page.Keyboard.PressAsync("Enter");

        await _visitor.Text("All other sessions have ended.").WaitForAsync();
        (await dialog.CountAsync()).ShouldBe(0);
        (await _visitor.Page.Locator(".sessions h2").CountAsync()).ShouldBe(1);
    }

    [Theory]
    [InlineData("Escape")]
    [InlineData("Enter")] // on the button
    public async Task It_can_be_cancelled(string key)
    {
        await StartAsync();
        await _visitor.Button("End all other sessions").ClickAsync();
        var dialog = _visitor.Page.GetByRole(AriaRole.Dialog);
        await dialog.WaitForAsync();

        if (key == "Enter")
        {
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).FocusAsync();
        }

        await _visitor.Page.Keyboard.PressAsync(key);

        (await _visitor.Alert.TextContentAsync()).ShouldNotBeNull().ShouldContain("Nothing was changed");
        (await _visitor.Page.Locator(".sessions h2").CountAsync()).ShouldBe(2);
        (await _visitor.Page.EvaluateAsync<string>("document.activeElement.innerText")).ShouldBe(
            "End all other sessions"
        );
    }

    [Fact]
    public async Task A_sign_out_in_another_tab_ends_the_question()
    {
        await StartAsync();
        var other = await _visitor.Profile.NewPageAsync();
        await other.GotoAsync(_visitor.Page.Url);
        await _visitor.Button("End all other sessions").ClickAsync();
        var dialog = _visitor.Page.GetByRole(AriaRole.Dialog);
        await dialog.WaitForAsync();

        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await _visitor.ShouldShowAsync("Sign in");
        await _visitor.Text("You have signed out.").WaitForAsync();
    }

    private async Task StartAsync()
    {
        var email = await _visitor.SignUpAsync();
        await Account.LoginAsync(_service.Client, email, Account.DefaultPassword);
        _clock.Advance(TimeSpan.FromMinutes(11));
        await _visitor.Link("Devices").ClickAsync();
        await _visitor.Button("End all other sessions").WaitForAsync();
    }
}
