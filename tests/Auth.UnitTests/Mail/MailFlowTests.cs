using Auth.Domain.Mail;
using Auth.Domain.Roles;
using Auth.Domain.Users;

namespace Auth.UnitTests.Mail;

public sealed class MailFlowTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Before_its_mail_nothing_is_accepted()
    {
        var flow = Start(FlowPurpose.PasswordReset);

        flow.AcceptsLink(0, s_now).ShouldBeFalse();
        flow.AcceptsCode(0, s_now).ShouldBeFalse();
    }

    [Theory]
    [InlineData(FlowPurpose.PasswordReset, 30, 10)]
    [InlineData(FlowPurpose.Invitation, 7 * 24 * 60, null)]
    public void It_expires_even_if_its_mail_is_never_prepared(FlowPurpose purpose, int minutes, int? codeMinutes)
    {
        var flow = Start(purpose);

        flow.ExpiresAt.ShouldBe(s_now.AddMinutes(minutes));
        flow.CodeExpiresAt.ShouldBe(codeMinutes is { } code ? s_now.AddMinutes(code) : null);
    }

    [Fact]
    public void Only_the_last_mail_is_accepted()
    {
        var flow = Start(FlowPurpose.PasswordReset);
        flow.Issue(s_now);
        flow.AcceptsLink(1, s_now).ShouldBeTrue();
        flow.AcceptsCode(1, s_now).ShouldBeTrue();

        flow.Issue(s_now);

        flow.AcceptsLink(1, s_now).ShouldBeFalse();
        flow.AcceptsCode(1, s_now).ShouldBeFalse();
        flow.AcceptsLink(2, s_now).ShouldBeTrue();
    }

    [Theory]
    [InlineData(FlowPurpose.Registration, 24 * 60, true)]
    [InlineData(FlowPurpose.EmailVerification, 24 * 60, true)]
    [InlineData(FlowPurpose.EmailChange, 24 * 60, true)]
    [InlineData(FlowPurpose.PasswordReset, 30, true)]
    [InlineData(FlowPurpose.Invitation, 7 * 24 * 60, false)]
    [InlineData(FlowPurpose.EmailChangeUndo, 7 * 24 * 60, false)]
    public void Links_and_codes_expire(FlowPurpose purpose, int minutes, bool hasCode)
    {
        var flow = Start(purpose);
        flow.Issue(s_now);
        var (codeEnd, linkEnd) = (s_now.AddMinutes(10), s_now.AddMinutes(minutes));

        flow.AcceptsCode(1, codeEnd.AddTicks(-1)).ShouldBe(hasCode);
        flow.AcceptsCode(1, codeEnd).ShouldBeFalse();
        flow.AcceptsLink(1, linkEnd.AddTicks(-1)).ShouldBeTrue();
        flow.AcceptsLink(1, linkEnd).ShouldBeFalse();
    }

    [Fact]
    public void It_is_used_once()
    {
        var flow = Start(FlowPurpose.PasswordReset);
        flow.Issue(s_now);

        flow.Consume(s_now);

        flow.AcceptsLink(1, s_now).ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => flow.Consume(s_now));
    }

    [Fact]
    public void Changes_of_password_address_and_factors_invalidate_it_and_others_do_not()
    {
        var user = NewUser();
        var flow = Start(FlowPurpose.PasswordReset).Bind(user);
        user.ChangeRoles([Role.Create(RoleName.From("author"), "Writes.", [], 2, s_now)], s_now);
        user.Rename("Ada");
        user.ConfirmEmail();
        flow.IsBoundTo(user).ShouldBeTrue();
        flow.IsBoundTo(NewUser()).ShouldBeFalse();

        user.ChangePassword("other", s_now);
        flow.IsBoundTo(user).ShouldBeFalse();

        flow = Start(FlowPurpose.PasswordReset).Bind(user);
        user.ChangeEmail(EmailAddress.From("other@example.com"), s_now);
        flow.IsBoundTo(user).ShouldBeFalse();

        flow = Start(FlowPurpose.PasswordReset).Bind(user);
        user.RestoreEmail(EmailAddress.From("ada@example.com"), wasConfirmed: true, s_now);
        flow.IsBoundTo(user).ShouldBeFalse();

        flow = Start(FlowPurpose.PasswordReset).Bind(user);
        user.ChangeFactors(hasSecondFactor: true, s_now);
        flow.IsBoundTo(user).ShouldBeFalse();
    }

    private static MailFlow Start(FlowPurpose purpose) =>
        MailFlow.Start(Guid.CreateVersion7(s_now), purpose, new byte[32], [1], s_now);

    private static User NewUser() =>
        User.Register(
            EmailAddress.From("ada@example.com"),
            "hash",
            displayName: null,
            Role.Create(RoleName.From("editor"), "Edits.", [], 1, s_now),
            s_now
        );
}
