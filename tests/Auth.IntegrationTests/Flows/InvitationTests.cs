using System.Text.Json.Nodes;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Flows;

/// <summary>Users whom an administrator invites.</summary>
public sealed class InvitationTests(MailFixture fixture) : IClassFixture<MailFixture>
{
    private MailService Mail => fixture.Mail;

    private HttpClient Client => fixture.Mail.Client;

    [Fact]
    public async Task An_invited_user_sets_a_password_and_is_signed_in()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var email = Account.NewEmail();
        using var invited = await Client.PostAsync(
            "/api/users",
            new
            {
                email,
                displayName = "Grace",
                roles = new[] { "editor" },
            },
            admin.AccessToken
        );
        var user = await invited.ShouldBeAsync(201);
        invited.Headers.Location!.ToString().ShouldBe($"/api/users/{user.Text("id")}");
        user.Text("status").ShouldBe("invited");
        user["hasPassword"]!.GetValue<bool>().ShouldBeFalse();
        user["emailConfirmed"]!.GetValue<bool>().ShouldBeFalse();
        user.Texts("roles").ShouldBe(["editor"]);
        (await ListAsync(admin, "invited")).ShouldContain(user.Text("id"));
        (await ListAsync(admin, "active")).ShouldNotContain(user.Text("id"));
        var mail = await Mail.ReceiveAsync(email, "Invitation");

        await AcceptAsync(mail, "password123").ShouldBeInvalidAsync("password");
        using var accepted = await AcceptAsync(mail);

