using Auth.Infrastructure.Persistence;
using Auth.IntegrationTests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Auth.IntegrationTests.Sql;

public sealed class UnorderedRowTests(ServiceFixture fixture) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task A_query_that_takes_rows_without_ordering_fails_every_test()
    {
        await using var scope = fixture.Service.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<AppDbContext>().Users;

        var failure = await Should.ThrowAsync<InvalidOperationException>(() =>
            users.Take(10).ToListAsync(TestContext.Current.CancellationToken)
        );

        failure.Message.ShouldContain("RowLimitingOperationWithoutOrderByWarning");
        (
            await users.OrderBy(user => user.Id).Take(10).ToListAsync(TestContext.Current.CancellationToken)
        ).ShouldNotBeEmpty();
    }
}
