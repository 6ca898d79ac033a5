using Auth.Infrastructure.Persistence;
using Auth.Infrastructure.Persistence.Queries;
using Auth.IntegrationTests.Factors;
using Auth.IntegrationTests.Flows;
using Auth.IntegrationTests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Keys;

public sealed class MasterKeyRotationTests : IDisposable
{
    private static readonly (string, string?)[] s_both =
    [
        ("Security:MasterKey", MasterKeys.Other),
        ("Security:PreviousMasterKeys:0", TestService.MasterKey),
    ];

    private readonly TestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task The_old_master_key_can_be_removed_after_keys_and_passwords_have_been_migrated()
    {
        Account user;
        await using (var before = TestService.Start(_database))
        {
            user = await Account.RegisterAsync(before.Client);
        }

        await using (var during = StartWithBoth())
        {
            // Everything issued before stays valid, and the keys are re-encrypted automatically.
            await during.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
            user = await user.RefreshAsync(during.Client);
            await Proof.EventuallyAsync(
                async () => (await UsesAsync(during))[1].SigningKeys == 0,
                "the re-encryption of the signing key"
            );
            var uses = await UsesAsync(during);
            (uses[0].IsCurrent, uses[0].SigningKeys, uses[0].PasswordHashes).ShouldBe((true, 1, 0));
            (uses[1].IsCurrent, uses[1].SigningKeys, uses[1].PasswordHashes).ShouldBe((false, 0, 2));

            // Passwords are rehashed when their owners sign in.
            user = await user.LoginAgainAsync(during.Client);
            (await UsesAsync(during))[1].PasswordHashes.ShouldBe(1);
            await Account.LoginAsAdminAsync(during.Client);
            (await UsesAsync(during))[1].PasswordHashes.ShouldBe(0);
        }

        // The log tells the operator.
        await using (var again = StartWithBoth())
        {
            await Proof.EventuallyAsync(
                () =>
                    Task.FromResult(
                        again.Log.Lines.Any(line => line.Contains("is no longer needed", StringComparison.Ordinal))
                    ),
                "the line in the log"
            );
        }

        await using var after = TestService.Start(_database, null, ("Security:MasterKey", MasterKeys.Other));
        await after.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
        user = await user.RefreshAsync(after.Client);
        await user.LoginAgainAsync(after.Client);
        (await UsesAsync(after)).ShouldHaveSingleItem().PasswordHashes.ShouldBe(2);
    }

    [Fact]
    public async Task An_instance_without_the_new_master_key_works_until_it_is_restarted()
    {
        await using var older = TestService.Start(_database);
        var user = await Account.RegisterAsync(older.Client);
        await using var newer = StartWithBoth();
        await Proof.EventuallyAsync(
            async () => (await UsesAsync(newer))[1].SigningKeys == 0,
            "the re-encryption of the signing key"
        );

        user = await user.RefreshAsync(older.Client);
        await older.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
        await newer.Client.MeAsync(user.AccessToken).ShouldBeAsync(200);
    }

    [Fact]
    public async Task Mails_and_their_links_need_the_old_master_key_until_they_are_used()
    {
        var clock = new TestClock();
        Account user;
        string link;
        await using (var before = MailService.Start(_database, clock))
        {
            user = await before.RegisterConfirmedAsync();
            await before.Client.ForgetPasswordAsync(user.Email);
            link = (await before.ReceiveAsync(user.Email, "ResetPassword")).Token;
            await before.Client.ForgetPasswordAsync(user.Email);
        }

        await using (var during = MailService.Start(_database, clock, s_both))
        {
            var previous = (await UsesAsync(during.Service))[1];
            (previous.WaitingMails, previous.OpenFlows).ShouldBe((1, 2));

            // The mail that waited is sent, and the link that was sent before works. A new password ends the other flow.
            await during.ReceiveAsync(user.Email, "ResetPassword");
            previous = (await UsesAsync(during.Service))[1];
            (previous.WaitingMails, previous.OpenFlows).ShouldBe((0, 2));
            await during.Client.ResetByLinkAsync(link).ShouldBeAsync(204);
            (await UsesAsync(during.Service))[1].OpenFlows.ShouldBe(1);
            clock.Advance(TimeSpan.FromHours(1));
            (await UsesAsync(during.Service))[1].OpenFlows.ShouldBe(0);

            await during.Client.ForgetPasswordAsync(user.Email);
            (await UsesAsync(during.Service))[0].OpenFlows.ShouldBe(1);
        }

        await using var after = MailService.Start(_database, clock, ("Security:MasterKey", MasterKeys.Other));
        link = (await after.ReceiveAsync(user.Email, "ResetPassword")).Token;
        await after.Client.ResetByLinkAsync(link).ShouldBeAsync(204);
    }

    [Fact]
    public async Task Authenticator_apps_survive_the_change_and_recovery_codes_need_the_old_master_key()
    {
        var clock = new TestClock();
        EnrolledApp enrolled;
        await using (var before = TestService.Start(_database, clock))
        {
            // The secret of another user, which no key can open, is in the way.
            await before.Client.EnrolAppAsync(await Account.RegisterAsync(before.Client), clock);
            await using var scope = before.Services.CreateAsyncScope();
            await scope
                .ServiceProvider.GetRequiredService<AppDbContext>()
                .Factors.ExecuteUpdateAsync(
                    update => update.SetProperty(factor => factor.SealedSecret, new byte[60]),
                    TestContext.Current.CancellationToken
                );
            enrolled = await before.Client.EnrolAppAsync(await Account.RegisterAsync(before.Client), clock);
        }

        await using (var during = TestService.Start(_database, clock, s_both))
        {
            await Proof.EventuallyAsync(
                async () => (await UsesAsync(during))[1].FactorSecrets == 0,
                "the re-encryption of the secret"
            );
            var uses = await UsesAsync(during);
            (uses[0].FactorSecrets, uses[0].RecoveryCodes).ShouldBe((1, 0));
            (uses[1].FactorSecrets, uses[1].RecoveryCodes).ShouldBe((0, 20));
            await during
                .Client.PostAsync(
                    "/api/auth/login/second-factor",
                    new
                    {
                        challenge = await during.Client.BeginLoginAsync(enrolled.Account),
                        recoveryCode = enrolled.RecoveryCodes[0],
                    }
                )
                .ShouldBeAsync(200);
        }

        clock.Advance(TimeSpan.FromSeconds(30));
        await using var after = TestService.Start(_database, clock, ("Security:MasterKey", MasterKeys.Other));
        var challenge = await after.Client.BeginLoginAsync(enrolled.Account);
        await after.Client.CompleteLoginAsync(challenge, enrolled.App.CodeAt(clock.GetUtcNow())).ShouldBeAsync(200);
    }

    private TestService StartWithBoth() => TestService.Start(_database, null, s_both);

    private static Task<IReadOnlyList<MasterKeyUse>> UsesAsync(TestService service) =>
        service.Services.GetRequiredService<MasterKeyUsage>().ReadAsync(TestContext.Current.CancellationToken);
}
