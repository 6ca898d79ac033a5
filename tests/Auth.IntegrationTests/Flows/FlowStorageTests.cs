using Auth.Application.Users;
using Auth.Domain.Common;
using Auth.Infrastructure.Background;
using Auth.IntegrationTests.Support;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Auth.IntegrationTests.Flows;

/// <summary>What is stored about flows, how long, and what the operator's commands start.</summary>
public sealed class FlowStorageTests
{
    [Fact]
    public async Task The_export_of_a_user_contains_flows_and_mails()
    {
        await using var mail = MailService.Start();
        var account = await mail.RegisterConfirmedAsync();

        var export = await mail.Client.GetAsync("/api/users/me/export", account.AccessToken).ShouldBeAsync(200);

        var flow = export["mailFlows"]!.AsArray().ShouldHaveSingleItem()!;
        flow.ShouldHaveMembers("purpose", "createdAt", "mails", "expiresAt", "consumedAt")
            .Text("purpose")
            .ShouldBe("email_verification");
        export["mails"]!
            .AsArray()
            .ShouldHaveSingleItem()!
            .ShouldHaveMembers("template", "culture", "createdAt", "sentAt")
            .Text("template")
            .ShouldBe("verify_email");
    }

    [Fact]
    public async Task The_deletion_of_a_user_removes_flows_and_mails()
    {
        await using var mail = MailService.Start();
        var account = await mail.RegisterConfirmedAsync();
        await mail.Client.ForgetPasswordAsync(account.Email);
        var reset = await mail.ReceiveAsync(account.Email, "ResetPassword");

        await mail
            .Client.PostAsync("/api/users/me/delete", new { password = account.Password }, account.AccessToken)
            .ShouldBeAsync(204);

        mail.Database.Count("MailFlows", "1 = 1").ShouldBe(0);
        mail.Database.Count("Mails", "1 = 1").ShouldBe(0);
        await mail.Client.ResetByLinkAsync(reset.Token).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task Expired_flows_and_their_registrations_are_removed()
    {
        await using var mail = MailService.Start(("Registration:EmailConfirmation", "Required"));
        var email = Account.NewEmail();
        await mail.Client.RequestAccountAsync(email);
        var flowToken = await mail.Client.ForgetPasswordAsync(email);
        await mail.ListMailsAsync(email);
        await CleanUpAsync(mail);
        mail.Database.Count("MailFlows", "1 = 1").ShouldBe(2);
        mail.Database.Count("MailQuotas", "1 = 1").ShouldBe(1);

        mail.Clock.Advance(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        await CleanUpAsync(mail);

        mail.Database.Count("MailFlows", "1 = 1").ShouldBe(0);
        mail.Database.Count("PendingRegistrations", "1 = 1").ShouldBe(0);
        mail.Database.Count("MailQuotas", "1 = 1").ShouldBe(0);
        // Genuine, and answered whatever became of its flow.
        await mail.Client.PostAsync("/api/auth/verify-email/resend", new { flowToken }).ShouldBeAsync(202);
    }

    [Fact]
    public async Task Administrators_whom_the_operator_creates_without_a_password_are_invited()
    {
        await using var mail = MailService.Start();
        var email = Account.NewEmail();

        (await SendAsync(mail, new InviteAdministratorCommand(email, "on the command line"))).Error.ShouldBeNull();

        var invitation = await mail.ReceiveAsync(email, "Invitation");
        var signIn = await mail
            .Client.PostAsync(
                "/api/auth/accept-invitation",
                new { token = invitation.Token, password = FlowRequests.NewPassword }
            )
            .ShouldBeAsync(201);
        signIn["user"]!.Texts("roles").ShouldBe(["admin"]);
        (await SendAsync(mail, new InviteAdministratorCommand(email, "again"))).Error!.Code.ShouldBe(
            "EMAIL_ALREADY_REGISTERED"
        );
    }

    [Fact]
    public async Task Imported_users_without_a_password_are_invited_unless_they_are_disabled()
    {
        await using var mail = MailService.Start();
        var (invited, disabled, other) = (Account.NewEmail(), Account.NewEmail(), Account.NewEmail());

        var result = await SendAsync(
            mail,
            new ImportUsersCommand([
                new UserImport(1, invited),
                new UserImport(2, disabled) { IsDisabled = true },
                new UserImport(3, other)
                {
                    PasswordHash = "$2b$04$abcdefghijklmnopqrstuuMFdJu9yVgmagVAIC24fOZkaFqd3s9JC",
                },
            ])
        );

        result.Value!.Imported.Count.ShouldBe(3);
        result.Value.Invited.ShouldBe(1);
        (await mail.ListMailsAsync(invited)).ShouldHaveSingleItem().Template.ShouldBe("Invitation");
        (await mail.ListMailsAsync(disabled)).ShouldBeEmpty();
        (await mail.ListMailsAsync(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Mails_are_in_the_language_of_the_request()
    {
        await using var mail = MailService.Start();
        var email = Account.NewEmail();
        await mail
            .Client.SendAsync(
                "POST",
                "/api/auth/register",
                new { email, password = Account.DefaultPassword },
                headers: ("Accept-Language", "fr, de-AT;q=0.9, en;q=0.5")
            )
            .ShouldBeAsync(201);

        (await mail.ReceiveAsync(email, "VerifyEmail")).Text.ShouldContain("Guten Tag");
    }

    private static async Task CleanUpAsync(MailService mail) =>
        await mail
            .Service.Services.GetServices<IHostedService>()
            .OfType<ExpiredDataCleanup>()
            .Single()
            .RunAsync(TestContext.Current.CancellationToken);

    private static async Task<TResponse> SendAsync<TResponse>(MailService mail, IRequest<TResponse> command)
        where TResponse : IOutcome
    {
        await using var scope = mail.Service.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<IMediator>()
            .Send(command, TestContext.Current.CancellationToken);
    }
}
