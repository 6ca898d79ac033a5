using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>Second factors on the pages of the console, in Chromium with a virtual authenticator.</summary>
[Trait("Engine", "Sqlite")] // factors are tested elsewhere on every engine
public sealed class ConsoleFactorTests(Chromium chromium) : IAsyncLifetime, IClassFixture<Chromium>
{
    private readonly TestDatabase _database = new();
    private TestService _service = null!;
    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync()
    {
        _service = TestService.StartAsIssuer(_database);
        _visitor = await Visitor.StartAsync(chromium, FactorVisitor.AddressOf(_service));
    }

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null)
        {
            _visitor.Complaints.ShouldBeEmpty();
            await _visitor.DisposeAsync();
        }

        await _service.DisposeAsync();
        _database.Dispose();
    }

    [Fact]
    public async Task An_authenticator_app_is_added_and_asked_for_at_the_sign_in()
    {
        var email = await OpenSecurityAsync();
        await _visitor.Text("At the moment, your password is all that anybody needs").WaitForAsync();
        await _visitor.Button("Add an authenticator app").ClickAsync();
        await _visitor.ShouldFocusAsync("Name");
        await Page.Keyboard.TypeAsync("Phone");
        await Page.Keyboard.PressAsync("Enter");
        await _visitor.Text("Scan this picture").WaitForAsync();
        await _visitor.ShouldFocusAsync("Add an authenticator app");
        await Page.GetByRole(AriaRole.Img, new() { Name = "QR code with the key for the authenticator app" })
            .WaitForAsync();
        var secret = await _visitor.ReadSecretAsync();
        (await _visitor.Link("Open in an app on this device").GetAttributeAsync("href"))
            .ShouldNotBeNull()
            .ShouldContain($"secret={secret}&");
        var app = new AuthenticatorApp(secret);

        await _visitor.Field("Code").FillAsync(app.WrongCodeAt(Now));
        await _visitor.Button("Confirm").ClickAsync();
        await ShouldAlertAsync("This code is not right.");
        await _visitor.Button("Confirm").ClickAsync();
        await _visitor.Field("Code").FillAsync("");
        await _visitor.Button("Confirm").ClickAsync();
        await _visitor.Text("Enter the code.").WaitForAsync();
        await _visitor.Field("Code").FillAsync(app.CodeAt(Now).Insert(3, " "));
        await _visitor.Button("Confirm").ClickAsync();
        await _visitor.Text("The authenticator app has been added.").WaitForAsync();
        (await _visitor.KeepCodesAsync()).Count.ShouldBe(10);
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Phone", Level = 3 }).WaitForAsync();
        await _visitor.Text("10 codes are left.").WaitForAsync();
        await _visitor.SignOutAsync();

        await _visitor.SignInAsync(email, Account.DefaultPassword);
        await _visitor.Text("One more step").WaitForAsync();
        await _visitor.ShouldFocusAsync("Code");
        await Page.Keyboard.TypeAsync(app.CodeAt(Now)); // used up by the enrolment
        await Page.Keyboard.PressAsync("Enter");
        await ShouldAlertAsync("This code is not right, or has been used.");
        Advance(seconds: 30);
        await _visitor.Field("Code").FillAsync(app.CodeAt(Now));
        await Page.Keyboard.PressAsync("Enter");

        await _visitor.ShouldShowAsync("Security"); // the page of before
    }

    [Fact]
    public async Task A_recovery_code_signs_in_and_the_codes_can_be_copied_saved_printed_and_replaced()
    {
        await _visitor.Profile.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var email = await OpenSecurityAsync();
        await _visitor.AddAppAsync(_service.Clock);
        await _visitor.Button("Copy").ClickAsync();
        await _visitor.Text("The codes have been copied.").WaitForAsync();
        var copied = await Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        var download = await Page.RunAndWaitForDownloadAsync(() => _visitor.Button("Download").ClickAsync());
        download.SuggestedFilename.ShouldBe("recovery-codes.txt");
        await using var content = await download.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        var saved = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Page.EvaluateAsync("() => { window.printed = 0; window.print = () => window.printed++; }");
        await _visitor.Button("Print").ClickAsync();
        (await Page.EvaluateAsync<int>("window.printed")).ShouldBe(1);
        var codes = await _visitor.KeepCodesAsync();
        copied.Split('\n').ShouldBe(codes);
        saved.ShouldContain($"Recovery codes for {email}");
        codes.ShouldAllBe(code => saved.Contains(code, StringComparison.Ordinal));
        await _visitor.SignOutAsync();

        await _visitor.SignInAsync(email, Account.DefaultPassword);
        await _visitor.Button("Use a recovery code").ClickAsync();
        await _visitor.ShouldFocusAsync("Recovery code");
        await Page.Keyboard.TypeAsync("wrong");
        await Page.Keyboard.PressAsync("Enter");
        await ShouldAlertAsync("This code is not right, or has been used.");
        await _visitor.Field("Recovery code").FillAsync(codes[3].ToLowerInvariant());
        await Page.Keyboard.PressAsync("Enter");

        await _visitor.ShouldShowAsync("Security");
        await _visitor.Text("9 codes are left.").WaitForAsync();
        await _visitor.Button("Replace recovery codes").ClickAsync();
        await _visitor.Text("You have new recovery codes.").WaitForAsync();
        (await _visitor.KeepCodesAsync()).Intersect(codes, StringComparer.Ordinal).ShouldBeEmpty();
        await _visitor.Text("10 codes are left.").WaitForAsync();
    }

    [Fact]
    public async Task On_paper_there_are_only_the_codes()
    {
        var email = await OpenSecurityAsync();
        await _visitor.AddAppAsync(_service.Clock);

        await Page.EmulateMediaAsync(new() { Media = Media.Print });

        var paper = await Page.Locator("body").InnerTextAsync();
        paper.ShouldStartWith("Recovery codes");
        paper.ShouldContain(email);
        paper.ShouldNotContain("Sign out");
        paper.ShouldNotContain("I have kept the codes");
        await Page.EmulateMediaAsync(new() { Media = Media.Screen });
        await _visitor.KeepCodesAsync();
    }

    [Fact]
    public async Task A_passkey_is_added_and_signs_in_alone_even_beside_an_authenticator_app()
    {
        await _visitor.WithoutAutofillAsync();
        await VirtualAuthenticator.AddAsync(Page);
        await OpenSecurityAsync();
        await _visitor.AddAppAsync(_service.Clock);
        await _visitor.KeepCodesAsync();
        await _visitor.Button("Add a passkey").ClickAsync();
        await _visitor.ShouldFocusAsync("Name");
        (await _visitor.Field("Name (optional)").InputValueAsync()).ShouldBe("Chrome on Linux");
        await Page.Keyboard.PressAsync("Enter");
        await _visitor.Text("The passkey has been added.").WaitForAsync(); // no codes: there are some already
        await Page.GetByRole(AriaRole.Heading, new() { Name = "Chrome on Linux", Level = 3 }).WaitForAsync();
        await _visitor.SignOutAsync();

        await _visitor.Button("Sign in with a passkey").ClickAsync();

        await _visitor.ShouldShowAsync("Security");
        await _visitor.Text("Last used").First.WaitForAsync();
    }

    [Fact]
    public async Task A_passkey_is_offered_in_the_autofill_of_the_sign_in_form()
    {
        await _visitor.OpenAsync();
        (await _visitor.Field("E-mail address").GetAttributeAsync("autocomplete")).ShouldBe("username webauthn");
        await VirtualAuthenticator.AddAsync(Page);
        await OpenSecurityAsync();
        await _visitor.AddPasskeyAsync();
        await _visitor.KeepCodesAsync();

        var signIn = await Page.RunAndWaitForResponseAsync(
            () => _visitor.Button("Sign out").ClickAsync(), // the user of the device chooses the passkey at once
            "**/api/auth/login/passkey"
        );

        signIn.Status.ShouldBe(200);
        await _visitor.ShouldShowAsync("Security");
    }

    [Fact]
    public async Task A_passkey_completes_a_sign_in_with_the_password()
    {
        await _visitor.WithoutAutofillAsync();
        await VirtualAuthenticator.AddAsync(Page);
        var email = await OpenSecurityAsync();
        await _visitor.AddPasskeyAsync();
        await _visitor.KeepCodesAsync();
        await _visitor.SignOutAsync();

        await _visitor.SignInAsync(email, Account.DefaultPassword);
        await _visitor.Text("One more step").WaitForAsync();
        await _visitor.ShouldFocusAsync("Use passkey");
        (await _visitor.Button("Use an authenticator app").CountAsync()).ShouldBe(0); // there is none
        await Page.Keyboard.PressAsync("Enter");

        await _visitor.ShouldShowAsync("Security");
    }

    [Fact]
    public async Task Each_of_three_tabs_signs_in_with_its_own_request_for_a_passkey_the_first_one_included()
    {
        await _visitor.WithoutAutofillAsync();
        var device = await VirtualAuthenticator.AddAsync(Page);
        await OpenSecurityAsync();
        await _visitor.AddPasskeyAsync();
        await _visitor.KeepCodesAsync();
        await _visitor.SignOutAsync();
        var passkey = await device.ReadPasskeyAsync();
        var allHaveAsked = new TaskCompletionSource();
        await _visitor.Profile.RouteAsync(
            "**/api/auth/login/passkey",
            async route =>
            {
                await allHaveAsked.Task;
                await route.ContinueAsync();
            }
        );

        var answers = new List<Task<IResponse>> { await AskAsync(Page) };
        for (var i = 0; i < 2; i++)
        {
            var other = await _visitor.Profile.NewPageAsync();
            await (await VirtualAuthenticator.AddAsync(other)).ReplacePasskeyAsync(passkey);
            await other.GotoAsync(Page.Url);
            answers.Add(await AskAsync(other));
        }

        allHaveAsked.SetResult();

        (await Task.WhenAll(answers)).ShouldAllBe(answer => answer.Status == 200);
        await _visitor.ShouldShowAsync("Security");

        static async Task<Task<IResponse>> AskAsync(IPage page)
        {
            var answer = page.WaitForResponseAsync("**/api/auth/login/passkey");
            await page.RunAndWaitForRequestAsync(
                () => page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync(),
                "**/api/auth/login/passkey"
            );
            return answer;
        }
    }

    [Fact]
    public async Task Without_a_passkey_on_the_device_people_are_told_so()
    {
        await VirtualAuthenticator.AddAsync(Page);
        await _visitor.OpenAsync();

        await _visitor.Button("Sign in with a passkey").ClickAsync();

        await ShouldAlertAsync("No passkey was used.");
    }

    [Fact]
    public async Task A_passkey_that_was_removed_is_rejected_in_words()
    {
        await _visitor.WithoutAutofillAsync();
        await VirtualAuthenticator.AddAsync(Page);
        var email = await OpenSecurityAsync();
        await _visitor.AddPasskeyAsync();
        await _visitor.KeepCodesAsync();
        await _visitor.Button("Remove: Chrome on Linux").ClickAsync();
        await _visitor.Text("This is the last one").WaitForAsync();
        await _visitor.Button("Remove for good").ClickAsync();
        await _visitor.Text("Removed: Chrome on Linux").WaitForAsync();
        await _visitor.ShouldFocusAsync("Security");
        await _visitor.Text("At the moment, your password is all that anybody needs").WaitForAsync();
        await _visitor.SignOutAsync();

        await _visitor.Button("Sign in with a passkey").ClickAsync();
        await ShouldAlertAsync("This passkey has been removed from its account");

        await _visitor.SignInAsync(email, Account.DefaultPassword);
        await _visitor.ShouldShowAsync("Security");
    }

    [Fact]
    public async Task A_device_has_one_passkey_for_an_account()
    {
        await VirtualAuthenticator.AddAsync(Page);
        await OpenSecurityAsync();
        await _visitor.AddPasskeyAsync();
        await _visitor.KeepCodesAsync();

        await _visitor.Button("Add a passkey").ClickAsync();
        await _visitor.Button("Create passkey").ClickAsync();
        await ShouldAlertAsync("This device already has a passkey for your account.");

        await _visitor.Button("Cancel").ClickAsync();
        await _visitor.Button("Rename: Chrome on Linux").WaitForAsync();
    }

    [Fact]
    public async Task A_factor_is_renamed()
    {
        await OpenSecurityAsync();
        await _visitor.AddAppAsync(_service.Clock, name: "");
        await _visitor.KeepCodesAsync();

        await _visitor.Button("Rename: Authenticator app").ClickAsync();
        await _visitor.ShouldFocusAsync("Name");
        await Page.Keyboard.TypeAsync("Ada's phone");
        await Page.Keyboard.PressAsync("Enter");
        await _visitor.Text("The name has been saved.").WaitForAsync();

        await _visitor.Button("Rename: Ada's phone").ClickAsync();
        await _visitor.Button("Cancel").ClickAsync();
        (await Page.EvaluateAsync<string>("document.activeElement.ariaLabel")).ShouldBe("Rename: Ada's phone");
        await _visitor.Button("Rename: Ada's phone").ClickAsync();
        await _visitor.Field("Name (optional)").FillAsync(new string('x', 65));
        await Page.Keyboard.PressAsync("Enter");
        await _visitor.Text("Names must be at most 64 characters long.").WaitForAsync();
    }

    [Fact]
    public async Task A_sign_in_that_takes_too_long_begins_again()
    {
        var email = await OpenSecurityAsync();
        var app = await _visitor.AddAppAsync(_service.Clock);
        await _visitor.KeepCodesAsync();
        await _visitor.SignOutAsync();
        await _visitor.SignInAsync(email, Account.DefaultPassword);
        await _visitor.Text("One more step").WaitForAsync();

        Advance(seconds: 301);
        await _visitor.Field("Code").FillAsync(app.CodeAt(Now));
        await Page.Keyboard.PressAsync("Enter");

        await ShouldAlertAsync("That took too long");
        (await _visitor.Field("E-mail address").InputValueAsync()).ShouldBe(email);
        await _visitor.Button("Sign in").ClickAsync();
        await _visitor.Text("One more step").WaitForAsync();
        await _visitor.Button("Cancel").ClickAsync();
        await _visitor.ShouldFocusAsync("E-mail address");
    }

    [Theory]
    [InlineData("totp")]
    [InlineData("recovery code")]
    [InlineData("passkey")]
    public async Task A_call_that_needs_a_recent_second_factor_asks_for_one(string kind)
    {
        await VirtualAuthenticator.AddAsync(Page);
        await OpenSecurityAsync();
        var app = await _visitor.AddAppAsync(_service.Clock);
        var codes = await _visitor.KeepCodesAsync();
        if (kind == "passkey")
        {
            await _visitor.AddPasskeyAsync();
        }

        Advance(seconds: 11 * 60);
        await _visitor.Button("Replace recovery codes").ClickAsync();
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("For your safety").WaitForAsync();
        if (kind == "passkey")
        {
            await dialog.GetByRole(AriaRole.Button, new() { Name = "Use passkey" }).ClickAsync();
        }
        else
        {
            var isCode = kind == "totp";
            if (!isCode)
            {
                await dialog.GetByRole(AriaRole.Button, new() { Name = "Use a recovery code" }).ClickAsync();
            }

            var field = dialog.GetByLabel(isCode ? "Code" : "Recovery code", new() { Exact = true });
            (await field.EvaluateAsync<bool>("input => input === document.activeElement")).ShouldBeTrue();
            await field.FillAsync(isCode ? app.WrongCodeAt(Now) : "wrong");
            await Page.Keyboard.PressAsync("Enter");
            await dialog.GetByText("This code is not right").WaitForAsync();
            await field.FillAsync(isCode ? app.CodeAt(Now) : codes[0]);
            await Page.Keyboard.PressAsync("Enter");
        }

        await _visitor.Text("You have new recovery codes.").WaitForAsync();
        (await dialog.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Where_passkeys_do_not_work_nobody_is_asked_for_one()
    {
        await VirtualAuthenticator.AddAsync(Page);
        var email = await OpenSecurityAsync();
        await _visitor.AddPasskeyAsync();
        var codes = await _visitor.KeepCodesAsync();
        await using var other = await Visitor.StartAsync(chromium, _service.Client.BaseAddress!); // another origin
        await other.OpenAsync("/security");
        (await other.Button("Sign in with a passkey").CountAsync()).ShouldBe(0);

        await other.SignInAsync(email, Account.DefaultPassword);
        await other.Field("Recovery code").FillAsync(codes[0]);
        await other.Page.Keyboard.PressAsync("Enter");

        await other.ShouldShowAsync("Security");
        await other.Text("Passkeys cannot be used in this browser, or at this address.").WaitForAsync();
        await other.Button("Remove: Chrome on Linux").WaitForAsync();
        (await other.Button("Add a passkey").CountAsync()).ShouldBe(0);
        other.Complaints.ShouldBeEmpty();
    }

    private DateTimeOffset Now => _service.Clock.GetUtcNow();

    private void Advance(int seconds) => _service.Clock.Advance(TimeSpan.FromSeconds(seconds));

    private async Task<string> OpenSecurityAsync()
    {
        var email = await _visitor.SignUpAsync();
        await _visitor.Link("Security").ClickAsync();
        await _visitor.Button("Add an authenticator app").WaitForAsync();
        return email;
    }

    private async Task ShouldAlertAsync(string text) => await _visitor.Alert.GetByText(text).WaitForAsync();
}
