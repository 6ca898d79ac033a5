using Auth.Infrastructure.Persistence.Diagnostics;

namespace Auth.UnitTests.Diagnostics;

public sealed class AddressDiagnosticsTests
{
    private static readonly Guid s_first = Guid.CreateVersion7();
    private static readonly Guid s_second = Guid.CreateVersion7();

    [Fact]
    public void Without_shared_mailboxes_there_is_one_result()
    {
        var finding = AddressDiagnostics.Check([]).ShouldHaveSingleItem();

        finding.Level.ShouldBe(DiagnosticLevel.Ok);
        finding.Text.ShouldBe("no two users share a mailbox");
    }

    [Fact]
    public void Pending_updates_are_not_a_problem()
    {
        var finding = AddressDiagnostics
            .Check([new(s_first, "νικος@example.com", "νικοσ@example.com", OtherUserId: null)])
            .ShouldHaveSingleItem();

        finding.Level.ShouldBe(DiagnosticLevel.Ok);
        finding.Text.ShouldContain("1 stored in the form of an earlier version;");
    }

    [Fact]
    public void Two_users_with_one_mailbox_are_named_without_their_addresses()
    {
        var findings = AddressDiagnostics.Check([
            new(s_first, "ςσ@example.com", "σσ@example.com", OtherUserId: null),
            new(s_second, "σς@example.com", "σσ@example.com", s_first),
        ]);

        findings.Select(finding => finding.Level).ShouldBe([DiagnosticLevel.Warning, DiagnosticLevel.Ok]);
        findings[0].Text.ShouldStartWith($"users {s_first} and {s_second} have the same mailbox");
        findings[0].Remedy.ShouldNotBeNull().ShouldContain("DELETE /api/users/ID");
        (findings[0].Text + findings[0].Remedy).ShouldNotContain('@');
    }
}
