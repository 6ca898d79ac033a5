using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>Confirming the address of an account that exists.</summary>
public sealed class EmailVerificationTests(MailFixture fixture) : IClassFixture<MailFixture>
{
    private MailService Mail => fixture.Mail;

    private HttpClient Client => fixture.Mail.Client;

    [Theory]
    [InlineData("code")]
    [InlineData("link")]
    [InlineData("flow token and code")]
    [InlineData("link and password")]
    public async Task The_mail_confirms_the_address_together_with_a_second_proof(string proofs)
    {
        var account = await Account.RegisterAsync(Client);
        account.SignIn["user"]!["emailConfirmed"]!.GetValue<bool>().ShouldBeFalse();
        var flowToken = (
            await Client.PostAsync("/api/auth/verify-email/resend", body: null, account.AccessToken).ShouldBeAsync(202)
        ).Text("flowToken");
        var mail = await Mail.ReceiveAsync(account.Email, "VerifyEmail");

        await (
            proofs switch
            {
                "code" => Client.VerifyAsync(new { code = mail.Code }, account.AccessToken),
                "link" => Client.VerifyAsync(new { token = mail.Token }, account.AccessToken),
                "link and password" => Client.VerifyAsync(new { token = mail.Token, password = account.Password }),
                _ => Client.VerifyAsync(new { flowToken, code = mail.Code }, account.AccessToken),
            }
        ).ShouldBeAsync(204);

        (await Client.ReadMeAsync(account))["emailConfirmed"]!.GetValue<bool>().ShouldBeTrue();
        await Client.VerifyAsync(new { code = mail.Code }, account.AccessToken).ShouldBeDeadAsync();
        await account.RefreshAsync(Client);
    }

    [Fact]
    public async Task Nobody_else_can_use_link_or_code()
    {
        var (account, stranger) = (await Account.RegisterAsync(Client), await Account.RegisterAsync(Client));
        var flowToken = (
            await Client.PostAsync("/api/auth/verify-email/resend", body: null, account.AccessToken).ShouldBeAsync(202)
        ).Text("flowToken");
        var mail = await Mail.ReceiveAsync(account.Email, "VerifyEmail");

        await Client.VerifyAsync(new { token = mail.Token }).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { token = mail.Token }, stranger.AccessToken).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { token = mail.Token, flowToken }).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { flowToken, code = mail.Code }).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { flowToken, code = mail.Code }, stranger.AccessToken).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { code = mail.Code }).ShouldBeDeadAsync();
        await Client
            .VerifyAsync(new { token = mail.Token, password = "not-the-password" })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");

        // None of that has counted as a wrong code.
        await Client.VerifyAsync(new { flowToken, code = mail.Code }, account.AccessToken).ShouldBeAsync(204);
    }

    [Fact]
    public async Task Links_and_codes_of_other_purposes_are_invalid()
    {
        var account = await Account.RegisterAsync(Client);
        var verification = await Mail.ReceiveAsync(account.Email, "VerifyEmail");
        var resetFlow = await Client.ForgetPasswordAsync(account.Email);
        var reset = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        var changeFlow = await Client.ChangeEmailAsync(account, Account.NewEmail());

        await Client.ResetByLinkAsync(verification.Token).ShouldBeDeadAsync();
        await Client.ResetByCodeAsync(changeFlow, reset.Code).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { token = reset.Token }, account.AccessToken).ShouldBeDeadAsync();
        await Client
            .VerifyAsync(new { flowToken = resetFlow, code = reset.Code }, account.AccessToken)
            .ShouldBeDeadAsync();
        await Client.PostAsync("/api/auth/change-email/undo", new { token = reset.Token }).ShouldBeDeadAsync();
        await Client
            .PostAsync("/api/auth/change-email/confirm", new { token = verification.Token }, account.AccessToken)
            .ShouldBeDeadAsync();
        await Client
            .PostAsync("/api/auth/accept-invitation", new { token = reset.Token, password = FlowRequests.NewPassword })
            .ShouldBeDeadAsync();

        await Client.ResetByCodeAsync(resetFlow, reset.Code).ShouldBeAsync(204);
    }

    [Fact]
    public async Task A_resend_invalidates_the_earlier_mail_and_a_confirmed_address_gets_none()
    {
        var account = await Account.RegisterAsync(Client);
        var first = await Mail.ReceiveAsync(account.Email, "VerifyEmail");
        await Client.PostAsync("/api/auth/verify-email/resend", body: null, account.AccessToken).ShouldBeAsync(202);
        var second = await Mail.ReceiveAsync(account.Email, "VerifyEmail");

        await Client.VerifyAsync(new { token = first.Token }, account.AccessToken).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { token = second.Token }, account.AccessToken).ShouldBeAsync(204);
        await Client.PostAsync("/api/auth/verify-email/resend", body: null, account.AccessToken).ShouldBeAsync(202);
        (await Mail.ListMailsAsync(account.Email)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Reading_a_link_changes_nothing_and_two_posts_are_one()
    {
        var account = await Account.RegisterAsync(Client);
        var mail = await Mail.ReceiveAsync(account.Email, "VerifyEmail");
        foreach (var method in new[] { "HEAD", "GET", "OPTIONS" })
        {
            foreach (var route in new[] { "verify-email", "reset-password", "accept-invitation", "change-email/undo" })
            {
                using var response = await Client.SendAsync(method, $"/api/auth/{route}?token={mail.Token}");
                response.IsSuccessStatusCode.ShouldBeFalse();
            }
        }

        await Client.VerifyAsync(new { token = mail.Token }, account.AccessToken).ShouldBeAsync(204);
        await Client.VerifyAsync(new { token = mail.Token }, account.AccessToken).ShouldBeDeadAsync();
    }
}
