using Auth.Application.Abstractions;
using Auth.Infrastructure.Background;
using Auth.IntegrationTests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Audit;

public sealed class AuditVerificationTests
{
    [Fact]
    public async Task Records_written_by_many_instances_simultaneously_verify()
    {
        using var database = new TestDatabase();
        await using var one = TestService.Start(database);
        await using var other = TestService.Start(database);
        var before = database.Count("AuditRecords"); // the first key and the first administrator

        // In waves, because the hashing queue is limited.
        const int AtOnce = 40;
        var waves = Proof.Rounds(everyTime: 1, full: 25);
        for (var wave = 0; wave < waves; wave++)
        {
            await Task.WhenAll(
                Enumerable.Range(0, AtOnce).Select(i => Account.RegisterAsync(i % 2 == 0 ? one.Client : other.Client))
            );
        }

        var verification = await VerifyAsync(one);
        verification.Faults.ShouldBeEmpty();
        verification.Records.ShouldBe(before + (waves * AtOnce));
        database.Count("AuditRecords").ShouldBe(before + (waves * AtOnce));
        verification.Chains.ShouldBeInRange(2, 40);

        // A later instance takes over unused chains instead of starting more and more.
        var clock = new TestClock();
        clock.Advance(TimeSpan.FromHours(1));
        await using var late = TestService.Start(database, clock);
        await Account.RegisterAsync(late.Client);
        (await VerifyAsync(late)).Chains.ShouldBe(verification.Chains);

        // The previous user loses the chain, and completes the request with another one.
        await Account.RegisterAsync(one.Client);
        await Account.RegisterAsync(other.Client);
        var afterwards = await VerifyAsync(late);
        afterwards.Faults.ShouldBeEmpty();
        afterwards.Records.ShouldBe(verification.Records + 3);
    }

