using Auth.IntegrationTests.Lockout;
using Auth.IntegrationTests.Support;

namespace Auth.IntegrationTests.Factors;

/// <summary>Somebody who knows the password guesses codes, through two instances.</summary>
public sealed class FactorGuessingTests(LockoutFixture service) : IClassFixture<LockoutFixture>
{
    private const int Threshold = 10;
    private const int InFlight = 32;

    [Fact]
    public async Task Every_wrong_code_is_counted_few_are_compared_and_the_owners_device_signs_in()
    {
        var guesses = Proof.Rounds(everyTime: 100, full: 1000);
        var (registered, device) = await service.RegisterOnDeviceAsync();
        var enrolled = await service.Client.EnrolAppAsync(registered, service.Clock);
        var challenge = await service.Client.BeginLoginAsync(enrolled.Account);
        service.Clock.Advance(TimeSpan.FromSeconds(30));
        var wrong = enrolled.App.WrongCodeAt(service.Clock.GetUtcNow());

        await Parallel.ForEachAsync(
            Enumerable.Range(0, guesses),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = InFlight,
                CancellationToken = TestContext.Current.CancellationToken,
            },
            async (guess, _) =>
                await (guess % 2 == 0 ? service.Client : service.OtherInstance)
                    .CompleteLoginAsync(challenge, wrong)
                    .ShouldBeProblemAsync(401, "INVALID_CODE")
        );

        var compared = service.Sum("Failures", registered.Id);
        compared.ShouldBeInRange(Threshold, Threshold + InFlight);
        (compared + service.Sum("Refusals", registered.Id)).ShouldBe(guesses);
        service.Records("second_factor.failed", registered.Id).ShouldBe(guesses);

        // The right code is not compared any more, except on the owner's device.
        var right = enrolled.App.CodeAt(service.Clock.GetUtcNow());
        await service.Client.CompleteLoginAsync(challenge, right).ShouldBeProblemAsync(401, "INVALID_CODE");
        var problem = await service
            .LoginAsync(registered.Email, registered.Password, device)
            .ShouldBeProblemAsync(401, "SECOND_FACTOR_REQUIRED");
        await service
            .Client.PostAsync(
                "/api/auth/login/second-factor",
                new
                {
                    challenge = problem.Text("challenge"),
                    code = right,
                    deviceToken = device,
                }
            )
            .ShouldBeAsync(200);
    }
}
