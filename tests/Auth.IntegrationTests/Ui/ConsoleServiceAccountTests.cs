using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>The page of service accounts, for administrators.</summary>
public sealed class ConsoleServiceAccountTests(ServiceFixture fixture, ConsoleSources sources, Chromium chromium)
    : IClassFixture<ServiceFixture>,
        IClassFixture<Chromium>
{
    private const string Page = "/service-accounts";

    [Fact]
    public async Task An_account_is_created_gets_secrets_and_is_deleted()
    {
        await using var visitor = await StartAsync();
        var name = Service.NewName();

        await visitor.Link("Service accounts").ClickAsync();
        await visitor.ShouldShowAsync("Service accounts");
        await visitor.Field("Name").FillAsync(name);
        await visitor.Field("Roles (optional)").FillAsync("viewer, editor");
        await visitor.Button("Create service account").ClickAsync();
        await visitor.Text($"The service account has been created: {name}.").WaitForAsync();

        await visitor.Button($"Secrets: {name}").ClickAsync();
        await visitor.Text("There is no secret.").WaitForAsync();
        await visitor.Button("Add secret").ClickAsync();
        var secret = await visitor.Field("The new secret, which is never shown again").InputValueAsync();
        var card = visitor.Page.Locator(".service").Filter(new() { HasText = name });
        var id = (await card.Locator("code").TextContentAsync())!;
        var service = new Service(id, "", secret);
        var token = await service.GetTokenAsync(fixture.Client);
        Http.Claims(token).Texts("roles").ShouldBe(["editor", "viewer"]);

        await visitor.Button($"Delete secret 1: {name}").ClickAsync();
        await ConfirmAsync(visitor);
        await visitor.Text("The secret has been deleted.").WaitForAsync();
        (await service.AskForTokenAsync(fixture.Client).ShouldBeAsync(401)).Text("error").ShouldBe("invalid_client");

        await visitor.Button($"Disable: {name}").ClickAsync();
        await visitor
            .Text($"The service account has been disabled, and its tokens are no longer valid: {name}")
            .WaitForAsync();
        await visitor.Button($"Delete: {name}").ClickAsync();
        await ConfirmAsync(visitor);
        await visitor.Text($"The service account has been deleted: {name}").WaitForAsync();
        (await card.CountAsync()).ShouldBe(0);
        visitor.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Mistakes_are_shown_beside_the_fields()
    {
        await using var visitor = await StartAsync();
        await visitor.OpenAsync(Page);
        await visitor.Field("Name").FillAsync(Service.NewName());
        await visitor.Field("Roles (optional)").FillAsync("nobody");

        await visitor.Button("Create service account").ClickAsync();

        await visitor.Text("The role 'nobody' does not exist.").WaitForAsync();
        (await visitor.Field("Roles (optional)").GetAttributeAsync("aria-invalid")).ShouldBe("true");
    }

    [Fact]
    public async Task Deleting_can_be_cancelled_by_keyboard()
    {
        await using var visitor = await StartAsync();
        var service = await Service.CreateAsync(fixture.Client, await Account.LoginAsAdminAsync(fixture.Client));
        await visitor.OpenAsync(Page);
        var delete = visitor.Page.Locator(".service").Filter(new() { HasText = service.Id }).Locator("button.danger");

        await delete.FocusAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await visitor.Page.Keyboard.PressAsync("Escape");

        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await delete.EvaluateAsync<bool>("button => button === document.activeElement")).ShouldBeTrue();
        await service.GetTokenAsync(fixture.Client);
    }

    [Fact]
    public async Task Without_the_permission_there_is_no_such_page()
    {
        await using var visitor = await Visitor.StartAsync(chromium, fixture.Client.BaseAddress!);
        await visitor.SignUpAsync();

        (await visitor.Link("Service accounts").CountAsync()).ShouldBe(0);
        await visitor.OpenAsync(Page);
        await visitor.ShouldShowAsync("Page not found");
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280, "en")]
    [InlineData(ColorScheme.Dark, 360, "de")]
    public async Task It_is_accessible_and_fits(ColorScheme scheme, int width, string language)
    {
        var axe = await sources.ReadAxeAsync();
        var admin = await Account.LoginAsAdminAsync(fixture.Client);
        var service = await Service.CreateAsync(fixture.Client, admin, "editor");
        await using var visitor = await StartAsync(
            new()
            {
                ColorScheme = scheme,
                ViewportSize = new() { Width = width, Height = 740 },
                Locale = language,
            }
        );
        await visitor.OpenAsync(Page);
        var buttons = visitor.Page.Locator(".service").Filter(new() { HasText = service.Id }).Locator("button");
        await buttons.Nth(1).ClickAsync();
        await visitor.Page.Locator(".service form").WaitForAsync();
        await buttons.Nth(0).ClickAsync();
        await visitor.Page.Locator(".secrets + .actions button").ClickAsync();
        await visitor.Page.Locator(".service .notice input").WaitForAsync();

        await visitor.Page.ShouldBeAccessibleAsync(axe, Page);
        await visitor.Page.ShouldFitAsync(scheme, Page);
        await visitor.Page.Locator(".secrets button").First.ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await visitor.Page.ShouldBeAccessibleAsync(axe, "the dialog");
    }

    private async Task<Visitor> StartAsync(BrowserNewContextOptions? options = null)
    {
        var visitor = await Visitor.StartAsync(chromium, fixture.Client.BaseAddress!, options);
        await visitor.OpenAsync();
        await visitor.Page.Locator("input[type=email]").FillAsync(TestService.AdminEmail);
        await visitor.Page.Locator("input[type=password]").FillAsync(TestService.AdminPassword);
        await visitor.Page.Locator("button[type=submit]").ClickAsync();
        await visitor.Page.Locator("nav").WaitForAsync();
        return visitor;
    }

    private static Task ConfirmAsync(Visitor visitor) =>
        visitor
            .Page.GetByRole(AriaRole.Dialog)
            .GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true })
            .ClickAsync();
}
