using Auth.Domain.Mail;

namespace Auth.UnitTests.Mail;

public sealed class MailQuotaTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Three_mails_are_sent_within_ten_minutes()
    {
        var quota = MailQuota.Create(new byte[32]);

        quota.TryCount(isShortLimited: true, s_now).ShouldBeTrue();
        quota.TryCount(isShortLimited: true, s_now.AddMinutes(1)).ShouldBeTrue();
        quota.TryCount(isShortLimited: true, s_now.AddMinutes(2)).ShouldBeTrue();
        quota.TryCount(isShortLimited: true, s_now.AddMinutes(9)).ShouldBeFalse();
        quota.TryCount(isShortLimited: true, s_now.AddMinutes(10)).ShouldBeTrue();
        quota.TryCount(isShortLimited: true, s_now.AddMinutes(10)).ShouldBeFalse();
        quota.Version.ShouldBe(4);
        quota.LastAt.ShouldBe(s_now.AddMinutes(10));
    }

    [Fact]
    public void Twenty_mails_are_sent_within_a_day()
    {
        var quota = MailQuota.Create(new byte[32]);
        for (var i = 0; i < MailQuota.MaxPerDay; i++)
        {
            quota.TryCount(isShortLimited: true, s_now.AddMinutes(10 * i)).ShouldBeTrue();
        }

        quota.TryCount(isShortLimited: true, s_now.AddHours(23)).ShouldBeFalse();
        quota.TryCount(isShortLimited: true, s_now.AddHours(24)).ShouldBeTrue();
        quota.TryCount(isShortLimited: true, s_now.AddHours(24)).ShouldBeFalse();
        quota.Times.Length.ShouldBeLessThanOrEqualTo(MailQuota.TimesMaxLength);
    }

    [Fact]
    public void The_limit_of_ten_minutes_can_be_left_out()
    {
        var quota = MailQuota.Create(new byte[32]);
        for (var i = 0; i < MailQuota.MaxPerDay; i++)
        {
            quota.TryCount(isShortLimited: false, s_now).ShouldBeTrue();
        }

        quota.TryCount(isShortLimited: false, s_now).ShouldBeFalse();
    }
}
