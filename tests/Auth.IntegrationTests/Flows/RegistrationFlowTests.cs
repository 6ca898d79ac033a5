using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>Registration where the address has to be confirmed first.</summary>
public sealed class RegistrationFlowTests(RegistrationFlowTests.Fixture fixture)
    : IClassFixture<RegistrationFlowTests.Fixture>
{
    private HttpClient Client => fixture.Mail.Client;

    [Fact]
    public async Task The_code_of_the_mail_creates_the_account_and_signs_the_user_in()
    {
        var email = Account.NewEmail();
        var flowToken = await Client.RequestAccountAsync(email);
        (await Client.CanSignInAsync(email, Account.DefaultPassword)).ShouldBeFalse();
        var mail = await fixture.Mail.ReceiveAsync(email, "VerifyEmail");

        using var response = await Client.VerifyAsync(
            new
            {
                flowToken,
                code = mail.Code,
                deviceToken = "",
            }
        );

        var signIn = await response.ShouldBeAsync(201);
        response.Headers.Location!.ToString().ShouldBe("/api/users/me");
        signIn["user"]!.Text("email").ShouldBe(email);
        signIn["user"]!["emailConfirmed"]!.GetValue<bool>().ShouldBeTrue();
        signIn.Text("deviceToken").ShouldNotBeEmpty();
        var account = new Account(email, Account.DefaultPassword, signIn);
        var me = await Client.ReadMeAsync(account);
        me["hasPassword"]!.GetValue<bool>().ShouldBeTrue();
        (await Client.CanSignInAsync(email, Account.DefaultPassword)).ShouldBeTrue();
    }

    [Fact]
    public async Task The_link_creates_the_account_together_with_the_flow_token_or_the_password()
    {
        var (one, other) = (Account.NewEmail(), Account.NewEmail());
        var flowToken = await Client.RequestAccountAsync(one);
        await Client.RequestAccountAsync(other);

        var (first, second) = (
            await fixture.Mail.ReceiveAsync(one, "VerifyEmail"),
            await fixture.Mail.ReceiveAsync(other, "VerifyEmail")
        );
        await Client.VerifyAsync(new { token = first.Token, flowToken }).ShouldBeAsync(201);
        await Client.VerifyAsync(new { token = second.Token, password = Account.DefaultPassword }).ShouldBeAsync(201);
    }

    [Fact]
    public async Task A_taken_address_has_the_same_answer_and_gets_a_mail_without_link_or_code()
    {
        var (taken, free) = (Account.NewEmail(), Account.NewEmail());
        var flowToken = await Client.RequestAccountAsync(taken);
        var mail = await fixture.Mail.ReceiveAsync(taken, "VerifyEmail");
        await Client.VerifyAsync(new { flowToken, code = mail.Code }).ShouldBeAsync(201);

        var again = await Client.RequestAccountAsync(taken.ToUpperInvariant());
        var fresh = await Client.RequestAccountAsync(free);

        again.Length.ShouldBe(fresh.Length);
        (await fixture.Mail.ListMailsAsync(taken.ToUpperInvariant()))
            .ShouldHaveSingleItem()
            .Template.ShouldBe("AlreadyRegistered");
        await Client.VerifyAsync(new { flowToken = again, code = mail.Code }).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task Of_several_registrations_of_one_address_the_proven_one_becomes_the_user()
    {
        var email = Account.NewEmail();
        var first = await Client.RequestAccountAsync(email, "first-granite-otter-lullaby");
        var firstMail = await fixture.Mail.ReceiveAsync(email, "VerifyEmail");
        var second = await Client.RequestAccountAsync(email, "second-granite-otter-lullaby");
        var secondMail = await fixture.Mail.ReceiveAsync(email, "VerifyEmail");

        await Client.VerifyAsync(new { flowToken = second, code = secondMail.Code }).ShouldBeAsync(201);

        await Client.VerifyAsync(new { flowToken = first, code = firstMail.Code }).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { token = firstMail.Token, flowToken = first }).ShouldBeDeadAsync();
        (await Client.CanSignInAsync(email, "first-granite-otter-lullaby")).ShouldBeFalse();
        (await Client.CanSignInAsync(email, "second-granite-otter-lullaby")).ShouldBeTrue();
        fixture
            .Mail.Database.Count("PendingRegistrations", "1 = 1")
            .ShouldBe(
                fixture.Mail.Database.Count("MailFlows", "\"Purpose\" = 'Registration' AND \"ConsumedAt\" IS NULL")
            );
    }

    [Fact]
    public async Task A_resend_makes_earlier_link_and_code_invalid_and_keeps_the_flow_token()
    {
        var email = Account.NewEmail();
        var flowToken = await Client.RequestAccountAsync(email);
        var first = await fixture.Mail.ReceiveAsync(email, "VerifyEmail");

        var again = await Client.PostAsync("/api/auth/verify-email/resend", new { flowToken }).ShouldBeAsync(202);

        again.ShouldHaveMembers("flowToken", "expiresAt").Text("flowToken").ShouldBe(flowToken);
        var second = await fixture.Mail.ReceiveAsync(email, "VerifyEmail");
        await Client.VerifyAsync(new { flowToken, token = first.Token }).ShouldBeDeadAsync();
        if (first.Code != second.Code)
        {
            await Client.VerifyAsync(new { flowToken, code = first.Code }).ShouldBeDeadAsync();
        }

        await Client.VerifyAsync(new { flowToken, code = second.Code }).ShouldBeAsync(201);
        // Genuine, and answered whatever became of its flow.
        await Client.PostAsync("/api/auth/verify-email/resend", new { flowToken }).ShouldBeAsync(202);
        (await fixture.Mail.ListMailsAsync(email)).Count.ShouldBe(2);
        await Client
            .PostAsync("/api/auth/verify-email/resend", new { flowToken = flowToken[..^1] + "!" })
            .ShouldBeDeadAsync();
        await Client.PostAsync("/api/auth/verify-email/resend", new { }).ShouldBeInvalidAsync("flowToken");
    }

    [Fact]
    public async Task A_link_without_the_second_proof_completes_nothing_and_stays_valid()
    {
        var email = Account.NewEmail();
        var flowToken = await Client.RequestAccountAsync(email);
        var stranger = await Client.RequestAccountAsync(Account.NewEmail());
        var mail = await fixture.Mail.ReceiveAsync(email, "VerifyEmail");

        await Client.VerifyAsync(new { token = mail.Token }).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { token = mail.Token, flowToken = stranger }).ShouldBeDeadAsync();
        await Client
            .VerifyAsync(new { token = mail.Token, password = "not-the-password" })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        await Client.VerifyAsync(new { code = mail.Code }).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { flowToken = stranger, code = mail.Code }).ShouldBeDeadAsync();
        await Client.VerifyAsync(new { flowToken }).ShouldBeInvalidAsync("token");
        await Client.VerifyAsync(new { }).ShouldBeInvalidAsync("token");
        await Client.VerifyAsync(new { token = mail.Token, code = mail.Code }).ShouldBeInvalidAsync("code");
        (await Client.CanSignInAsync(email, Account.DefaultPassword)).ShouldBeFalse();

        await Client.VerifyAsync(new { token = mail.Token, flowToken }).ShouldBeAsync(201);
        await Client.VerifyAsync(new { token = mail.Token, flowToken }).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task A_wrong_password_beside_a_link_is_counted_like_a_failed_sign_in()
    {
        var email = Account.NewEmail();
        await Client.RequestAccountAsync(email);
        var mail = await fixture.Mail.ReceiveAsync(email, "VerifyEmail");
        for (var i = 0; i < 10; i++)
        {
            await Client
                .VerifyAsync(new { token = mail.Token, password = "not-the-password" })
                .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
        }

        await Client
            .VerifyAsync(new { token = mail.Token, password = Account.DefaultPassword })
            .ShouldBeProblemAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task Codes_expire_after_ten_minutes_and_links_after_a_day()
    {
        await using var mail = MailService.Start(("Registration:EmailConfirmation", "Required"));
        var email = Account.NewEmail();
        var flowToken = await mail.Client.RequestAccountAsync(email);
        var received = await mail.ReceiveAsync(email, "VerifyEmail");

        mail.Clock.Advance(TimeSpan.FromMinutes(11));
        await mail.Client.VerifyAsync(new { flowToken, code = received.Code }).ShouldBeDeadAsync();
        mail.Clock.Advance(TimeSpan.FromHours(24));
        await mail.Client.VerifyAsync(new { flowToken, token = received.Token }).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task A_password_that_is_easily_guessed_is_rejected_before_any_mail()
    {
        var email = Account.NewEmail();
        await Client
            .PostAsync("/api/auth/register", new { email, password = "password123" })
            .ShouldBeInvalidAsync("password");
        (await fixture.Mail.ListMailsAsync(email)).ShouldBeEmpty();
    }

    public sealed class Fixture : IAsyncDisposable
    {
        public MailService Mail { get; } = MailService.Start(("Registration:EmailConfirmation", "Required"));

        public ValueTask DisposeAsync() => Mail.DisposeAsync();
    }
}
