using Auth.Domain.Mail;

namespace Auth.UnitTests.Mail;

public sealed class OutgoingMailTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_due_at_once() => NewMail().NextAttemptAt.ShouldBe(s_now);

    [Fact]
    public void It_belongs_to_a_user_and_a_flow_and_may_be_limited()
    {
        var (userId, flowId) = (Guid.CreateVersion7(s_now), Guid.CreateVersion7(s_now));

        var mail = NewMail().About(userId, flowId, sealedFacts: [3], isLimited: true);

        (mail.UserId, mail.FlowId, mail.IsLimited).ShouldBe((userId, flowId, true));
        mail.SealedFacts.ShouldBe([3]);
    }

    [Fact]
    public void What_it_says_is_decided_once()
    {
        var mail = NewMail();
        var userId = Guid.CreateVersion7(s_now);

        mail.Prepare(MailTemplate.AlreadyRegistered, userId, generation: 1, s_now);

        (mail.Template, mail.UserId, mail.Generation).ShouldBe((MailTemplate.AlreadyRegistered, userId, 1));
        mail.PreparedAt.ShouldBe(s_now);
        Should.Throw<InvalidOperationException>(() => mail.Prepare(MailTemplate.VerifyEmail, userId, 2, s_now));
    }

    [Fact]
    public void A_discarded_mail_is_not_tried_again()
    {
        var (prepared, other) = (NewMail(), NewMail());
        prepared.Prepare(MailTemplate.VerifyEmail, userId: null, generation: 1, s_now);

        prepared.Discard(s_now.AddHours(1));
        other.Discard(s_now.AddHours(1));

        (prepared.NextAttemptAt, other.NextAttemptAt).ShouldBe((null, null));
        (prepared.PreparedAt, other.PreparedAt).ShouldBe((s_now, s_now.AddHours(1)));
    }

    private static OutgoingMail NewMail() =>
        OutgoingMail.Create(Guid.CreateVersion7(s_now), MailTemplate.VerifyEmail, "en", ([1], [2]), s_now);
}
