using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Problems;

public sealed class ExceptionLogTests
{
    [Fact]
    public async Task A_lost_race_is_not_logged()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        var before = service.Log.Lines.Count;
        var registration = new { email = Account.NewEmail(), password = Account.DefaultPassword };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => service.Client.PostAsync("/api/auth/register", registration))
        );

        answers.Count(answer => (int)answer.StatusCode == 201).ShouldBe(1);
        foreach (var lost in answers.Where(answer => (int)answer.StatusCode != 201))
        {
            await lost.ShouldBeProblemAsync(409, "EMAIL_ALREADY_REGISTERED");
        }

        Alarms(service, before).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_database_failure_is_logged_once_without_values()
    {
        using var database = new TestDatabase();
        await using var service = TestService.Start(database);
        var before = service.Log.Lines.Count;
        var email = Account.NewEmail();

        database.Rename("Users", "Hidden");
        await service
            .Client.PostAsync("/api/auth/register", new { email, password = Account.DefaultPassword })
            .ShouldBeProblemAsync(500, "INTERNAL_ERROR");

        var alarm = Alarms(service, before).ShouldHaveSingleItem();
        alarm.ShouldStartWith("Error ");
        alarm.ShouldContain("Users");
        alarm.ShouldNotContain(email);
        alarm.ShouldNotContain(Account.DefaultPassword);
    }

    [Fact]
    [Trait("Engine", "Server")]
    public async Task No_value_in_the_text_of_an_error_is_logged()
    {
        using var database = new TestDatabase();
        Assert.SkipUnless(database.Provider == "Postgres", "Errors of the other engines are in DatabaseOutageTests.");
        await using var service = TestService.Start(
            database,
            clock: null,
            ("ConnectionStrings:Auth", database.ConnectionString + ";Include Error Detail=true"),
            ("Logging:LogLevel:Default", "Trace"),
            ("Logging:LogLevel:Microsoft.EntityFrameworkCore", "Debug")
        );
        var email = Account.NewEmail();
        var name = $"name of {email}";
        database.Execute("CREATE UNIQUE INDEX names ON \"Users\" (\"DisplayName\")");
        await RegisterAsync(Account.NewEmail());
        await RegisterAsync(email);
        database.Execute(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'Not %', NEW."Email"; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON "Users" FOR EACH ROW EXECUTE FUNCTION refuse()
            """
        );
        await RegisterAsync(email);

        service.Log.Lines.ShouldContain(line => line.Contains("P0001", StringComparison.Ordinal));
        service.Log.Lines.Where(line => line.Contains(email, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();

        async Task RegisterAsync(string address)
        {
            using var answer = await service.Client.PostAsync(
                "/api/auth/register",
                new
                {
                    email = address,
                    password = Account.DefaultPassword,
                    displayName = name,
                }
            );
        }
    }

    private static IEnumerable<string> Alarms(TestService service, int before) =>
        service
            .Log.Lines.Skip(before)
            .Where(line =>
                line.StartsWith("Warning", StringComparison.Ordinal)
                || line.StartsWith("Error", StringComparison.Ordinal)
                || line.StartsWith("Critical", StringComparison.Ordinal)
            );
}