    [Fact]
    public async Task Every_change_to_a_record_is_detected()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        var third = await WriteAsync(service, database);
        database.Keep("kept", "AuditRecords", third);
        var id = $"\"Id\" = {Literal(database, database.Scalar("SELECT \"Id\" FROM kept"))}";

        foreach (var column in database.Columns("AuditRecords"))
        {
            if (column is "Id")
            {
                continue; // The other tests insert the same record under another id.
            }

            database.Execute($"UPDATE \"AuditRecords\" SET \"{column}\" = {Changed(database, column)} WHERE {id}");
            (await VerifyAsync(service)).Faults.ShouldNotBeEmpty(column);
            database.Execute($"UPDATE \"AuditRecords\" SET \"{column}\" = (SELECT \"{column}\" FROM kept) WHERE {id}");
            (await VerifyAsync(service)).Faults.ShouldBeEmpty(column);
        }
    }

    [Fact]
    public async Task Removed_inserted_and_swapped_records_are_detected()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        var third = await WriteAsync(service, database);
        var columns = string.Join(", ", database.Columns("AuditRecords").Select(column => $"\"{column}\""));
        database.Keep("kept", "AuditRecords", third);

        database.Execute($"DELETE FROM \"AuditRecords\" WHERE {third}");
        (await VerifyAsync(service)).Faults.ShouldContain(fault => fault.Contains("record 3 is missing"));
        database.Execute($"INSERT INTO \"AuditRecords\" ({columns}) SELECT {columns} FROM kept");
        (await VerifyAsync(service)).Faults.ShouldBeEmpty();

        var fresh = Literal(database, Guid.CreateVersion7());
        foreach (var place in new[] { "\"Sequence\" = 1000", $"\"Sequence\" = 3, \"ChainId\" = {fresh}" })
        {
            database.Execute($"UPDATE kept SET \"Id\" = {fresh}, {place}");
            database.Execute($"INSERT INTO \"AuditRecords\" ({columns}) SELECT {columns} FROM kept");
            (await VerifyAsync(service)).Faults.ShouldContain(fault => fault.Contains("was inserted"));
            database.Execute($"DELETE FROM \"AuditRecords\" WHERE \"Id\" = {fresh}");
        }

        database.Execute($"UPDATE \"AuditRecords\" SET \"Sequence\" = -3 WHERE {third}");
        database.Execute($"UPDATE \"AuditRecords\" SET \"Sequence\" = 3 WHERE {Fourth(third)}");
        database.Execute("UPDATE \"AuditRecords\" SET \"Sequence\" = 4 WHERE \"Sequence\" = -3");
        (await VerifyAsync(service)).Faults.Count.ShouldBeGreaterThanOrEqualTo(2);
        database.Execute("UPDATE \"AuditRecords\" SET \"Sequence\" = -4 WHERE " + Fourth(third));
        database.Execute("UPDATE \"AuditRecords\" SET \"Sequence\" = 4 WHERE " + third);
        database.Execute("UPDATE \"AuditRecords\" SET \"Sequence\" = 3 WHERE \"Sequence\" = -4");
        (await VerifyAsync(service)).Faults.ShouldBeEmpty();

        static string Fourth(string third) => third.Replace("= 3", "= 4", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Truncated_records_are_detected_and_with_a_checkpoint_even_if_the_end_was_restored()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        var third = await WriteAsync(service, database);
        var chain = third[..third.IndexOf(" AND", StringComparison.Ordinal)];
        // Someone keeps a copy of the whole database, and restores it later.
        database.Keep("old_records", "AuditRecords");
        database.Keep("old_chains", "AuditChains");
        for (var i = 0; i < 5; i++)
        {
            await Account.RegisterAsync(service.Client);
        }

        var checkpoint = (await VerifyAsync(service)).Checkpoint;
        (await VerifyAsync(service, checkpoint)).Faults.ShouldBeEmpty();
        await Account.RegisterAsync(service.Client);
        (await VerifyAsync(service, checkpoint)).Faults.ShouldBeEmpty("a log that has grown holds");

        database.Execute("DELETE FROM \"AuditRecords\" WHERE \"Id\" NOT IN (SELECT \"Id\" FROM old_records)");
        (await VerifyAsync(service)).Faults.ShouldContain(fault => fault.Contains("missing at the end"));

        database.Execute("DELETE FROM \"AuditChains\"");
        database.Execute("INSERT INTO \"AuditChains\" SELECT * FROM old_chains");
        (await VerifyAsync(service)).Faults.ShouldBeEmpty("nothing in the database tells it from the log of that time");
        (await VerifyAsync(service, checkpoint)).Faults.ShouldContain(fault =>
            fault.Contains("missing since the checkpoint")
        );

        database.Execute($"UPDATE \"AuditChains\" SET \"Sequence\" = 2 WHERE {chain.Replace("ChainId", "Id")}");
        database.Execute($"DELETE FROM \"AuditRecords\" WHERE {chain} AND \"Sequence\" > 2");
        (await VerifyAsync(service)).Faults.ShouldContain(fault => fault.Contains("its end was moved"));
        database.Execute($"DELETE FROM \"AuditRecords\" WHERE {chain}");
        database.Execute($"DELETE FROM \"AuditChains\" WHERE {chain.Replace("ChainId", "Id")}");
        (await VerifyAsync(service, checkpoint)).Faults.ShouldContain(fault =>
            fault.Contains("the whole chain is missing")
        );
        (await VerifyAsync(service, "AA" + checkpoint)).Faults.ShouldContain(fault => fault.Contains("checkpoint is"));
    }

    [Fact]
    public async Task Addresses_may_be_erased_only_for_deleted_users()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        var account = await Account.RegisterAsync(service.Client);
        var other = await Account.RegisterAsync(service.Client);
        await service
            .Client.PostAsync("/api/users/me/delete", new { password = account.Password }, account.AccessToken)
            .ShouldBeAsync(204);

        database.Count("AuditRecords", "\"PersonalDataHash\" IS NOT NULL AND \"IpAddress\" IS NULL").ShouldBe(1);
        (await VerifyAsync(service)).Faults.ShouldBeEmpty();

        database.Execute(
            "UPDATE \"AuditRecords\" SET \"IpAddress\" = NULL, \"UserAgent\" = NULL, \"PersonalDataSalt\" = NULL "
                + $"WHERE \"UserId\" = {Literal(database, other.Id)}"
        );
        (await VerifyAsync(service))
            .Faults.ShouldHaveSingleItem()
            .ShouldContain("no record shows that the user was deleted");
    }

    [Fact]
    public async Task Expired_records_are_removed_and_the_rest_still_verifies()
    {
        using var database = new TestDatabase();
        var clock = new TestClock();
        await using var service = TestService.Start(database, clock, ("Audit:Retention", "30.00:00:00"));
        var start = database.Count("AuditRecords");
        await WriteAsync(service, database);
        var early = (await VerifyAsync(service)).Checkpoint;
        clock.Advance(TimeSpan.FromDays(20));
        await WriteAsync(service, database);
        var before = await VerifyAsync(service);
        clock.Advance(TimeSpan.FromDays(11));

        await using (var scope = service.Services.CreateAsyncScope())
        {
            await scope
                .ServiceProvider.GetRequiredService<AuditRetention>()
                .RunAsync(TestContext.Current.CancellationToken);
        }

        var after = await VerifyAsync(service, before.Checkpoint);
        after.Faults.ShouldBeEmpty();
        after.Records.ShouldBe(6);
        before.Records.ShouldBe(start + 12);
        (await VerifyAsync(service, early)).Faults.ShouldBeEmpty();

        database.Execute(
            "DELETE FROM \"AuditRecords\" WHERE \"OccurredAt\" = (SELECT MIN(\"OccurredAt\") FROM \"AuditRecords\")"
        );
        (await VerifyAsync(service)).Faults.ShouldNotBeEmpty("the start of a chain cannot be moved without the key");
    }

    /// <summary>Writes six records, one after another, so into one chain.</summary>
    /// <returns>The condition that a row is the third of that chain.</returns>
    private static async Task<string> WriteAsync(TestService service, TestDatabase database)
    {
        var admin = await Account.LoginAsAdminAsync(service.Client);
        var account = await Account.RegisterAsync(service.Client);
        var role = await service.Client.CreateRoleAsync(admin, "articles:read");
        await service.Client.GiveRolesAsync(admin, account, role);
        await account.LoginAgainAsync(service.Client);
        await service
            .Client.PostAsync("/api/auth/logout", new { refreshToken = account.RefreshToken })
            .ShouldBeAsync(204);
        // The newest chain with a fourth record: the chains of startup may be different ones.
        const string Fourth = "\"AuditRecords\" WHERE \"Sequence\" = 4";
        var chain = database.Scalar(
            $"SELECT \"ChainId\" FROM {Fourth} AND \"OccurredAt\" = (SELECT MAX(\"OccurredAt\") FROM {Fourth})"
        );
        return $"\"ChainId\" = '{chain}' AND \"Sequence\" = 3";
    }

    private static async Task<AuditVerification> VerifyAsync(TestService service, string? checkpoint = null)
    {
        await using var scope = service.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<IAuditVerifier>()
            .VerifyAsync(checkpoint, TestContext.Current.CancellationToken);
    }

    /// <summary>A different value for a column, with the smallest possible change.</summary>
    private static string Changed(TestDatabase database, string column) =>
        (column, database.Provider) switch
        {
            ("OccurredAt", "Sqlite") => "\"OccurredAt\" + 10",
            ("OccurredAt", "Postgres") => "\"OccurredAt\" + interval '1 microsecond'",
            ("OccurredAt", _) => "DATEADD(microsecond, 1, \"OccurredAt\")",
            ("Outcome", _) => "'Failure'",
            ("Sequence", _) => "1000",
            ("ChainId" or "UserId" or "ActorId" or "SessionId", _) => Literal(database, Guid.CreateVersion7()),
            ("Hash" or "PersonalDataHash" or "PersonalDataSalt", "Sqlite") =>
                $"unhex((CASE substr(hex(\"{column}\"), 1, 2) WHEN '00' THEN '01' ELSE '00' END)"
                    + $" || substr(hex(\"{column}\"), 3))",
            ("Hash" or "PersonalDataHash" or "PersonalDataSalt", "Postgres") =>
                $"set_byte(\"{column}\", 0, get_byte(\"{column}\", 0) # 1)",
            ("Hash" or "PersonalDataHash" or "PersonalDataSalt", _) =>
                $"CASE SUBSTRING(\"{column}\", 1, 1) WHEN 0x00 THEN 0x01 ELSE 0x00 END"
                    + $" + SUBSTRING(\"{column}\", 2, 31)",
            _ => $"CONCAT(\"{column}\", '.')",
        };

    private static string Literal(TestDatabase database, object? value) =>
        value switch
        {
            null => "NULL",
            Guid id => database.Provider == "Sqlite" ? $"'{id.ToString().ToUpperInvariant()}'" : $"'{id}'",
            _ => $"'{value}'",
        };
}
