using Auth.IntegrationTests.Flows;
using Auth.IntegrationTests.Support;
using Microsoft.Playwright;

namespace Auth.IntegrationTests.Ui;

/// <summary>Programs that open the links in mails before their readers do, some of them with a browser.</summary>
public sealed class LinkScannerTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Reads = 20;

    [Theory]
    [InlineData("registration")]
    [InlineData("verification")]
    [InlineData("reset")]
    [InlineData("change")]
    [InlineData("undo")]
    [InlineData("invitation")]
    public async Task A_link_that_was_scanned_can_be_used_once(string purpose)
    {
        var mode = purpose == "registration" ? "Required" : "Optional";
        await using var service = MailService.Start(("Registration:EmailConfirmation", mode));
        var (mail, use, success) = await RequestAsync(service, purpose);

        await ScanAsync(service, mail);

        (await CountAsync(use(), success)).ShouldBe(1);
        (await CountAsync(use(), success)).ShouldBe(0);
    }

    private async Task ScanAsync(MailService service, DeliveredMail mail)
    {
        await OpenInBrowserAsync(service, mail);
        var page = "/account/" + mail.Text.Split("#token=")[0].Split('/')[^1];

        // The fragment is not sent. Programs that do not know better put it into the query.
        foreach (var address in new[] { page, $"{page}?token={mail.Token}" })
        {
            using var head = await service.Client.SendAsync("HEAD", address);
            head.IsSuccessStatusCode.ShouldBeTrue();
            for (var i = 0; i < Reads; i++)
            {
                using var answer = await service.Client.GetAsync(address, TestContext.Current.CancellationToken);
                answer.IsSuccessStatusCode.ShouldBeTrue();
            }
        }
    }

    private async Task OpenInBrowserAsync(MailService service, DeliveredMail mail)
    {
        await using var scanner = await Visitor.StartAsync(chromium, service.Client.BaseAddress!);
        await scanner.OpenLinkAsync(mail);
        await scanner.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
    }

    private static async Task<int> CountAsync(Task<HttpResponseMessage> sending, int success)
    {
        using var answer = await sending;
        return (int)answer.StatusCode == success ? 1 : 0;
    }

    private static async Task<(DeliveredMail Mail, Func<Task<HttpResponseMessage>> Use, int Success)> RequestAsync(
        MailService service,
        string purpose
    )
    {
        var (client, email) = (service.Client, Account.NewEmail());
        if (purpose == "registration")
        {
            var flowToken = await client.RequestAccountAsync(email);
            var mail = await service.ReceiveAsync(email, "VerifyEmail");
            return (mail, () => client.VerifyAsync(new { token = mail.Token, flowToken }), 201);
        }

        if (purpose == "invitation")
        {
            var admin = await Account.LoginAsAdminAsync(client);
            await client.PostAsync("/api/users", new { email }, admin.AccessToken).ShouldBeAsync(201);
            var mail = await service.ReceiveAsync(email, "Invitation");
            var acceptance = new { token = mail.Token, password = FlowRequests.NewPassword };
            return (mail, () => client.PostAsync("/api/auth/accept-invitation", acceptance), 201);
        }

        if (purpose == "verification")
        {
            var unconfirmed = await Account.RegisterAsync(client);
            var mail = await service.ReceiveAsync(unconfirmed.Email, "VerifyEmail");
            return (mail, () => client.VerifyAsync(new { token = mail.Token }, unconfirmed.AccessToken), 204);
        }

        var account = await service.RegisterConfirmedAsync();
        if (purpose == "reset")
        {
            await client.ForgetPasswordAsync(account.Email);
            var mail = await service.ReceiveAsync(account.Email, "ResetPassword");
            return (mail, () => client.ResetByLinkAsync(mail.Token), 204);
        }

        await client.ChangeEmailAsync(account, email);
        var change = await service.ReceiveAsync(email, "ChangeEmail");
        Task<HttpResponseMessage> ConfirmAsync() =>
            client.PostAsync("/api/auth/change-email/confirm", new { token = change.Token }, account.AccessToken);

        if (purpose == "change")
        {
            return (change, ConfirmAsync, 204);
        }

        await ConfirmAsync().ShouldBeAsync(204);
        var undo = await service.ReceiveAsync(account.Email, "EmailChanged");
        return (undo, () => client.PostAsync("/api/auth/change-email/undo", new { token = undo.Token }), 204);
    }
}
