using Auth.IntegrationTests.Factors;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>Changing the address of an account, and undoing it.</summary>
public sealed class EmailChangeTests(MailFixture fixture) : IClassFixture<MailFixture>
{
    private MailService Mail => fixture.Mail;

    private HttpClient Client => fixture.Mail.Client;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_confirmed_address_replaces_the_old_one_and_sessions_continue(bool byCode)
    {
        var account = await Mail.RegisterConfirmedAsync();
        var newEmail = Account.NewEmail();
        var flowToken = await Client.ChangeEmailAsync(account, newEmail);
        (await Client.ReadMeAsync(account)).Text("email").ShouldBe(account.Email);
        var mail = await Mail.ReceiveAsync(newEmail, "ChangeEmail");

        object proof = byCode ? new { flowToken, code = mail.Code } : new { token = mail.Token };
        await Client.PostAsync("/api/auth/change-email/confirm", proof, account.AccessToken).ShouldBeAsync(204);

        var problem = await Client
            .GetAsync("/api/auth/me", account.AccessToken)
            .ShouldBeProblemAsync(401, "TOKEN_REVOKED");
        problem.Text("reason").ShouldBe("email_changed");
        var refreshed = await account.RefreshAsync(Client);
        refreshed.SignIn["user"]!.Text("email").ShouldBe(newEmail);
        refreshed.SignIn["user"]!["emailConfirmed"]!.GetValue<bool>().ShouldBeTrue();
        (await Client.CanSignInAsync(account.Email, account.Password)).ShouldBeFalse();
        (await Client.CanSignInAsync(newEmail, account.Password)).ShouldBeTrue();
        await Mail.ReceiveAsync(account.Email, "EmailChanged");
        (await Mail.ListMailsAsync(newEmail)).ShouldContain(notice => notice.Template == "NewEmail");
        await Client.PostAsync("/api/auth/change-email/confirm", proof, refreshed.AccessToken).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task A_taken_address_looks_the_same_and_gets_no_mail()
    {
        var (account, other) = (await Mail.RegisterConfirmedAsync(), await Mail.RegisterConfirmedAsync());
        var before = (await Mail.ListMailsAsync(other.Email)).Count;

        var taken = await Client.ChangeEmailAsync(account, other.Email);
        var own = await Client.ChangeEmailAsync(account, account.Email);
        var free = await Client.ChangeEmailAsync(account, Account.NewEmail());

        taken.Length.ShouldBe(free.Length);
        own.Length.ShouldBe(free.Length);
        (await Mail.ListMailsAsync(other.Email)).Count.ShouldBe(before);
    }

    [Fact]
    public async Task An_address_that_was_taken_in_the_meantime_is_not_assigned()
    {
        var account = await Mail.RegisterConfirmedAsync();
        var newEmail = Account.NewEmail();
        await Client.ChangeEmailAsync(account, newEmail);
        var mail = await Mail.ReceiveAsync(newEmail, "ChangeEmail");
        await Account.RegisterAsync(Client, newEmail);

        await Client
            .PostAsync("/api/auth/change-email/confirm", new { token = mail.Token }, account.AccessToken)
            .ShouldBeDeadAsync();
        (await Client.ReadMeAsync(account)).Text("email").ShouldBe(account.Email);
    }

    [Fact]
    public async Task It_takes_the_password_and_the_same_user()
    {
        var (account, stranger) = (await Mail.RegisterConfirmedAsync(), await Account.RegisterAsync(Client));
        var newEmail = Account.NewEmail();
        await Client
            .PostAsync("/api/auth/change-email", new { newEmail, password = "wrong" }, account.AccessToken)
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await Client
            .PostAsync("/api/auth/change-email", new { newEmail }, account.AccessToken)
            .ShouldBeInvalidAsync("password");
        await Client
            .PostAsync("/api/auth/change-email", new { password = account.Password }, account.AccessToken)
            .ShouldBeInvalidAsync("newEmail");
        var flowToken = await Client.ChangeEmailAsync(account, newEmail);
        var mail = await Mail.ReceiveAsync(newEmail, "ChangeEmail");

        await Client
            .PostAsync("/api/auth/change-email/confirm", new { flowToken, code = mail.Code }, stranger.AccessToken)
            .ShouldBeDeadAsync();
        await Client
            .PostAsync("/api/auth/change-email/confirm", new { token = mail.Token })
            .ShouldBeProblemAsync(401, "MISSING_TOKEN");
    }

    [Fact]
    public async Task Users_without_a_password_do_not_need_one()
    {
        var account = await Mail.RegisterConfirmedAsync();
        Mail.Database.Execute($"UPDATE \"Users\" SET \"PasswordHash\" = '' WHERE \"Email\" = '{account.Email}'")
            .ShouldBe(1);
        var newEmail = Account.NewEmail();

        await Client.PostAsync("/api/auth/change-email", new { newEmail }, account.AccessToken).ShouldBeAsync(202);

        var mail = await Mail.ReceiveAsync(newEmail, "ChangeEmail");
        await Client
            .PostAsync("/api/auth/change-email/confirm", new { token = mail.Token }, account.AccessToken)
            .ShouldBeAsync(204);
    }

    [Fact]
    public async Task Undoing_restores_the_address_ends_all_sessions_and_sends_a_reset()
    {
        var account = await Mail.RegisterConfirmedAsync();
        var newEmail = Account.NewEmail();
        var refreshed = await ChangeAsync(account, newEmail);
        var undo = await Mail.ReceiveAsync(account.Email, "EmailChanged");

        await Client.PostAsync("/api/auth/change-email/undo", new { token = undo.Token }).ShouldBeAsync(204);

        await refreshed.ShouldHaveEndedAsync(Client, "email_change_undone");
        (await Client.CanSignInAsync(newEmail, account.Password)).ShouldBeFalse();
        (await Client.CanSignInAsync(account.Email, account.Password)).ShouldBeTrue();
        var mails = await Mail.ListMailsAsync(account.Email);
        var reset = mails.Last(mail => mail.Template == "ResetPassword");
        await Client.ResetByLinkAsync(reset.Token).ShouldBeAsync(204);
        (await Client.CanSignInAsync(account.Email, FlowRequests.NewPassword)).ShouldBeTrue();
        await Client.PostAsync("/api/auth/change-email/undo", new { token = undo.Token }).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task Undoing_removes_the_factors_that_were_added_since()
    {
        var account = await Mail.RegisterConfirmedAsync();
        var refreshed = await ChangeAsync(account, Account.NewEmail());
        var undo = await Mail.ReceiveAsync(account.Email, "EmailChanged");
        await Client.EnrolAppAsync(refreshed, Mail.Clock);

        await Client.PostAsync("/api/auth/change-email/undo", new { token = undo.Token }).ShouldBeAsync(204);

        (await Client.CanSignInAsync(account.Email, account.Password)).ShouldBeTrue();
    }

    [Fact]
    public async Task Undoing_keeps_the_factors_from_before()
    {
        var account = await Mail.RegisterConfirmedAsync();
        account = (await Client.EnrolAppAsync(account, Mail.Clock)).Account;
        await ChangeAsync(account, Account.NewEmail());
        var undo = await Mail.ReceiveAsync(account.Email, "EmailChanged");

        await Client.PostAsync("/api/auth/change-email/undo", new { token = undo.Token }).ShouldBeAsync(204);

        await Client
            .PostAsync("/api/auth/login", new { email = account.Email, password = account.Password })
            .ShouldBeProblemAsync(401, "SECOND_FACTOR_REQUIRED");
    }

    [Fact]
    public async Task An_undo_outlives_later_changes_and_invalidates_later_undos()
    {
        var first = await Mail.RegisterConfirmedAsync();
        var second = (await ChangeAsync(first, Account.NewEmail())) with { Password = first.Password };
        var firstUndo = await Mail.ReceiveAsync(first.Email, "EmailChanged");
        var secondEmail = second.SignIn["user"]!.Text("email");
        var third = await ChangeAsync(second, Account.NewEmail());
        var secondUndo = await Mail.ReceiveAsync(secondEmail, "EmailChanged");
        await Client
            .PostAsync(
                "/api/auth/change-password",
                new { currentPassword = first.Password, newPassword = FlowRequests.NewPassword },
                third.AccessToken
            )
            .ShouldBeAsync(204);

        await Client.PostAsync("/api/auth/change-email/undo", new { token = firstUndo.Token }).ShouldBeAsync(204);

        (await Client.CanSignInAsync(first.Email, FlowRequests.NewPassword)).ShouldBeTrue();
        await Client.PostAsync("/api/auth/change-email/undo", new { token = secondUndo.Token }).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task Undos_in_reverse_order_restore_each_address()
    {
        var first = await Mail.RegisterConfirmedAsync();
        var second = await ChangeAsync(first, Account.NewEmail());
        var secondEmail = second.SignIn["user"]!.Text("email");
        var firstUndo = await Mail.ReceiveAsync(first.Email, "EmailChanged");
        await ChangeAsync(second, Account.NewEmail());
        var secondUndo = await Mail.ReceiveAsync(secondEmail, "EmailChanged");

        await Client.PostAsync("/api/auth/change-email/undo", new { token = secondUndo.Token }).ShouldBeAsync(204);
        (await Client.CanSignInAsync(secondEmail, first.Password)).ShouldBeTrue();
        await Client.PostAsync("/api/auth/change-email/undo", new { token = firstUndo.Token }).ShouldBeAsync(204);
        (await Client.CanSignInAsync(first.Email, first.Password)).ShouldBeTrue();
    }

    [Fact]
    public async Task An_address_that_an_undo_link_holds_counts_as_taken_for_seven_days()
    {
        await using var mail = MailService.Start();
        var account = await mail.RegisterConfirmedAsync();
        var newEmail = Account.NewEmail();
        await mail.Client.ChangeEmailAsync(account, newEmail);
        var received = await mail.ReceiveAsync(newEmail, "ChangeEmail");
        await mail
            .Client.PostAsync("/api/auth/change-email/confirm", new { token = received.Token }, account.AccessToken)
            .ShouldBeAsync(204);
        var undo = await mail.ReceiveAsync(account.Email, "EmailChanged");

        var registration = new { email = account.Email, password = Account.DefaultPassword };
        await mail
            .Client.PostAsync("/api/auth/register", registration)
            .ShouldBeProblemAsync(409, "EMAIL_ALREADY_REGISTERED");
        var other = await Account.RegisterAsync(mail.Client);
        await mail.Client.ChangeEmailAsync(other, account.Email);
        (await mail.ListMailsAsync(account.Email)).ShouldNotContain(sent => sent.Template == "ChangeEmail");

        mail.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        await mail.Client.PostAsync("/api/auth/change-email/undo", new { token = undo.Token }).ShouldBeDeadAsync();
        await mail.Client.PostAsync("/api/auth/register", registration).ShouldBeAsync(201);
    }

    [Fact]
    public async Task An_undo_does_not_confirm_an_address_that_was_not()
    {
        // Somebody has registered the address of a victim, who is then sent an undo link.
        var attacker = await Account.RegisterAsync(Client);
        await ChangeAsync(attacker, Account.NewEmail());
        var undo = await Mail.ReceiveAsync(attacker.Email, "EmailChanged");

        await Client.PostAsync("/api/auth/change-email/undo", new { token = undo.Token }).ShouldBeAsync(204);

        var again = await Account.LoginAsync(Client, attacker.Email, attacker.Password);
        again.SignIn["user"]!["emailConfirmed"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Changes_are_recorded()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var account = await Mail.RegisterConfirmedAsync();
        await ChangeAsync(account, Account.NewEmail());
        var undo = await Mail.ReceiveAsync(account.Email, "EmailChanged");
        await Client.PostAsync("/api/auth/change-email/undo", new { token = undo.Token }).ShouldBeAsync(204);

        var events = await Client.GetAsync($"/api/audit?userId={account.Id}", admin.AccessToken).ShouldBeAsync(200);
        events["items"]!
            .AsArray()
            .Select(item => item!.Text("type"))
            .ShouldBe([
                "email.change_undone",
                "email.changed",
                "email.change_requested",
                "email.verified",
                "user.registered",
            ]);
    }

    /// <summary>The same account with another address.</summary>
    private async Task<Account> ChangeAsync(Account account, string newEmail)
    {
        await Client.ChangeEmailAsync(account, newEmail);
        var mail = await Mail.ReceiveAsync(newEmail, "ChangeEmail");
        await Client
            .PostAsync("/api/auth/change-email/confirm", new { token = mail.Token }, account.AccessToken)
            .ShouldBeAsync(204);
        return await account.RefreshAsync(Client);
    }
}
