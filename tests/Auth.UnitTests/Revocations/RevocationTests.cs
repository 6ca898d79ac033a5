using Auth.Domain.Revocations;

namespace Auth.UnitTests.Revocations;

public sealed class RevocationTests
{
    [Fact]
    public void The_calling_session_continues_after_changes_of_its_user_and_after_no_end()
    {
        string[] continuing = ["roles_changed", "password_changed", "email_changed", "factors_changed"];

        RevocationReasons.All.Where(RevocationReasons.SessionContinues).ShouldBe(continuing, ignoreOrder: true);
    }

    [Fact]
    public void Reasons_fit_into_their_column_and_differ()
    {
        RevocationReasons.All.ShouldBeUnique();
        RevocationReasons.All.ShouldAllBe(reason => reason.Length <= RevocationReasons.MaxLength);
    }

    [Fact]
    public void Only_a_revocation_of_everything_has_no_subject()
    {
        var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        Revocation.OfEverything(RevocationReasons.AdminRevoked, now).IsOfEverything.ShouldBeTrue();
        Revocation.OfUser(Guid.CreateVersion7(), 2, RevocationReasons.Logout, now).IsOfEverything.ShouldBeFalse();
        Revocation.OfSession(Guid.CreateVersion7(), RevocationReasons.Logout, now).IsOfEverything.ShouldBeFalse();
    }
}
