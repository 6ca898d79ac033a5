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
