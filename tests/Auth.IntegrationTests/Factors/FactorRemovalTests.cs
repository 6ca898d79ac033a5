using Auth.IntegrationTests.Flows;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Factors;

/// <summary>What removes factors, what leaves them in place, and what their owner is told.</summary>
public sealed class FactorRemovalTests(MailFixture fixture) : IClassFixture<MailFixture>
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(30);

    private MailService Mail => fixture.Mail;

    private HttpClient Client => fixture.Mail.Client;

    private DateTimeOffset Now => Mail.Clock.GetUtcNow();

    [Fact]
    public async Task An_administrator_removes_all_factors()
    {
        var enrolled = await Client.EnrolAppAsync(await Mail.RegisterConfirmedAsync(), Mail.Clock);
        var challenge = await Client.BeginLoginAsync(enrolled.Account);
        var admin = await Account.LoginAsAdminAsync(Client);

        await Client
            .SendAsync("DELETE", $"/api/users/{enrolled.Account.Id}/factors", bearer: admin.AccessToken)
            .ShouldBeAsync(204);

        Mail.Clock.Advance(s_step);
        await Client
            .CompleteLoginAsync(challenge, enrolled.App.CodeAt(Now))
            .ShouldBeProblemAsync(400, "INVALID_OR_EXPIRED_TOKEN");
        await Client.LoginSucceedsAsync(enrolled.Account);
        (await TemplatesToAsync(enrolled.Account)).ShouldContain("FactorRemoved");
        var events = await Client
            .GetAsync($"/api/audit?userId={enrolled.Account.Id}&type=factor.removed", admin.AccessToken)
            .ShouldBeAsync(200);
        events["items"]!.AsArray().Single()!.Text("actorId").ShouldBe(admin.Id.ToString());
    }

    [Fact]
    public async Task A_reset_by_mail_leaves_the_factor_in_place()
    {
        var enrolled = await Client.EnrolAppAsync(await Mail.RegisterConfirmedAsync(), Mail.Clock);

        await ResetAsync(enrolled.Account);

        Mail.Clock.Advance(s_step);
        var account = enrolled.Account with { Password = FlowRequests.NewPassword };
        var challenge = await Client.BeginLoginAsync(account);
        await Client.CompleteLoginAsync(challenge, enrolled.App.CodeAt(Now)).ShouldBeAsync(200);
    }

    // Otherwise, the owner of a mailbox could not use an account that a stranger had made with its address.
    [Fact]
    public async Task A_reset_removes_what_was_added_before_the_address_was_ever_confirmed()
    {
        var enrolled = await Client.EnrolAppAsync(await Account.RegisterAsync(Client), Mail.Clock);
        var (_, account) = await Client.AddPasskeyAsync(enrolled.Account);

        await ResetAsync(account);

        var owner = await Client.LoginSucceedsAsync(account with { Password = FlowRequests.NewPassword });
        var list = await Client.GetAsync("/api/auth/factors", owner.AccessToken).ShouldBeAsync(200);
        list["factors"]!.AsArray().ShouldBeEmpty();
        list["recoveryCodesLeft"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task An_open_reset_is_dead_once_a_factor_is_added()
    {
        var account = await Mail.RegisterConfirmedAsync();
        await Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");

        await Client.EnrolAppAsync(account, Mail.Clock);

        await Client.ResetByLinkAsync(mail.Token).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task The_owner_is_told_of_every_change_and_of_failures_after_the_right_password()
    {
        var enrolled = await Client.EnrolAppAsync(await Mail.RegisterConfirmedAsync(), Mail.Clock);
        var account = enrolled.Account;
        Mail.Clock.Advance(s_step);

        var challenge = await Client.BeginLoginAsync(account);
        await Client
            .CompleteLoginAsync(challenge, enrolled.App.WrongCodeAt(Now))
            .ShouldBeProblemAsync(401, "INVALID_CODE");
        await Client
            .PostAsync("/api/auth/login/second-factor", new { challenge, recoveryCode = enrolled.RecoveryCodes[0] })
            .ShouldBeAsync(200);
        await Client.PostAsync("/api/auth/factors/recovery-codes", body: null, account.AccessToken).ShouldBeAsync(200);
        await Client
            .SendAsync("DELETE", $"/api/auth/factors/{enrolled.Id}", bearer: account.AccessToken)
            .ShouldBeAsync(204);

        (await TemplatesToAsync(account))
            .Where(template => template != "NewDevice")
            .ShouldBe([
                "VerifyEmail",
                "FactorAdded",
                "SecondFactorFailed",
                "RecoveryCodeUsed",
                "RecoveryCodesMade",
                "FactorRemoved",
            ]);
    }

    private async Task ResetAsync(Account account)
    {
        await Client.ForgetPasswordAsync(account.Email);
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        await Client.ResetByLinkAsync(mail.Token).ShouldBeAsync(204);
    }

    private async Task<IReadOnlyList<string>> TemplatesToAsync(Account account) =>
        [.. (await Mail.ListMailsAsync(account.Email)).Select(mail => mail.Template)];
}
