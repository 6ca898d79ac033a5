using Auth.Domain.Roles;
using Auth.Domain.Sessions;
using Auth.Domain.Users;
using Auth.Infrastructure.Persistence;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Sql;

public sealed class RefreshBatchTests
{
    [Theory]
    [InlineData(nameof(DatabaseProvider.SqlServer))]
    [InlineData(nameof(DatabaseProvider.Postgres))]
    public async Task The_largest_batch_is_stored_in_one_round_trip(string engine)
    {
        await using var recorder = new SqlRecorder(Enum.Parse<DatabaseProvider>(engine));
        var role = Role.Create(RoleName.From("viewer"), description: null, [], number: 1, SqlRecorder.Now);
        var user = User.Register(EmailAddress.From("ada@example.com"), "$2b$12$some", null, role, SqlRecorder.Now);

        var commands = await recorder.RecordAsync(async services =>
        {
            var context = services.GetRequiredService<AppDbContext>();
            for (var i = 0; i < RefreshBatches.MaxSize; i++)
            {
                var session = Session.Start(user, new(null, null), new SessionPolicy(), SqlRecorder.Now);
                context.Attach(session);
                session.Rotate(1, new("203.0.113.7", "Browser/1.0"), new SessionPolicy(), SqlRecorder.Now.AddHours(1));
            }

            await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        });

        var updates = commands.Where(command => command.Text.Contains("UPDATE", StringComparison.Ordinal)).ToList();
        updates.ShouldHaveSingleItem().Text.Split("UPDATE").Length.ShouldBe(RefreshBatches.MaxSize + 1);
    }
}