        accepted.Headers.Location!.ToString().ShouldBe("/api/users/me");
        var signIn = await accepted.ShouldBeAsync(201);
        signIn["user"]!["emailConfirmed"]!.GetValue<bool>().ShouldBeTrue();
        signIn["user"]!.Text("displayName").ShouldBe("Grace");
        var me = await Client.ReadMeAsync(new Account(email, FlowRequests.NewPassword, signIn));
        me.Text("status").ShouldBe("active");
        me["hasPassword"]!.GetValue<bool>().ShouldBeTrue();
        (await ListAsync(admin, "invited")).ShouldNotContain(user.Text("id"));
        await AcceptAsync(mail).ShouldBeDeadAsync();
        await ResendAsync(admin, user).ShouldBeProblemAsync(409, "NOT_INVITED");
        var events = await Client
            .GetAsync($"/api/audit?userId={user.Text("id")}", admin.AccessToken)
            .ShouldBeAsync(200);
        events["items"]!.AsArray().Select(item => item!.Text("type")).ShouldBe(["invitation.accepted", "user.invited"]);
    }

    [Fact]
    public async Task A_resent_invitation_invalidates_the_earlier_one()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var user = await InviteAsync(admin);
        var first = await Mail.ReceiveAsync(user.Text("email"), "Invitation");

        (await ResendAsync(admin, user).ShouldBeAsync(202)).AsObject().ShouldBeEmpty();
        var second = await Mail.ReceiveAsync(user.Text("email"), "Invitation");

        await AcceptAsync(first).ShouldBeDeadAsync();
        await AcceptAsync(second).ShouldBeAsync(201);
    }

    [Fact]
    public async Task A_forgotten_password_and_a_reset_by_an_administrator_send_the_invitation_again()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var user = await InviteAsync(admin);
        var email = user.Text("email");
        var first = await Mail.ReceiveAsync(email, "Invitation");
        await Client.ForgetPasswordAsync(email);
        var second = await Mail.ReceiveAsync(email, "Invitation");
        await Client
            .PostAsync($"/api/users/{user.Text("id")}/send-password-reset", body: null, admin.AccessToken)
            .ShouldBeAsync(202);
        var third = await Mail.ReceiveAsync(email, "Invitation");

        // A stranger's request does not end the invitation.
        new[] { first.Token, second.Token, third.Token }
            .Distinct()
            .Count()
            .ShouldBe(3);
        await Client.ResetByLinkAsync(second.Token).ShouldBeDeadAsync();
        await AcceptAsync(first).ShouldBeAsync(201);
        await AcceptAsync(second).ShouldBeDeadAsync();
        await AcceptAsync(third).ShouldBeDeadAsync();
    }

    [Fact]
    public async Task An_administrator_sends_a_reset()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var account = await Account.RegisterAsync(Client);

        var answer = await Client
            .PostAsync($"/api/users/{account.Id}/send-password-reset", body: null, admin.AccessToken)
            .ShouldBeAsync(202);

        answer.AsObject().ShouldBeEmpty();
        var mail = await Mail.ReceiveAsync(account.Email, "ResetPassword");
        await Client.ResetByLinkAsync(mail.Token).ShouldBeAsync(204);
        await Client
            .PostAsync($"/api/users/{Guid.CreateVersion7()}/send-password-reset", body: null, admin.AccessToken)
            .ShouldBeProblemAsync(404, "NOT_FOUND");
    }

    [Fact]
    public async Task Invitations_are_validated_and_grant_only_what_the_inviter_holds()
    {
        var admin = await Account.LoginAsAdminAsync(Client);
        var account = await Account.RegisterAsync(Client);
        await Client.PostAsync("/api/users", new { }, admin.AccessToken).ShouldBeInvalidAsync("email");
        await Client
            .PostAsync("/api/users", new { email = account.Email }, admin.AccessToken)
            .ShouldBeProblemAsync(409, "EMAIL_ALREADY_REGISTERED");
        await Client
            .PostAsync("/api/users", new { email = Account.NewEmail(), roles = new[] { "nowhere" } }, admin.AccessToken)
            .ShouldBeInvalidAsync("roles");
        var manager = await Client.RegisterWithAsync(admin, "users:write");
        await Client
            .PostAsync("/api/users", new { email = Account.NewEmail(), roles = new[] { "admin" } }, manager.AccessToken)
            .ShouldBeProblemAsync(403, "FORBIDDEN");
        var user = await Client
            .PostAsync("/api/users", new { email = Account.NewEmail() }, manager.AccessToken)
            .ShouldBeAsync(201);
        user.Texts("roles").ShouldBe(["viewer"]);
    }

    [Fact]
    public async Task An_invited_administrator_does_not_count_as_one()
    {
        await using var mail = MailService.Start();
        var admin = await Account.LoginAsAdminAsync(mail.Client);
        await mail
            .Client.PostAsync(
                "/api/users",
                new { email = Account.NewEmail(), roles = new[] { "admin" } },
                admin.AccessToken
            )
            .ShouldBeAsync(201);

        await mail
            .Client.PostAsync("/api/users/me/delete", new { password = TestService.AdminPassword }, admin.AccessToken)
            .ShouldBeProblemAsync(409, "LAST_ADMINISTRATOR");
    }

    [Fact]
    public async Task Invitations_expire_after_seven_days()
    {
        await using var mail = MailService.Start();
        var admin = await Account.LoginAsAdminAsync(mail.Client);
        var email = Account.NewEmail();
        await mail.Client.PostAsync("/api/users", new { email }, admin.AccessToken).ShouldBeAsync(201);
        var invitation = await mail.ReceiveAsync(email, "Invitation");
        mail.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));

        await mail
            .Client.PostAsync(
                "/api/auth/accept-invitation",
                new { token = invitation.Token, password = FlowRequests.NewPassword }
            )
            .ShouldBeDeadAsync();
    }

    private Task<HttpResponseMessage> AcceptAsync(DeliveredMail mail, string password = FlowRequests.NewPassword) =>
        Client.PostAsync(
            "/api/auth/accept-invitation",
            new
            {
                token = mail.Token,
                password,
                refreshTokenIn = "body",
            }
        );

    private Task<JsonNode> InviteAsync(Account admin) =>
        Client.PostAsync("/api/users", new { email = Account.NewEmail() }, admin.AccessToken).ShouldBeAsync(201);

    private Task<HttpResponseMessage> ResendAsync(Account admin, JsonNode user) =>
        Client.PostAsync($"/api/users/{user.Text("id")}/resend-invitation", body: null, admin.AccessToken);

    private async Task<IReadOnlyList<string>> ListAsync(Account admin, string status)
    {
        var page = await Client.GetAsync($"/api/users?status={status}&limit=200", admin.AccessToken).ShouldBeAsync(200);
        return [.. page["items"]!.AsArray().Select(item => item!.Text("id"))];
    }
}
