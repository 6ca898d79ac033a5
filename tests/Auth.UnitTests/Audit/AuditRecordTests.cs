using Auth.Domain.Audit;
using Auth.Domain.Sessions;

namespace Auth.UnitTests.Audit;

public sealed class AuditRecordTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ClientInfo s_client = new("192.0.2.1", "test");

    [Fact]
    public void A_record_has_type_user_actor_and_origin()
    {
        var (user, actor, session) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());

        var record = AuditRecord.Create("logout", AuditOutcome.Failure, s_client, s_now, user, actor, session, "why");

        record.Id.Version.ShouldBe(7);
        (record.Type, record.Outcome, record.Detail).ShouldBe(("logout", AuditOutcome.Failure, "why"));
        (record.UserId, record.ActorId, record.SessionId).ShouldBe((user, actor, session));
        (record.IpAddress, record.UserAgent).ShouldBe(("192.0.2.1", "test"));
    }

    [Fact]
    public void Times_have_the_precision_that_every_database_keeps() =>
        Create(s_now.AddTicks(19)).OccurredAt.ShouldBe(s_now.AddTicks(10));

    [Fact]
    public void A_long_detail_is_truncated_and_marked_as_such()
    {
        Create(s_now, new string('a', 1000)).Detail.ShouldBe(new string('a', 1000));
        Create(s_now, new string('a', 1001)).Detail.ShouldBe(new string('a', 999) + "…");
        Create(s_now, detail: null).Detail.ShouldBeNull();
    }

    [Theory]
    [InlineData("logout", true)]
    [InlineData("user.roles_changed", true)]
    [InlineData("", false)]
    [InlineData("user.", false)]
    [InlineData(".user", false)]
    [InlineData("user.roles.changed", false)]
    [InlineData("User", false)]
    [InlineData("logout\n", false)]
    public void Types_are_one_or_two_lower_case_words(string type, bool valid) =>
        AuditTypes.IsWellFormed(type).ShouldBe(valid);

    [Theory]
    [InlineData(40, true)]
    [InlineData(41, false)]
    public void A_type_is_at_most_40_characters_long(int length, bool valid) =>
        AuditTypes.IsWellFormed(new string('a', length)).ShouldBe(valid);

    [Theory]
    [InlineData(AuditTypes.LoginFailed, AuditOutcome.Failure)]
    [InlineData(AuditTypes.LoginThrottled, AuditOutcome.Failure)]
    [InlineData(AuditTypes.LoginSprayingDetected, AuditOutcome.Failure)]
    [InlineData(AuditTypes.TokenReuseDetected, AuditOutcome.Failure)]
    [InlineData(AuditTypes.LoginSucceeded, AuditOutcome.Success)]
    public void Events_about_something_rejected_are_failures(string type, AuditOutcome outcome) =>
        AuditTypes.OutcomeOf(type).ShouldBe(outcome);

    private static AuditRecord Create(DateTimeOffset now, string? detail = null) =>
        AuditRecord.Create("logout", AuditOutcome.Success, s_client, now, detail: detail);
}
