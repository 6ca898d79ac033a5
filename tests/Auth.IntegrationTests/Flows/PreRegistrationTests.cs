using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>
/// Somebody registers the address of another person, who gets the mail and uses whatever is in it, in another browser. There
/// is never an account that both the mailbox and the attacker's password open.
/// </summary>
public sealed class PreRegistrationTests
{
    private const string AttackersPassword = "attacker-violin-granite-88";

    /// <summary>What the victim sends: the parts of the mail, with or without a password of their own.</summary>
    public static TheoryData<string, string> Attempts
    {
        get
        {
            var attempts = new TheoryData<string, string>();
            foreach (var mode in new[] { "Optional", "Required" })
            {
                foreach (
                    var attempt in new[]
                    {
                        "token",
                        "code",
                        "token+password",
                        "token+flowToken",
                        "code+flowToken",
                        "token+bearer",
                        "code+bearer",
                        "code+flowToken+bearer",
                        "token+flowToken+bearer",
                        "token+password+bearer",
                    }
                )
                {
                    attempts.Add(mode, attempt);
                }
            }

            return attempts;
        }
    }

    [Theory]
    [MemberData(nameof(Attempts))]
    public async Task The_victim_completes_nothing_of_the_attackers(string mode, string attempt)
    {
        await using var mail = MailService.Start(("Registration:EmailConfirmation", mode));
        var client = mail.Client;
        var victim = Account.NewEmail();
        if (mode == "Optional")
        {
            await Account.RegisterAsync(client, victim, AttackersPassword);
        }
        else
        {
            await client.RequestAccountAsync(victim, AttackersPassword);
        }

        var received = await mail.ReceiveAsync(victim, "VerifyEmail");

        // Flow token and access token are the victim's own: of another flow, and of an administrator's account.
        var ownFlow = await client.ForgetPasswordAsync(Account.NewEmail());
        var bearer = attempt.Contains("bearer", StringComparison.Ordinal)
            ? (await Account.LoginAsAdminAsync(client)).AccessToken
            : null;
        var proofs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in attempt.Split('+').Where(part => part != "bearer"))
        {
            proofs[part] = part switch
            {
                "token" => received.Token,
                "code" => received.Code,
                "flowToken" => ownFlow,
                _ => "victims-violin-granite-99",
            };
        }

        using var response = await client.VerifyAsync(proofs, bearer);

        response.IsSuccessStatusCode.ShouldBeFalse();
        mail.Database.Count("Users", $"\"Email\" = '{victim}' AND \"EmailConfirmed\" = {True(mail)}").ShouldBe(0);
    }

    [Fact]
    public async Task A_reset_removes_everything_that_was_set_before_the_proof()
    {
        await using var mail = MailService.Start();
        var victim = Account.NewEmail();
        var attacker = await Account.RegisterAsync(mail.Client, victim, AttackersPassword);
        await mail.Client.ChangeEmailAsync(attacker, Account.NewEmail());
        await mail.ListMailsAsync(victim);

        await mail.Client.ForgetPasswordAsync(victim);
        var received = await mail.ReceiveAsync(victim, "ResetPassword");
        await mail.Client.ResetByLinkAsync(received.Token).ShouldBeAsync(204);

        await attacker.ShouldHaveEndedAsync(mail.Client, "password_changed");
        (await mail.Client.CanSignInAsync(victim, AttackersPassword)).ShouldBeFalse();
        var owner = await Account.LoginAsync(mail.Client, victim, FlowRequests.NewPassword);
        owner.SignIn["user"]!["emailConfirmed"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task The_victim_registers_as_if_the_attacker_had_not()
    {
        await using var mail = MailService.Start(("Registration:EmailConfirmation", "Required"));
        var victim = Account.NewEmail();
        var attackersFlow = await mail.Client.RequestAccountAsync(victim, AttackersPassword);
        var attackersMail = await mail.ReceiveAsync(victim, "VerifyEmail");
        var flowToken = await mail.Client.RequestAccountAsync(victim);
        var received = await mail.ReceiveAsync(victim, "VerifyEmail");

        await mail.Client.VerifyAsync(new { flowToken = attackersFlow, code = received.Code }).ShouldBeDeadAsync();
        await mail.Client.VerifyAsync(new { flowToken, token = attackersMail.Token }).ShouldBeDeadAsync();
        await mail.Client.VerifyAsync(new { flowToken, code = received.Code }).ShouldBeAsync(201);
        (await mail.Client.CanSignInAsync(victim, AttackersPassword)).ShouldBeFalse();
    }

    private static string True(MailService mail) => mail.Database.Provider == "Postgres" ? "true" : "1";
}
