using System.Text;
using Auth.Domain.Factors;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Factors;

namespace Auth.UnitTests.Security.Factors;

public sealed class TotpTests
{
    private const int StepSeconds = 30;

    // RFC 6238 appendix B.
    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    private readonly Totp _totp = new(
        new MasterKeys([
            [.. Enumerable.Range(1, 32).Select(i => (byte)i)],
        ]),
        new JwtOptions { Issuer = "https://auth.example.com/tenant" }
    );

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void The_codes_are_those_of_the_specification(long seconds, string code) =>
        _totp.FindStep(Enrol(), code, At(seconds)).ShouldBe(seconds / StepSeconds);

    [Theory]
    [InlineData(-61, false)]
    [InlineData(-30, true)]
    [InlineData(0, true)]
    [InlineData(30, true)]
    [InlineData(60, false)]
    [InlineData(90, false)]
    public void A_code_is_good_for_its_step_and_one_either_way(int seconds, bool isGood)
    {
        var step = _totp.FindStep(Enrol(), "005924", At(1234567890 + seconds));

        step.ShouldBe(isGood ? 1234567890 / StepSeconds : null);
    }

    // With this secret, two neighboring steps have the same code.
    [Fact]
    public void A_code_that_fits_two_steps_counts_as_the_later_one_and_is_used_up_with_both()
    {
        const long Earlier = 59061240;
        const string Code = "963181";
        var app = Enrol();
        var now = At((Earlier + 1) * StepSeconds);

        _totp.FindStep(app, Code, now).ShouldBe(Earlier + 1);
        app.TryUseStep(Earlier + 1, now).ShouldBeTrue();

        _totp.FindStep(app, Code, now).ShouldBeNull();
        _totp.FindStep(app, Code, now - TimeSpan.FromSeconds(StepSeconds)).ShouldBeNull();
    }

    [Fact]
    public void A_code_that_fits_two_steps_of_which_one_is_used_up_is_good_for_the_other()
    {
        const long Earlier = 59061240;
        var app = Enrol();
        app.TryUseStep(Earlier, At(Earlier * StepSeconds)).ShouldBeTrue();

        _totp.FindStep(app, "963181", At(Earlier * StepSeconds)).ShouldBe(Earlier + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("28708٢")]
    [InlineData("\ud800\ud800\ud800\ud800\ud800\ud800")]
    public void Anything_but_six_digits_is_wrong(string code) => _totp.FindStep(Enrol(), code, At(59)).ShouldBeNull();

    [Fact]
    public void The_secret_is_stored_for_its_factor_only()
    {
        var sealedSecret = _totp.Seal(Guid.CreateVersion7(), s_secret);
        var other = Factor.EnrolTotp(Guid.CreateVersion7(), Guid.CreateVersion7(), null, sealedSecret, At(0));

        sealedSecret.AsSpan().IndexOf(s_secret).ShouldBe(-1);
        Should.Throw<System.Security.Cryptography.CryptographicException>(() =>
            _totp.FindStep(other, "287082", At(59))
        );
    }

    [Fact]
    public void A_new_secret_has_160_bits_and_an_address_that_apps_read()
    {
        var id = Guid.CreateVersion7();
        var created = _totp.Create(id, "ada+1@example.com");

        created.Text.Length.ShouldBe(32);
        created.Text.ShouldMatch("^[A-Z2-7]+$");
        created.Uri.ShouldBe(
            $"otpauth://totp/auth.example.com:ada%2B1%40example.com?secret={created.Text}"
                + "&issuer=auth.example.com&algorithm=SHA1&digits=6&period=30"
        );
        var secret = OtpNet.Base32Encoding.ToBytes(created.Text);
        var app = Factor.EnrolTotp(id, Guid.CreateVersion7(), null, created.Sealed, At(0));
        _totp.FindStep(app, new OtpNet.Totp(secret).ComputeTotp(At(3000).UtcDateTime), At(3000)).ShouldBe(100);
    }

    private Factor Enrol()
    {
        var id = Guid.CreateVersion7();
        return Factor.EnrolTotp(id, Guid.CreateVersion7(), name: null, _totp.Seal(id, s_secret), At(0));
    }

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
