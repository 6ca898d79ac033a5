using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>What people do on the pages of the console, in Chromium.</summary>
public sealed class ConsolePagesTests(ConsoleService service, Chromium chromium)
    : IAsyncLifetime,
        IClassFixture<ConsoleService>,
        IClassFixture<Chromium>
{
    private const string Iphone =
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
        + "Version/18.5 Mobile/15E148 Safari/604.1";

    private const string NewPassword = "quiet-lantern-orchard-47";

    private Visitor _visitor = null!;

    private IPage Page => _visitor.Page;

    public async ValueTask InitializeAsync() =>
        _visitor = await Visitor.StartAsync(chromium, service.Client.BaseAddress!);

    public async ValueTask DisposeAsync()
    {
        if (_visitor is not null)
        {
            _visitor.Complaints.ShouldBeEmpty();
            await _visitor.DisposeAsync();
        }
    }

    [Fact]
    public async Task Somebody_signs_up_signs_out_and_signs_in()
    {
        var email = await _visitor.SignUpAsync();
        await _visitor.Text(email).WaitForAsync();
        await _visitor.Text("viewer").WaitForAsync();

        await Page.ReloadAsync();
        await _visitor.ShouldShowAsync("Profile");

        await _visitor.Button("Sign out").ClickAsync();
        await _visitor.Text("You have signed out.").WaitForAsync();

        await _visitor.SignInAsync(email, Account.DefaultPassword);
        await _visitor.ShouldShowAsync("Profile");
    }

    [Fact]
    public async Task A_sign_out_in_another_tab_is_seen()
    {
        await _visitor.SignUpAsync();
        var other = await _visitor.Profile.NewPageAsync();
        await other.GotoAsync(Page.Url);

        await other.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await _visitor.ShouldShowAsync("Sign in");
        await _visitor.Text("You have signed out.").WaitForAsync();
    }

    [Fact]
    public async Task Every_page_shows_whose_account_it_is()
    {
        var email = await _visitor.SignUpAsync();

        foreach (var page in new[] { "Profile", "Password", "Security", "Devices", "Your data" })
        {
            await _visitor.Link(page).ClickAsync();
            await _visitor.ShouldShowAsync(page);
            (await Page.Locator("header").InnerTextAsync()).ShouldContain($"Signed in as {email}");
        }
    }

    [Fact]
    public async Task The_icon_is_found_from_every_page()
    {
        await _visitor.OpenAsync();
        await _visitor.Link("Create one").ClickAsync();
        await _visitor.ShouldShowAsync("Create an account");

        var status = await Page.EvaluateAsync<int>(
            "async () => (await fetch(document.querySelector('link[rel=icon]').href)).status"
        );

        status.ShouldBe(200);
    }

    [Fact]
    public async Task A_session_that_is_lost_for_an_unknown_reason_is_mentioned()
    {
        await _visitor.SignUpAsync();
        await _visitor.Profile.ClearCookiesAsync();
        await Page.RouteAsync(
            "**/api/auth/sessions",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Status = 401,
                        ContentType = "application/problem+json",
                        Body = """{"code":"TOKEN_EXPIRED"}""",
                    }
                )
        );

        await _visitor.Link("Devices").ClickAsync();

        await _visitor.ShouldShowAsync("Sign in");
        await _visitor.Text("You have been signed out.").WaitForAsync();
    }

    [Fact]
    public async Task An_empty_reason_is_none()
    {
        await _visitor.OpenAsync("?reason=");

        await _visitor.ShouldShowAsync("Sign in");
        (await Page.Locator(".notice").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_failed_sign_out_is_reported_until_the_network_is_back_or_another_page_is_shown()
    {
        await _visitor.SignUpAsync();
        await _visitor.Profile.SetOfflineAsync(true);
        await _visitor.Button("Sign out").ClickAsync();
        await _visitor.Alert.WaitForAsync();
        await _visitor.Profile.SetOfflineAsync(false);
        await _visitor.Alert.WaitForAsync(new() { State = WaitForSelectorState.Detached });

        await Page.RouteAsync("**/api/auth/logout", route => route.FulfillAsync(new() { Status = 502 }));
        await _visitor.Button("Sign out").ClickAsync();
        await _visitor.Alert.WaitForAsync();
        await _visitor.Link("Password").ClickAsync();
        await _visitor.Alert.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Fact]
    public async Task Two_clicks_sign_out_once()
    {
        await _visitor.SignUpAsync();
        var logouts = 0;
        var release = new TaskCompletionSource();
        await Page.RouteAsync(
            "**/api/auth/logout",
            async route =>
            {
                Interlocked.Increment(ref logouts);
                await release.Task;
                await route.ContinueAsync();
            }
        );

        await _visitor.Button("Sign out").DblClickAsync();
        release.SetResult();

        await _visitor.Text("You have signed out.").WaitForAsync();
        logouts.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_needs_a_mouse()
    {
        var email = Account.NewEmail();
        await _visitor.OpenAsync();
        await Page.Keyboard.PressAsync("Tab");
        (await FocusedTextAsync()).ShouldBe("Skip to content");
        await Page.Keyboard.PressAsync("Enter");
        (await Page.EvaluateAsync<string>("document.activeElement.id")).ShouldBe("content");

        await TabToAsync("Create one");
        await Page.Keyboard.PressAsync("Enter");
        await _visitor.ShouldShowAsync("Create an account");
        (await FocusedTextAsync()).ShouldBe("Create an account"); // the heading of the new page

        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync(email);
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync("Ada");
        await Page.Keyboard.PressAsync("Tab");
        await Page.Keyboard.TypeAsync(Account.DefaultPassword);
        await TabToAsync("Create account");
        await Page.Keyboard.PressAsync("Enter");
        await _visitor.ShouldShowAsync("Profile");
        (await FocusedTextAsync()).ShouldBe("Profile");

        await Page.Keyboard.PressAsync("Shift+Tab");
        (await FocusedTextAsync()).ShouldBe("Your data");
        await Page.Keyboard.PressAsync("Shift+Tab");
        await Page.Keyboard.PressAsync("Enter");
        await _visitor.ShouldShowAsync("Devices");

        await Page.GoBackAsync();
        await _visitor.ShouldShowAsync("Profile");
    }

    [Fact]
    public async Task The_service_s_verdict_on_a_password_is_shown_at_its_field()
    {
        await _visitor.OpenAsync("/sign-up");
        await _visitor.Text("At least 8 characters.").WaitForAsync();
        var password = _visitor.Field("Password");
        await password.FillAsync("short");
        await _visitor.Text("3 more characters").WaitForAsync();
        await password.FillAsync("password");
        await _visitor.Text("Long enough.").WaitForAsync();
        await _visitor.Field("E-mail address").FillAsync(Account.NewEmail());

        await _visitor.Button("Create account").ClickAsync();

        await _visitor.Text("This password is too common. Choose a different one.").WaitForAsync();
        (await password.GetAttributeAsync("aria-invalid")).ShouldBe("true");
        (await password.EvaluateAsync<bool>("input => input === document.activeElement")).ShouldBeTrue();
        await password.PressSequentiallyAsync("x");
        await _visitor.Text("Long enough.").WaitForAsync(); // that was about another password
    }

    [Fact]
    public async Task A_verdict_is_about_the_password_that_was_sent_whatever_is_typed_meanwhile()
    {
        await _visitor.OpenAsync("/sign-up");
        var sent = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await Page.RouteAsync(
            "**/api/auth/register",
            async route =>
            {
                sent.SetResult();
                await release.Task;
                await route.ContinueAsync();
            }
        );
        var password = _visitor.Field("Password");
        await _visitor.Field("E-mail address").FillAsync(Account.NewEmail());
        await password.FillAsync("password");
        await _visitor.Button("Create account").ClickAsync();
        await sent.Task;

        await password.FillAsync(NewPassword);
        release.SetResult();

        await _visitor.Alert.WaitForAsync();
        (await password.GetAttributeAsync("aria-invalid")).ShouldBeNull();
        await password.FillAsync("password");
        await _visitor.Text("This password is too common. Choose a different one.").WaitForAsync();
    }

    [Fact]
    public async Task Password_fields_allow_pasting_can_be_shown_and_tell_password_managers_what_they_are()
    {
        await _visitor.SignUpAsync();
        await _visitor.Link("Password").ClickAsync();
        var current = _visitor.Field("Current password");

        (await current.GetAttributeAsync("autocomplete")).ShouldBe("current-password");
        (await _visitor.Field("New password").GetAttributeAsync("autocomplete")).ShouldBe("new-password");
        (await Page.Locator("input[autocomplete=username]").CountAsync()).ShouldBe(1);

        await current.FocusAsync();
        await Page.EvaluateAsync(
            """
            () => {
              const data = new DataTransfer();
              data.setData('text/plain', 'pasted');
              const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
              if (document.activeElement.dispatchEvent(event)) document.execCommand('insertText', false, 'pasted');
            }
            """
        );
        (await current.InputValueAsync()).ShouldBe("pasted");
        await _visitor.Button("Show password").First.ClickAsync();
        (await current.GetAttributeAsync("type")).ShouldBe("text");
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sessions_with_a_reason_in_words()
    {
        var email = await _visitor.SignUpAsync();
        await using var other = await Visitor.StartAsync(chromium, service.Client.BaseAddress!);
        await other.OpenAsync();
        await other.SignInAsync(email, Account.DefaultPassword);
        await other.ShouldShowAsync("Profile");

        await _visitor.Link("Password").ClickAsync();
        await _visitor.Field("Current password").FillAsync("not-the-password");
        await _visitor.Field("New password").FillAsync(NewPassword);
        await _visitor.Button("Change password").ClickAsync();
        (await _visitor.Alert.TextContentAsync()).ShouldNotBeNull().ShouldContain("The current password is wrong.");
        await _visitor.Field("Current password").FillAsync(Account.DefaultPassword);
        await _visitor.Button("Change password").ClickAsync();
        await _visitor.Text("Your password has been changed.").WaitForAsync();

        await other.Page.ReloadAsync();
        await other.Text("You were signed out because your password was changed.").WaitForAsync();
        await other.SignInAsync(email, NewPassword);
        await other.ShouldShowAsync("Profile");
        await _visitor.Link("Profile").ClickAsync();
        await _visitor.Text(email).WaitForAsync(); // still signed in
    }

    [Fact]
    public async Task Sessions_are_shown_as_devices_and_can_be_ended()
    {
        var email = await _visitor.SignUpAsync();
        var (iphone, _) = await SignInWithAsync(email, Iphone);
        await SignInWithAsync(
            email,
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
        );
        await SignInWithAsync(
            email,
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
        );
        await SignInWithAsync(
            email,
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15"
        );
        await SignInWithAsync(
            email,
            "Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36"
        );
        await SignInWithAsync(email, "curl/8.14.1");
        await SignInWithAsync(email, "Something (strange)");

        await _visitor.Link("Devices").ClickAsync();
        await _visitor.Text("Safari on iPhone").WaitForAsync();
        var devices = await Page.Locator(".sessions h2").AllInnerTextsAsync();
        devices[0].ReplaceLineEndings(" ").ShouldContain("This device");
        devices[0].ShouldContain("Chrome on Linux");
        devices
            .Skip(1)
            .ShouldBe(
                [
                    "Safari on iPhone",
                    "Firefox on Windows",
                    "Edge on Windows",
                    "Safari on macOS",
                    "Samsung Internet on Android",
                    "curl",
                    "Unknown device",
                ],
                ignoreOrder: true
            );
        (await Page.Locator(".sessions dd").Filter(new() { HasText = "127.0.0.1" }).CountAsync()).ShouldBe(8);

        await _visitor.Button("End session: Safari on iPhone").ClickAsync();
        await _visitor.Text("The session has ended: Safari on iPhone").WaitForAsync();
        (await FocusedTextAsync()).ShouldBe("Devices");
        await iphone.ShouldHaveEndedAsync(service.Client, "session_revoked");

        await _visitor.Button("End all other sessions").ClickAsync();
        await _visitor.Text("All other sessions have ended.").WaitForAsync();
        (await Page.Locator(".sessions h2").CountAsync()).ShouldBe(1);
        await _visitor.Text("You are not signed in on any other device.").WaitForAsync();
    }

    [Fact]
    public async Task The_profile_can_be_changed()
    {
        await _visitor.SignUpAsync();

        await _visitor.Field("Name (optional)").FillAsync("Ada Lovelace");
        await _visitor.Button("Save").ClickAsync();
        await _visitor.Text("Your name has been saved.").WaitForAsync();
        await Page.ReloadAsync();
        (await _visitor.Field("Name (optional)").InputValueAsync()).ShouldBe("Ada Lovelace");

        await _visitor.Field("Name (optional)").FillAsync(" ");
        await _visitor.Button("Save").ClickAsync();
        await _visitor.Text("Your name has been saved.").WaitForAsync();
    }

    [Fact]
    public async Task Data_is_downloaded_and_the_account_deleted()
    {
        var email = await _visitor.SignUpAsync();
        await _visitor.Link("Your data").ClickAsync();

        var download = await Page.RunAndWaitForDownloadAsync(() => _visitor.Button("Download").ClickAsync());
        download.SuggestedFilename.ShouldStartWith("account-");
        await using var content = await download.CreateReadStreamAsync();
        var data = await JsonNode.ParseAsync(content, cancellationToken: TestContext.Current.CancellationToken);
        data!["user"]!.Text("email").ShouldBe(email);

        await _visitor.Field("Password").FillAsync("wrong");
        await _visitor.Button("Delete account permanently").ClickAsync();
        (await _visitor.Alert.TextContentAsync()).ShouldNotBeNull().ShouldContain("The password is wrong.");
        await _visitor.Field("Password").FillAsync(Account.DefaultPassword);
        await _visitor.Button("Delete account permanently").ClickAsync();

        await _visitor.Text("Your account has been deleted.").WaitForAsync();
        await service
            .Client.PostAsync("/api/auth/login", new { email, password = Account.DefaultPassword })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Theory]
    [InlineData(429, "RATE_LIMITED", "40", "Too many attempts. Please try again in 40 seconds.")]
    [InlineData(429, "RATE_LIMITED", "600", "Too many attempts. Please try again in 10 minutes.")]
    [InlineData(
        503,
        "SERVICE_UNAVAILABLE",
        "5",
        "The service is busy or being maintained. Please try again in 5 seconds."
    )]
    [InlineData(
        401,
        "INVALID_CREDENTIALS",
        null,
        "After many wrong passwords, the right one is also rejected for a while."
    )]
    [InlineData(
        500,
        "INTERNAL_ERROR",
        null,
        "report this number if it happens again: 0af7651916cd43dd8448eb211c80319c"
    )]
    [InlineData(413, "PAYLOAD_TOO_LARGE", null, "That is too much text.")]
    [InlineData(502, null, null, "The service cannot be reached.")]
    public async Task Errors_are_told_in_words(int status, string? code, string? retryAfter, string words)
    {
        await _visitor.OpenAsync();
        await Page.RouteAsync(
            "**/api/auth/login",
            route =>
                route.FulfillAsync(
                    new()
                    {
                        Status = status,
                        ContentType = code is null ? "text/html" : "application/problem+json",
                        Headers = retryAfter is null ? [] : [new("Retry-After", retryAfter)],
                        Body = code is null
                            ? "<h1>Bad gateway</h1>"
                            : new JsonObject
                            {
                                ["code"] = code,
                                ["traceId"] = "0af7651916cd43dd8448eb211c80319c",
                            }.ToJsonString(),
                    }
                )
        );

        await _visitor.SignInAsync("ada@example.com", "wrong");

        (await _visitor.Alert.TextContentAsync()).ShouldNotBeNull().ShouldContain(words);
        (await Page.Locator("[aria-live] [role=alert]").CountAsync()).ShouldBe(0); // would be announced twice
    }

    [Fact]
    public async Task Without_a_network_people_are_told_so_and_may_try_again()
    {
        var email = await _visitor.SignUpAsync();
        await _visitor.Profile.SetOfflineAsync(true);

        await _visitor.Link("Devices").ClickAsync();
        (await _visitor.Alert.TextContentAsync()).ShouldNotBeNull().ShouldContain("You are offline.");
        await _visitor.Profile.SetOfflineAsync(false);
        await _visitor.Button("Try again").ClickAsync();
        await _visitor.Text("Chrome on Linux").WaitForAsync();

        await _visitor.Link("Profile").ClickAsync();
        await _visitor.Text(email).WaitForAsync();
    }

    [Fact]
    public async Task A_page_that_does_not_exist_says_so()
    {
        await _visitor.SignUpAsync();
        await _visitor.OpenAsync("/nowhere");

        await _visitor.ShouldShowAsync("Page not found");
        await _visitor.Link("Go to your profile").ClickAsync();
        await _visitor.ShouldShowAsync("Profile");
    }

    [Theory]
    [InlineData("expired_idle", "You were signed out because you had been away for a long time.")]
    [InlineData("reuse_detected", "You were signed out for your safety.")]
    [InlineData("<b>invented</b>", "You have been signed out.")]
    [InlineData("toString", "You have been signed out.")]
    public async Task An_application_can_pass_on_why_somebody_was_signed_out(string reason, string words)
    {
        await _visitor.OpenAsync($"?reason={Uri.EscapeDataString(reason)}");

        await _visitor.Text(words).WaitForAsync();
    }

    [Fact]
    public async Task It_speaks_German_and_remembers_a_choice()
    {
        await using var german = await Visitor.StartAsync(
            chromium,
            service.Client.BaseAddress!,
            new() { Locale = "de-AT" }
        );
        await german.OpenAsync("/sign-up");
        await german.ShouldShowAsync("Konto erstellen");
        (await german.Page.EvaluateAsync<string>("document.documentElement.lang")).ShouldBe("de");
        (await german.Page.TitleAsync()).ShouldBe("Konto erstellen – Konto");
        // What the service says about passwords is translated, too.
        var email = $"otterlullaby{Guid.CreateVersion7():n}@example.com";
        await german.Field("E-Mail-Adresse").FillAsync(email);
        await german.Field("Passwort").FillAsync("password");
        await german.Button("Konto erstellen").ClickAsync();
        await german.Text("Dieses Passwort ist zu verbreitet.").WaitForAsync();
        await german.Field("Passwort").FillAsync(email);
        await german.Button("Konto erstellen").ClickAsync();
        await german.Text("Passwörter dürfen nicht aus Ihrer E-Mail-Adresse").WaitForAsync();
        await german.Field("Passwort").FillAsync("qwertz1234");
        await german.Button("Konto erstellen").ClickAsync();
        await german.Text("Dieses Passwort ist zu leicht zu erraten.").WaitForAsync();
        await german.Field("Passwort").FillAsync("kurz");
        await german.Button("Konto erstellen").ClickAsync();
        await german.Text("Passwörter müssen mindestens 8 Zeichen lang sein.").WaitForAsync();

        await german.Page.GetByRole(AriaRole.Combobox).SelectOptionAsync("English");
        await german.ShouldShowAsync("Create an account");
        await german.Page.ReloadAsync();
        await german.ShouldShowAsync("Create an account");
        german.Complaints.ShouldBeEmpty();
    }

    private async Task<(Account Account, string UserAgent)> SignInWithAsync(string email, string userAgent)
    {
        using var response = await service.Client.SendAsync(
            "POST",
            "/api/auth/login",
            new
            {
                email,
                password = Account.DefaultPassword,
                refreshTokenIn = "body",
            },
            headers: ("User-Agent", userAgent)
        );
        return (new(email, Account.DefaultPassword, await response.ShouldBeAsync(200)), userAgent);
    }

    private async Task TabToAsync(string text)
    {
        for (var tries = 0; tries < 20 && await FocusedTextAsync() != text; tries++)
        {
            await Page.Keyboard.PressAsync("Tab");
        }

        (await FocusedTextAsync()).ShouldBe(text);
    }

    private Task<string> FocusedTextAsync() =>
        Page.EvaluateAsync<string>("document.activeElement.innerText.trim().split('\\n')[0]");
}
