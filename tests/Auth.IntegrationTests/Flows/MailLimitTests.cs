using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>How many mails go to one address.</summary>
public sealed class MailLimitTests
{
    [Fact]
    public async Task Three_mails_in_ten_minutes_go_out_and_the_last_one_stays_valid()
    {
        await using var mail = MailService.Start();
        var email = (await Account.RegisterAsync(mail.Client)).Email; // the first mail
        var flows = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            flows.Add(await mail.Client.ForgetPasswordAsync(email));
            await mail.ListMailsAsync(email);
        }

        var mails = await mail.ListMailsAsync(email);
        mails.Select(sent => sent.Template).ShouldBe(["VerifyEmail", "ResetPassword", "ResetPassword"]);
        await mail.Client.ResetByCodeAsync(flows[4], mails[^1].Code).ShouldBeDeadAsync();
        await mail.Client.ResetByCodeAsync(flows[1], mails[^1].Code).ShouldBeAsync(204);
    }

    [Fact]
    public async Task A_resend_beyond_the_limit_leaves_link_and_code_valid()
    {
        await using var mail = MailService.Start(("Registration:EmailConfirmation", "Required"));
        var email = Account.NewEmail();
        var flowToken = await mail.Client.RequestAccountAsync(email);
        for (var i = 0; i < 5; i++)
        {
            await mail.ListMailsAsync(email);
            await mail.Client.PostAsync("/api/auth/verify-email/resend", new { flowToken }).ShouldBeAsync(202);
        }

        var mails = await mail.ListMailsAsync(email);
        mails.Count.ShouldBe(3);
        await mail.Client.VerifyAsync(new { flowToken, code = mails[^1].Code }).ShouldBeAsync(201);
    }

    [Fact]
    public async Task Unknown_addresses_are_counted_alike_and_the_window_slides()
    {
        await using var mail = MailService.Start(("Registration:EmailConfirmation", "Required"));
        var email = Account.NewEmail();
        for (var i = 0; i < 4; i++)
        {
            await mail.Client.RequestAccountAsync(email);
        }

        (await mail.ListMailsAsync(email)).Count.ShouldBe(3);
        mail.Clock.Advance(TimeSpan.FromMinutes(11));
        await mail.Client.RequestAccountAsync(email);
        (await mail.ListMailsAsync(email)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task Twenty_mails_a_day_go_out()
    {
        await using var mail = MailService.Start();
        var email = (await Account.RegisterAsync(mail.Client)).Email;
        for (var i = 0; i < 25; i++)
        {
            mail.Clock.Advance(TimeSpan.FromMinutes(11));
            await mail.Client.ForgetPasswordAsync(email);
            await mail.ListMailsAsync(email);
        }

        (await mail.ListMailsAsync(email)).Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_known_device_has_a_quota_of_its_own()
    {
        await using var mail = MailService.Start();
        var account = await Account.RegisterAsync(mail.Client);
        using var login = await mail.Client.PostAsync(
            "/api/auth/login",
            new { email = account.Email, password = account.Password }
        );
        var cookie = string.Join("; ", login.Headers.GetValues("Set-Cookie").Select(value => value.Split(';')[0]));
        for (var i = 0; i < 4; i++)
        {
            await mail.Client.ForgetPasswordAsync(account.Email);
            await mail.ListMailsAsync(account.Email);
        }

        var before = (await mail.ListMailsAsync(account.Email)).Count;
        var flowToken = await mail.Client.ForgetPasswordAsync(account.Email, cookie);
        var mails = await mail.ListMailsAsync(account.Email);

        mails.Count.ShouldBe(before + 1);
        await mail.Client.ResetByCodeAsync(flowToken, mails[^1].Code).ShouldBeAsync(204);
    }

    [Fact]
    public async Task Mails_that_an_administrator_or_a_signed_in_user_asks_for_are_not_counted()
    {
        await using var mail = MailService.Start();
        var admin = await Account.LoginAsAdminAsync(mail.Client);
        var account = await Account.RegisterAsync(mail.Client);
        for (var i = 0; i < 5; i++)
        {
            await mail
                .Client.PostAsync("/api/auth/verify-email/resend", body: null, account.AccessToken)
                .ShouldBeAsync(202);
            await mail
                .Client.PostAsync($"/api/users/{account.Id}/send-password-reset", body: null, admin.AccessToken)
                .ShouldBeAsync(202);
            await mail.ListMailsAsync(account.Email);
        }

        (await mail.ListMailsAsync(account.Email)).Count.ShouldBe(11);
    }
}
