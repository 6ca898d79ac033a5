using Auth.IntegrationTests.Flows;
using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>What people do with the mails that they get, in Chromium.</summary>
public sealed class ConsoleMailTests(Chromium chromium) : IAsyncDisposable, IClassFixture<Chromium>
{
    private const string NewPassword = FlowRequests.NewPassword;
    private const string InvalidLink = "This link is not valid.";
    private const string InvalidCode = "This code is not valid.";

    private readonly List<Visitor> _visitors = [];
    private MailService? _mail;

    private MailService Mail => _mail!;

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors)
        {
            visitor.Complaints.ShouldBeEmpty();
            await visitor.DisposeAsync();
        }

        if (_mail is not null)
        {
            await _mail.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_with_the_code()
    {
        var visitor = await StartAsync();
        var email = await visitor.SignUpAsync();
        var other = await VisitAsync();
        await other.OpenAsync();
        await other.Link("Forgot your password?").ClickAsync();
        await other.ShouldShowAsync("Forgotten password");
        await other.Field("E-mail address").FillAsync(email);
        await other.Button("Send mail").ClickAsync();
        await other.ShouldShowAsync("Choose a new password");
        var mail = await Mail.ReceiveAsync(email, "ResetPassword");

        await other.Page.ReloadAsync();
        await other.Text($"If there is an account with the address {email}").WaitForAsync();
        (await other.Field("Code").GetAttributeAsync("autocomplete")).ShouldBe("one-time-code");
        (await other.Field("Code").GetAttributeAsync("inputmode")).ShouldBe("numeric");
        await other.Field("New password").FillAsync(NewPassword);
        await other.Button("Set new password").ClickAsync();
        await other.Text("Enter the six digits of the mail.").WaitForAsync();
        await other.Field("Code").FillAsync(mail.WrongCode);
        await other.Button("Set new password").ClickAsync();
        await ShouldAlertAsync(other, InvalidCode);
        await other.Field("Code").FillAsync($" {mail.Code[..3]} {mail.Code[3..]} ");
        await other.Field("New password").FillAsync("password");
        await other.Button("Set new password").ClickAsync();
        await other.Text("This password is too common. Choose a different one.").WaitForAsync();
        await other.Field("New password").FillAsync(NewPassword);
        await other.Button("Set new password").ClickAsync();

        await other.ShouldShowAsync("Sign in");
        await other.Text("Your password has been changed, and all devices have been signed out.").WaitForAsync();
        await other.SignInAsync(email, NewPassword);
        await other.ShouldShowAsync("Profile");
        await visitor.Page.ReloadAsync();
        await visitor.ShouldShowAsync("Sign in");
    }

    [Fact]
    public async Task A_link_is_used_when_the_button_is_pressed_and_only_once()
    {
        var visitor = await StartAsync();
        var email = await visitor.SignUpAsync();
        await Mail.Client.ForgetPasswordAsync(email);
        var mail = await Mail.ReceiveAsync(email, "ResetPassword");
        var requests = Record(visitor);

        await visitor.OpenLinkAsync(mail);
        await visitor.ShouldShowAsync("Choose a new password");
        visitor.Page.Url.ShouldEndWith("/account/reset-password");
        (await ReadStorageAsync(visitor)).ShouldNotContain(mail.Token);
        var other = await VisitAsync();
        await other.OpenLinkAsync(mail);
        await other.Field("New password").FillAsync(NewPassword);
        await other.Button("Set new password").ClickAsync();
        await other.ShouldShowAsync("Sign in");

        await visitor.Field("New password").FillAsync("another-quiet-lantern-47");
        await visitor.Button("Set new password").ClickAsync();
        await ShouldAlertAsync(visitor, InvalidLink);
        await visitor.Link("Request another mail").ClickAsync();
        await visitor.ShouldShowAsync("Forgotten password");
        requests.ShouldContain(request => request.Contains("/api/auth/reset-password", StringComparison.Ordinal));
        requests.ShouldAllBe(request => !request.Contains(mail.Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_link_that_is_opened_in_a_tab_with_its_page_replaces_the_earlier_one()
    {
        var visitor = await StartAsync();
        var account = await Mail.RegisterConfirmedAsync();
        await visitor.OpenAsync("/reset-password");
        await visitor.Text("To continue, open the link").WaitForAsync();
        await Mail.Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");

        await visitor.Page.EvaluateAsync("token => { location.hash = `token=${token}` }", mail.Token);
        await visitor.Field("New password").FillAsync(NewPassword);
        visitor.Page.Url.ShouldNotContain("#");
        await visitor.Button("Set new password").ClickAsync();

        await visitor.ShouldShowAsync("Sign in");
    }

    [Fact]
    public async Task After_five_wrong_codes_another_mail_is_needed_and_the_earlier_code_is_void()
    {
        var visitor = await StartAsync();
        var account = await Mail.RegisterConfirmedAsync();
        await AskForResetAsync(visitor, account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        await visitor.Field("New password").FillAsync(NewPassword);
        for (var tries = 0; tries < 5; tries++)
        {
            await visitor.Field("Code").FillAsync(mail.WrongCode);
            await SubmitAsync(visitor, "/api/auth/reset-password", "Set new password");
        }

        await visitor.Field("Code").FillAsync(mail.Code);
        await SubmitAsync(visitor, "/api/auth/reset-password", "Set new password");
        await ShouldAlertAsync(visitor, "After five wrong codes");
        await visitor.Button("Send another mail").ClickAsync();
        await visitor.Text("Another mail is on its way.").WaitForAsync();
        var second = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        await visitor.Field("Code").FillAsync(second.Code);
        await visitor.Button("Set new password").ClickAsync();

        await visitor.ShouldShowAsync("Sign in");
    }

    [Fact]
    public async Task A_code_expires_on_the_page()
    {
        var visitor = await StartAsync();
        await visitor.Page.Clock.InstallAsync();
        await AskForResetAsync(visitor, Account.NewEmail());
        await visitor.Text("They are valid until").WaitForAsync();

        await visitor.Page.Clock.FastForwardAsync("10:01");

        await visitor.Text("The code has expired.").WaitForAsync();
        await visitor.Button("Send another mail").ClickAsync();
        await visitor.Text("They are valid until").WaitForAsync();
    }

    [Fact]
    public async Task Where_addresses_are_confirmed_first_signing_up_continues_with_the_code()
    {
        var visitor = await StartAsync(("Registration:EmailConfirmation", "Required"));
        var email = await RequestAccountAsync(visitor);
        var first = await Mail.ReceiveAsync(email, "VerifyEmail");

        await visitor.Page.ReloadAsync();
        await visitor.Button("Send another mail").ClickAsync();
        await visitor.Text("the code and link of the earlier one are no longer valid").WaitForAsync();
        var second = await Mail.ReceiveAsync(email, "VerifyEmail");
        await visitor.Field("Code").FillAsync(first.Code == second.Code ? first.WrongCode : first.Code);
        await visitor.Button("Confirm address").ClickAsync();
        await ShouldAlertAsync(visitor, InvalidCode);
        await visitor.Field("Code").FillAsync(second.Code);
        await visitor.Button("Confirm address").ClickAsync();

        await visitor.ShouldShowAsync("Profile");
        await visitor.Text("your account has been created").WaitForAsync();
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.innerText")).ShouldBe("Profile");
        (await ReadStorageAsync(visitor)).ShouldNotContain("auth-flow");
        await visitor.Page.ReloadAsync();
        await visitor.ShouldShowAsync("Profile");
    }

    [Fact]
    public async Task The_link_in_the_same_tab_completes_the_registration()
    {
        var visitor = await StartAsync(("Registration:EmailConfirmation", "Required"));
        var mail = await Mail.ReceiveAsync(await RequestAccountAsync(visitor), "VerifyEmail");

        await visitor.OpenLinkAsync(mail);
        await visitor.Button("Confirm address").ClickAsync();

        await visitor.ShouldShowAsync("Profile");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // and has asked for an account of its own
    public async Task The_link_in_another_browser_asks_for_the_password(bool hasFlow)
    {
        var visitor = await StartAsync(("Registration:EmailConfirmation", "Required"));
        var mail = await Mail.ReceiveAsync(await RequestAccountAsync(visitor), "VerifyEmail");
        var other = await VisitAsync();
        if (hasFlow)
        {
            await RequestAccountAsync(other);
        }

        await other.OpenLinkAsync(mail);
        if (hasFlow)
        {
            await other.Button("Confirm address").ClickAsync();
        }

        await other.Text("Enter the password that you chose when you signed up").WaitForAsync();
        await other.Field("Password").FillAsync("wrong");
        await other.Button("Confirm address").ClickAsync();
        await ShouldAlertAsync(other, "This is not the password of the account");
        await other.Field("Password").FillAsync(Account.DefaultPassword);
        await other.Button("Confirm address").ClickAsync();

        await other.ShouldShowAsync("Profile");
        await other.Text(mail.To).WaitForAsync();
    }

    [Fact]
    public async Task An_address_can_be_confirmed_on_the_profile()
    {
        var visitor = await StartAsync();
        var email = await visitor.SignUpAsync();
        var first = await Mail.ReceiveAsync(email, "VerifyEmail");
        await visitor.Text($"The address {email} has not been confirmed yet.").WaitForAsync();
        await visitor.Field("Code").FillAsync(first.WrongCode);
        await visitor.Button("Confirm address").ClickAsync();
        await ShouldAlertAsync(visitor, InvalidCode);
        await visitor.Button("Send another mail").ClickAsync();
        await visitor.Text("Another mail is on its way.").WaitForAsync();
        var second = await Mail.ReceiveAsync(email, "VerifyEmail");

        await visitor.Field("Code").FillAsync(second.Code);
        await visitor.Button("Confirm address").ClickAsync();

        await visitor.Text("Your e-mail address is confirmed.").WaitForAsync();
        (await visitor.Field("Code").CountAsync()).ShouldBe(0);
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.innerText")).ShouldBe("Profile");
        await visitor.Page.ReloadAsync();
        await visitor.ShouldShowAsync("Profile");
        await visitor.Button("Save").WaitForAsync();
        (await visitor.Field("Code").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_link_confirms_the_address_of_the_user_who_is_signed_in()
    {
        var visitor = await StartAsync();
        var email = await visitor.SignUpAsync();
        var mail = await Mail.ReceiveAsync(email, "VerifyEmail");

        await visitor.OpenLinkAsync(mail);
        await visitor.Text($"You are signed in as {email}.").WaitForAsync();
        await visitor.Button("Confirm address").ClickAsync();

        await visitor.ShouldShowAsync("Profile");
        await visitor.Text("Your e-mail address is confirmed.").WaitForAsync();
    }

    [Fact]
    public async Task The_link_in_another_browser_confirms_the_address_with_the_password()
    {
        var visitor = await StartAsync();
        var email = await visitor.SignUpAsync();
        var mail = await Mail.ReceiveAsync(email, "VerifyEmail");
        var other = await VisitAsync();
        await other.SignUpAsync();

        // Somebody else is signed in there.
        await other.OpenLinkAsync(mail);
        await other.Button("Confirm address").ClickAsync();
        await ShouldAlertAsync(other, InvalidLink);
        await other.Button("Sign out").ClickAsync();
        await other.Field("Password").FillAsync(Account.DefaultPassword);
        await other.Button("Confirm address").ClickAsync();

        await other.ShouldShowAsync("Sign in");
        await other.Text("Your e-mail address is confirmed.").WaitForAsync();
        await other.SignInAsync(email, Account.DefaultPassword);
        await other.ShouldShowAsync("Profile");
        await other.Button("Save").WaitForAsync();
        (await other.Field("Code").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task An_invitation_is_accepted_with_a_password()
    {
        var visitor = await StartAsync();
        var email = Account.NewEmail();
        var admin = await Account.LoginAsAdminAsync(Mail.Client);
        await Mail
            .Client.PostAsync("/api/users", new { email, displayName = "Grace" }, admin.AccessToken)
            .ShouldBeAsync(201);
        var mail = await Mail.ReceiveAsync(email, "Invitation");
        await visitor.OpenLinkAsync(mail);
        await visitor.Field("Password").FillAsync("password");
        await visitor.Button("Accept invitation").ClickAsync();
        await visitor.Text("This password is too common. Choose a different one.").WaitForAsync();

        await visitor.Field("Password").FillAsync(NewPassword);
        await visitor.Button("Accept invitation").ClickAsync();

        await visitor.ShouldShowAsync("Profile");
        await visitor.Text("Welcome! Your account is ready.").WaitForAsync();
        (await visitor.Field("Name (optional)").InputValueAsync()).ShouldBe("Grace");
        var other = await VisitAsync();
        await other.OpenLinkAsync(mail);
        await other.Field("Password").FillAsync(NewPassword);
        await other.Button("Accept invitation").ClickAsync();
        await ShouldAlertAsync(other, InvalidLink);
        await other.Link("Have another one sent to your address").ClickAsync();
        await other.ShouldShowAsync("Forgotten password");
    }

    [Fact]
    public async Task An_address_is_changed_with_a_recent_sign_in_and_the_code_and_restored_with_the_link()
    {
        var visitor = await StartAsync();
        var (email, newEmail) = (await visitor.SignUpAsync(), Account.NewEmail());
        Mail.Clock.Advance(TimeSpan.FromMinutes(11));
        await visitor.Link("Change address").ClickAsync();
        await visitor.ShouldShowAsync("Change your e-mail address");
        await visitor.Field("New e-mail address").FillAsync(newEmail);
        await visitor.Field("Password").FillAsync(Account.DefaultPassword);
        await visitor.Button("Send mail").ClickAsync();
        var dialog = visitor.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("Confirm that it's you").WaitForAsync();
        await visitor.Page.Keyboard.TypeAsync(Account.DefaultPassword);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Text($"A mail is on its way to {newEmail}").WaitForAsync();
        var mail = await Mail.ReceiveAsync(newEmail, "ChangeEmail");
        await visitor.Page.ReloadAsync();
        await visitor.Field("Code").FillAsync(mail.Code);
        await visitor.Button("Use new address").ClickAsync();

        await visitor.ShouldShowAsync("Profile");
        await visitor.Text("Your e-mail address has been changed.").WaitForAsync();
        await visitor.Text(newEmail).WaitForAsync();

        var other = await VisitAsync();
        await other.OpenLinkAsync(await Mail.ReceiveAsync(email, "EmailChanged"));
        await other.ShouldShowAsync("Restore your e-mail address");
        await other.Button("Restore this address").ClickAsync();
        await other.ShouldShowAsync("Sign in");
        await other.Text("Your earlier e-mail address has been restored").WaitForAsync();
        await visitor.Page.ReloadAsync();
        await visitor.ShouldShowAsync("Sign in");
        await other.OpenLinkAsync(await Mail.ReceiveAsync(email, "ResetPassword"));
        await other.ShouldShowAsync("Choose a new password");
    }

    [Fact]
    public async Task The_link_to_a_new_address_continues_after_a_sign_in_in_another_browser()
    {
        var visitor = await StartAsync();
        var (email, newEmail) = (await visitor.SignUpAsync(), Account.NewEmail());
        await visitor.Link("Change address").ClickAsync();
        await visitor.Field("New e-mail address").FillAsync(newEmail);
        await visitor.Field("Password").FillAsync(Account.DefaultPassword);
        await visitor.Button("Send mail").ClickAsync();
        await visitor.Field("Code").WaitForAsync();
        var mail = await Mail.ReceiveAsync(newEmail, "ChangeEmail");
        var other = await VisitAsync();

        await other.OpenLinkAsync(mail);
        await other.ShouldShowAsync("Sign in");
        await other.Text("Sign in with your current e-mail address.").WaitForAsync();
        await other.Page.ReloadAsync();
        await other.SignInAsync(email, Account.DefaultPassword);
        await other.ShouldShowAsync("Change your e-mail address");
        await other.Button("Use new address").ClickAsync();

        await other.ShouldShowAsync("Profile");
        await other.Text("Your e-mail address has been changed.").WaitForAsync();
        (await ReadStorageAsync(other)).ShouldNotContain(mail.Token);
        await other.Button("Sign out").ClickAsync();
        await other.SignInAsync(newEmail, Account.DefaultPassword);
        await other.ShouldShowAsync("Profile");
    }

    [Fact]
    public async Task It_works_in_German()
    {
        await StartAsync();
        var account = await Mail.RegisterConfirmedAsync();
        var german = await VisitAsync(new() { Locale = "de-DE" });
        await german.OpenAsync();
        await german.Link("Passwort vergessen?").ClickAsync();
        await german.ShouldShowAsync("Passwort vergessen");
        await german.Field("E-Mail-Adresse").FillAsync(account.Email);
        await german.Button("E-Mail schicken").ClickAsync();
        await german.ShouldShowAsync("Neues Passwort wählen");
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        mail.Text.ShouldContain("Passwort");
        await german.Field("Code").FillAsync(mail.WrongCode);
        await german.Field("Neues Passwort").FillAsync(NewPassword);
        await german.Button("Neues Passwort festlegen").ClickAsync();
        await ShouldAlertAsync(german, "Dieser Code ist nicht gültig.");
        await german.Field("Code").FillAsync(mail.Code);
        await german.Button("Neues Passwort festlegen").ClickAsync();

        await german.ShouldShowAsync("Anmelden");
        await german.Text("Ihr Passwort wurde geändert").WaitForAsync();
    }

    [Fact]
    public async Task Nobody_needs_a_mouse()
    {
        var visitor = await StartAsync();
        var account = await Mail.RegisterConfirmedAsync();
        await visitor.OpenAsync("/forgot-password");
        await visitor.Field("E-mail address").FocusAsync();
        await visitor.Page.Keyboard.TypeAsync(account.Email);
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.ShouldShowAsync("Choose a new password");
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.tagName")).ShouldBe("H1");
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");

        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync(mail.Code);
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync(NewPassword);
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.ShouldShowAsync("Sign in");
        (await visitor.Page.EvaluateAsync<string>("document.activeElement.innerText")).ShouldBe("Sign in");
    }

    [Fact]
    public async Task Without_mail_there_are_no_such_pages()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database, clock: null);
        await using var visitor = await Visitor.StartAsync(chromium, service.Client.BaseAddress!);

        await visitor.OpenAsync();
        (await visitor.Link("Forgot your password?").CountAsync()).ShouldBe(0);
        await visitor.OpenAsync("/forgot-password");
        await visitor.ShouldShowAsync("Page not found");
        await visitor.SignUpAsync();
        await visitor.Button("Save").WaitForAsync();
        (await visitor.Link("Change address").CountAsync()).ShouldBe(0);
        (await visitor.Field("Code").CountAsync()).ShouldBe(0);
    }

    private static async Task<string> RequestAccountAsync(Visitor visitor)
    {
        var email = Account.NewEmail();
        await visitor.OpenAsync("/sign-up");
        await visitor.Field("E-mail address").FillAsync(email);
        await visitor.Field("Password").FillAsync(Account.DefaultPassword);
        await visitor.Button("Create account").ClickAsync();
        await visitor.ShouldShowAsync("Confirm your e-mail address");
        return email;
    }

    private static async Task AskForResetAsync(Visitor visitor, string email)
    {
        await visitor.OpenAsync("/forgot-password");
        await visitor.Field("E-mail address").FillAsync(email);
        await visitor.Button("Send mail").ClickAsync();
        await visitor.Field("Code").WaitForAsync();
    }

    private static async Task SubmitAsync(Visitor visitor, string path, string button) =>
        await visitor.Page.RunAndWaitForResponseAsync(
            () => visitor.Button(button).ClickAsync(),
            response => response.Url.EndsWith(path, StringComparison.Ordinal)
        );

    private static Task ShouldAlertAsync(Visitor visitor, string text) =>
        visitor.Alert.Filter(new() { HasText = text }).WaitForAsync();

    private static Task<string> ReadStorageAsync(Visitor visitor) =>
        visitor.Page.EvaluateAsync<string>(
            "() => JSON.stringify({ ...sessionStorage, ...localStorage, history: history.state })"
        );

    /// <summary>Records the addresses and headers of all requests.</summary>
    private static List<string> Record(Visitor visitor)
    {
        var requests = new List<string>();
        visitor.Page.Request += (_, request) =>
            requests.Add($"{request.Url} {string.Join(' ', request.Headers.Values)}");
        return requests;
    }

    private async Task<Visitor> StartAsync(params (string, string?)[] settings)
    {
        _mail = MailService.Start(settings);
        return await VisitAsync();
    }

    private async Task<Visitor> VisitAsync(BrowserNewContextOptions? options = null)
    {
        var visitor = await Visitor.StartAsync(chromium, Mail.Client.BaseAddress!, options);
        _visitors.Add(visitor);
        return visitor;
    }
}
