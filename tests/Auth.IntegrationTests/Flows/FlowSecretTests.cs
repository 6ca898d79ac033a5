using System.Buffers.Text;
using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Flows;

/// <summary>Links, codes and flow tokens are stored nowhere, and neither are addresses in the tables of flows and mails.</summary>
public sealed class FlowSecretTests
{
    [Fact]
    public async Task No_table_and_no_log_contains_a_link_a_code_or_a_flow_token()
    {
        await using var mail = MailService.Start(
            ("Registration:EmailConfirmation", "Required"),
            ("Logging:LogLevel:Default", "Trace")
        );
        var email = $"sentinel-{Guid.CreateVersion7():n}@example.com";
        var flowToken = await mail.Client.RequestAccountAsync(email, "sentinel-walrus-trumpet-55");
        var received = await mail.ReceiveAsync(email, "VerifyEmail");
        var forgotten = await mail.Client.ForgetPasswordAsync(email);
        await mail.ListMailsAsync(email);
        string[] secrets =
        [
            flowToken,
            forgotten,
            received.Token,
            "sentinel-walrus-trumpet-55",
            Convert.ToHexString(Base64Url.DecodeFromChars(received.Token).AsSpan()[^32..]),
            Convert.ToHexString(Base64Url.DecodeFromChars(flowToken).AsSpan()[^32..]),
        ];

        // The account does not exist yet: even its address is encrypted.
        var dump = await DumpAsync(mail);
        secrets
            .Append(email)
            .Where(secret => dump.Contains(secret, StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty();

        await mail.Client.VerifyAsync(new { flowToken, code = received.Code }).ShouldBeAsync(201);
        dump = await DumpAsync(mail);
        secrets.Where(secret => dump.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        mail.Service.Log.Lines.Where(line =>
                secrets.Any(secret => line.Contains(secret, StringComparison.OrdinalIgnoreCase))
            )
            .ShouldBeEmpty();
        mail.Database.Count("PendingRegistrations", "1 = 1").ShouldBe(0);
    }

    [Fact]
    public async Task Nor_does_any_contain_those_of_the_other_flows()
    {
        await using var mail = MailService.Start(("Logging:LogLevel:Default", "Trace"));
        var account = await Account.RegisterAsync(mail.Client);
        List<string> secrets = [await mail.Client.ForgetPasswordAsync(account.Email)];
        var newEmail = Account.NewEmail();
        secrets.Add(await mail.Client.ChangeEmailAsync(account, newEmail));
        var change = await mail.ReceiveAsync(newEmail, "ChangeEmail");
        await mail
            .Client.PostAsync("/api/auth/change-email/confirm", new { token = change.Token }, account.AccessToken)
            .ShouldBeAsync(204);
        var admin = await Account.LoginAsAdminAsync(mail.Client);
        var invited = Account.NewEmail();
        await mail.Client.PostAsync("/api/users", new { email = invited }, admin.AccessToken).ShouldBeAsync(201);
        var codes = new List<string>();
        foreach (var address in new[] { account.Email, newEmail, invited })
        {
            foreach (var received in await mail.ListMailsAsync(address))
            {
                if (received.Template is "NewEmail" or "AlreadyRegistered")
                {
                    continue;
                }

                secrets.Add(received.Token);
                secrets.Add(Convert.ToHexString(Base64Url.DecodeFromChars(received.Token).AsSpan()[^32..]));
                if (received.Template is not ("EmailChanged" or "Invitation"))
                {
                    codes.Add(received.Code);
                }
            }
        }

        codes.Count.ShouldBeGreaterThanOrEqualTo(3);
        secrets.Count.ShouldBeGreaterThanOrEqualTo(2 + 2 * 5);
        var dump = await DumpAsync(mail);
        secrets.Where(secret => dump.Contains(secret, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        dump.Split('\n').Intersect(codes).ShouldBeEmpty();
        mail.Service.Log.Lines.Where(line =>
                secrets
                    .Concat(codes.Select(code => $"\"{code}\""))
                    .Any(secret => line.Contains(secret, StringComparison.Ordinal))
            )
            .ShouldBeEmpty();
    }

    /// <summary>All values of all tables, as text; bytes as hexadecimal digits, and once more as characters.</summary>
    private static async Task<string> DumpAsync(MailService mail)
    {
        await using var scope = mail.Service.Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<AppDbContext>();
        var values = new List<string>();
        foreach (var table in context.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct())
        {
            await using var command = context.Database.GetDbConnection().CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\"";
            await context.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    values.Add(
                        reader.GetValue(column) is byte[] bytes
                            ? Convert.ToHexString(bytes) + System.Text.Encoding.Latin1.GetString(bytes)
                            : $"{reader.GetValue(column)}"
                    );
                }
            }
        }

        return string.Join('\n', values);
    }
}
