using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>Replacing a forgotten password.</summary>
public sealed class PasswordResetTests(MailFixture fixture) : IClassFixture<MailFixture>
{
    private MailService Mail => fixture.Mail;

    private HttpClient Client => fixture.Mail.Client;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reset_replaces_the_password_and_ends_all_sessions(bool byCode)
    {
        var account = await Mail.RegisterConfirmedAsync();
        var other = await account.LoginAgainAsync(Client);
        var flowToken = await Client.ForgetPasswordAsync(account.Email.ToUpperInvariant());
        var mail = await Mail.ReceiveAsync(account.Email.ToUpperInvariant(), "ResetPassword");

        await (
            byCode ? Client.ResetByCodeAsync(flowToken, mail.Code) : Client.ResetByLinkAsync(mail.Token)
        ).ShouldBeAsync(204);

        await account.ShouldHaveEndedAsync(Client, "password_changed");
        await other.ShouldHaveEndedAsync(Client, "password_changed");
        await Client.GetAsync("/api/auth/me", account.AccessToken).ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        (await Client.CanSignInAsync(account.Email, account.Password)).ShouldBeFalse();
        (await Client.CanSignInAsync(account.Email, FlowRequests.NewPassword)).ShouldBeTrue();
        (await Mail.ListMailsAsync(account.Email)).ShouldContain(notice => notice.Template == "PasswordChanged");
        await Client.ResetByLinkAsync(mail.Token).ShouldBeDeadAsync();
        await Client.ResetByCodeAsync(flowToken, mail.Code).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task Known_and_unknown_addresses_have_the_same_answer()
    {
        var account = await Account.RegisterAsync(Client);
        var unknown = Account.NewEmail();

        var known = await Client.ForgetPasswordAsync(account.Email);
        var other = await Client.ForgetPasswordAsync(unknown);

        known.Length.ShouldBe(other.Length);
        (await Mail.ListMailsAsync(unknown)).ShouldBeEmpty();

        // Nor does the time reveal it: a wrong code is counted although there is no mail.
        var counted = CountWrongCodes();
        await Client.ResetByCodeAsync(other, "123456").ShouldBeDeadAsync();
        CountWrongCodes().ShouldBe(counted + 1);

        long CountWrongCodes() => Mail.Database.Count("MailFlows", "\"Generation\" = 0 AND \"WrongCodes\" > 0");
    }

    [Fact]
    public async Task A_rejected_new_password_does_not_use_up_link_or_code()
    {
        var account = await Account.RegisterAsync(Client);
        var flowToken = await Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        for (var i = 0; i < 6; i++)
        {
            await Client.ResetByCodeAsync(flowToken, mail.Code, "password123").ShouldBeInvalidAsync("newPassword");
            await Client.ResetByLinkAsync(mail.Token, "short").ShouldBeInvalidAsync("newPassword");
        }

        await Client.ResetByCodeAsync(flowToken, mail.Code).ShouldBeAsync(204);
    }

    [Fact]
    public async Task Five_wrong_codes_invalidate_the_code_and_not_the_link()
    {
        var account = await Account.RegisterAsync(Client);
        var flowToken = await Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        for (var i = 0; i < 5; i++)
        {
            await Client.ResetByCodeAsync(flowToken, mail.WrongCode).ShouldBeDeadAsync();
        }

        await Client.ResetByCodeAsync(flowToken, mail.Code).ShouldBeDeadAsync();
        await Client.ResetByLinkAsync(mail.Token).ShouldBeAsync(204);
    }

    [Fact]
    public async Task Four_wrong_codes_leave_the_right_one_valid()
    {
        var account = await Account.RegisterAsync(Client);
        var flowToken = await Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        for (var i = 0; i < 4; i++)
        {
            await Client.ResetByCodeAsync(flowToken, mail.WrongCode).ShouldBeDeadAsync();
        }

        await Client.ResetByCodeAsync(flowToken, mail.Code).ShouldBeAsync(204);
    }

    [Fact]
    public async Task Each_request_is_a_flow_of_its_own()
    {
        var account = await Account.RegisterAsync(Client);
        var own = await Client.ForgetPasswordAsync(account.Email);
        var ownMail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        var stranger = await Client.ForgetPasswordAsync(account.Email);
        var strangersMail = await Mail.ReceiveAsync(account.Email, "ResetPassword");

        await Client.ResetByCodeAsync(stranger, ownMail.Code).ShouldBeDeadAsync();
        await Client.ResetByCodeAsync(own, ownMail.Code).ShouldBeAsync(204);
        await Client.ResetByLinkAsync(strangersMail.Token).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task A_changed_password_invalidates_open_flows()
    {
        var account = await Mail.RegisterConfirmedAsync();
        var flowToken = await Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        await Client
            .PostAsync(
                "/api/auth/change-password",
                new { currentPassword = account.Password, newPassword = "another-otter-lullaby-77" },
                account.AccessToken
            )
            .ShouldBeAsync(204);

        await Client.ResetByCodeAsync(flowToken, mail.Code).ShouldBeDeadAsync();
        await Client.ResetByLinkAsync(mail.Token).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task A_change_of_roles_does_not()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var account = await Account.RegisterAsync(Client);
        await Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        await Client.GiveRolesAsync(admin, account, "editor");

        await Client.ResetByLinkAsync(mail.Token).ShouldBeAsync(204);
    }

    [Fact]
    public async Task A_disabled_account_gets_no_mail_and_its_links_are_invalid()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var account = await Account.RegisterAsync(Client);
        await Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        await Client.PostAsync($"/api/users/{account.Id}/disable", body: null, admin.AccessToken).ShouldBeAsync(200);
        await Client.ForgetPasswordAsync(account.Email);

        await Mail.ReceiveAsync(account.Email, "ResetPassword");
        (await Mail.ListMailsAsync(account.Email)).Count(other => other.Template == "ResetPassword").ShouldBe(1);
        await Client.ResetByLinkAsync(mail.Token).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task A_reset_confirms_the_address_and_unlocks_the_account()
    {
        var account = await Account.RegisterAsync(Client);
        for (var i = 0; i < 11; i++)
        {
            (await Client.CanSignInAsync(account.Email, "not-the-password")).ShouldBeFalse();
        }

        (await Client.CanSignInAsync(account.Email, account.Password)).ShouldBeFalse();
        await Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        (await Mail.ListMailsAsync(account.Email)).Count(notice => notice.Template == "AccountLocked").ShouldBe(1);
        await Client.ResetByLinkAsync(mail.Token).ShouldBeAsync(204);

        var again = await Account.LoginAsync(Client, account.Email, FlowRequests.NewPassword);
        again.SignIn["user"]!["emailConfirmed"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task Known_devices_are_forgotten()
    {
        var account = await Account.RegisterAsync(Client);
        var known = await Client
            .PostAsync(
                "/api/auth/login",
                new
                {
                    email = account.Email,
                    password = account.Password,
                    refreshTokenIn = "body",
                    deviceToken = "",
                }
            )
            .ShouldBeAsync(200);
        await Client.ForgetPasswordAsync(account.Email);
        await Client
            .ResetByLinkAsync((await Mail.ReceiveAsync(account.Email, "ResetPassword")).Token)
            .ShouldBeAsync(204);

        await Client
            .PostAsync(
                "/api/auth/login",
                new
                {
                    email = account.Email,
                    password = FlowRequests.NewPassword,
                    deviceToken = known.Text("deviceToken"),
                }
            )
            .ShouldBeAsync(200);
        await Mail.ReceiveAsync(account.Email, "NewDevice");
    }

    [Fact]
    public async Task Tokens_and_codes_expire()
    {
        await using var mail = MailService.Start();
        var account = await Account.RegisterAsync(mail.Client);
        var flowToken = await mail.Client.ForgetPasswordAsync(account.Email);
        var received = await mail.ReceiveAsync(account.Email, "ResetPassword");

        mail.Clock.Advance(TimeSpan.FromMinutes(11));
        await mail.Client.ResetByCodeAsync(flowToken, received.Code).ShouldBeDeadAsync();
        mail.Clock.Advance(TimeSpan.FromMinutes(20));
        await mail.Client.ResetByLinkAsync(received.Token).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task Bodies_without_a_proof_are_invalid()
    {
        await Client.PostAsync("/api/auth/forgot-password", new { email = "nobody" }).ShouldBeInvalidAsync("email");
        await Client
            .PostAsync("/api/auth/reset-password", new { newPassword = FlowRequests.NewPassword })
            .ShouldBeInvalidAsync("token");
        await Client
            .PostAsync("/api/auth/reset-password", new { code = "123456", newPassword = FlowRequests.NewPassword })
            .ShouldBeInvalidAsync("flowToken");
        await Client.PostAsync("/api/auth/reset-password", new { token = "x" }).ShouldBeInvalidAsync("newPassword");
        await Client.ResetByLinkAsync("x").ShouldBeDeadAsync();
        await Client.ResetByCodeAsync("x", "123456").ShouldBeDeadAsync();
    }

    [Fact]
    public async Task Requests_and_resets_are_recorded()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var account = await Account.RegisterAsync(Client);
        await Client.ForgetPasswordAsync(account.Email);
        await Client
            .ResetByLinkAsync((await Mail.ReceiveAsync(account.Email, "ResetPassword")).Token)
            .ShouldBeAsync(204);

        var events = await Client.GetAsync($"/api/audit?userId={account.Id}", admin.AccessToken).ShouldBeAsync(200);
        events["items"]!
            .AsArray()
            .Select(item => item!.Text("type"))
            .Take(2)
            .ShouldBe(["password.reset", "password.reset_requested"]);
    }
}
