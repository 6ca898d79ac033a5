using Auth.Domain.Factors;

namespace Auth.UnitTests.Factors;

public sealed class FactorTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_enrolment_is_confirmed_with_a_code_which_is_used_up()
    {
        var app = NewApp();
        app.IsConfirmed.ShouldBeFalse();

        app.Confirm(step: 100, s_now);

        app.IsConfirmed.ShouldBeTrue();
        app.LastUsedAt.ShouldBe(s_now);
        app.TryUseStep(99, s_now).ShouldBeFalse();
        app.TryUseStep(100, s_now).ShouldBeFalse();
        app.TryUseStep(101, s_now).ShouldBeTrue();
        app.TryUseStep(101, s_now).ShouldBeFalse();
    }

    [Fact]
    public void An_enrolment_expires_after_ten_minutes_and_a_confirmed_app_never()
    {
        var app = NewApp();
        app.IsExpiredAt(s_now.AddMinutes(10).AddTicks(-1)).ShouldBeFalse();
        app.IsExpiredAt(s_now.AddMinutes(10)).ShouldBeTrue();

        app.Confirm(step: 1, s_now);

        app.IsExpiredAt(s_now.AddYears(1)).ShouldBeFalse();
    }

    // Every change competes with every other: a use with a removal, a name with a use.
    [Fact]
    public void Every_change_raises_the_version()
    {
        var app = NewApp();
        var versions = new List<int> { app.Version };
        app.Confirm(step: 1, s_now);
        versions.Add(app.Version);
        app.TryUseStep(2, s_now);
        versions.Add(app.Version);
        app.Rename("Phone");
        versions.Add(app.Version);
        versions.ShouldBe([0, 1, 2, 3]);

        var passkey = NewPasskey(counter: 0);
        passkey.UsePasskey(0, isBackedUp: false, s_now);
        passkey.Version.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 0, true)] // an authenticator without a counter
    [InlineData(0, 1, true)]
    [InlineData(5, 6, true)]
    [InlineData(5, 5, false)]
    [InlineData(5, 4, false)]
    [InlineData(5, 0, false)]
    public void The_counter_of_a_passkey_has_to_grow_unless_there_is_none(long stored, long received, bool grows)
    {
        var passkey = NewPasskey(stored);

        passkey.UsePasskey(received, isBackedUp: true, s_now).ShouldBe(grows);

        passkey.Passkey!.SignatureCounter.ShouldBe(received);
        passkey.LastUsedAt.ShouldBe(s_now);
    }

    private static Factor NewApp() =>
        Factor.EnrolTotp(Guid.CreateVersion7(), Guid.CreateVersion7(), name: null, [1], s_now);

    private static Factor NewPasskey(long counter) =>
        Factor.AddPasskey(
            Guid.CreateVersion7(),
            name: null,
            PasskeyCredential.Create(
                [1],
                [2],
                [3],
                counter,
                transports: "internal",
                Guid.Empty,
                isBackupEligible: true,
                isBackedUp: false
            ),
            s_now
        );
}
