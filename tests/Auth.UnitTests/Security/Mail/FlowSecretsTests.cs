using System.Buffers.Text;
using Auth.Domain.Mail;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Mail;

namespace Auth.UnitTests.Security.Mail;

public sealed class FlowSecretsTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] s_old = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 7))];
    private static readonly byte[] s_new = [.. Enumerable.Range(1, 32).Select(i => (byte)(i * 5))];

    private readonly FlowSecrets _secrets = new(new MasterKeys([s_new]));

    public static TheoryData<FlowPurpose> Purposes => [.. Enum.GetValues<FlowPurpose>()];

    [Theory]
    [MemberData(nameof(Purposes))]
    public void What_is_created_is_accepted(FlowPurpose purpose)
    {
        var flow = NewFlow(purpose, mails: 3);

        var link = _secrets.ReadLinkToken(_secrets.CreateLinkToken(flow)).ShouldNotBeNull();
        link.FlowId.ShouldBe(flow.Id);
        link.Purpose.ShouldBe(purpose);
        link.Generation.ShouldBe(3);
        _secrets.IsGenuine(link, flow).ShouldBeTrue();
        _secrets.IsCode(_secrets.CreateCode(flow), flow).ShouldBeTrue();
        _secrets.ReadFlowToken(_secrets.CreateFlowToken(flow)).ShouldBe(new(flow.Id, purpose));
    }

    [Fact]
    public void Links_of_other_flows_purposes_and_generations_are_not_genuine()
    {
        var flow = NewFlow(FlowPurpose.PasswordReset);
        var token = _secrets.ReadLinkToken(_secrets.CreateLinkToken(flow))!;

        _secrets.IsGenuine(token, NewFlow(FlowPurpose.PasswordReset)).ShouldBeFalse();
        _secrets.IsGenuine(token with { Generation = 2 }, flow).ShouldBeFalse();
        _secrets.IsGenuine(token with { Purpose = FlowPurpose.Invitation }, flow).ShouldBeFalse();
        flow.BecomeInvitation();
        _secrets.IsGenuine(token, flow).ShouldBeFalse();
    }

    [Fact]
    public void A_changed_character_makes_every_token_invalid()
    {
        var flow = NewFlow(FlowPurpose.EmailChange);
        var (link, flowToken) = (_secrets.CreateLinkToken(flow), _secrets.CreateFlowToken(flow));
        for (var i = 0; i < link.Length; i++)
        {
            var changed = _secrets.ReadLinkToken(Change(link, i));
            (changed is not null && _secrets.IsGenuine(changed, flow)).ShouldBeFalse();
        }

        for (var i = 0; i < flowToken.Length; i++)
        {
            _secrets.ReadFlowToken(Change(flowToken, i)).ShouldBeNull();
        }
    }

    [Fact]
    public void Only_the_canonical_text_is_read()
    {
        var flow = NewFlow(FlowPurpose.EmailChange);
        foreach (var text in new[] { _secrets.CreateLinkToken(flow), _secrets.CreateFlowToken(flow) })
        {
            string?[] others =
            [
                null,
                "",
                text + "=",
                text + " ",
                " " + text,
                text[..^1],
                text + "A",
                text.Replace('-', '+').Replace('_', '/') + "==",
                Base64Url.EncodeToString(new byte[Base64Url.DecodeFromChars(text).Length]),
            ];
            others.ShouldAllBe(other => _secrets.ReadLinkToken(other) == null);
            others.ShouldAllBe(other => _secrets.ReadFlowToken(other) == null);
        }
    }

    [Fact]
    public void A_link_is_not_a_flow_token()
    {
        var flow = NewFlow(FlowPurpose.PasswordReset);

        _secrets.ReadFlowToken(_secrets.CreateLinkToken(flow)).ShouldBeNull();
        _secrets.ReadLinkToken(_secrets.CreateFlowToken(flow)).ShouldBeNull();
    }

    [Fact]
    public void Codes_are_six_digits_that_differ_by_flow_and_generation()
    {
        var codes = Enumerable
            .Range(0, 2000)
            .Select(i => _secrets.CreateCode(NewFlow(FlowPurpose.PasswordReset, mails: 1 + (i % 3))))
            .ToList();

        codes.ShouldAllBe(code => code.Length == 6 && code.All(char.IsAsciiDigit));
        codes.Distinct().Count().ShouldBeGreaterThan(1950); // of a million, two in 2,000 are equal about twice
        codes.GroupBy(code => code[0]).Count().ShouldBe(10);
    }

    [Fact]
    public void Neither_the_row_nor_the_master_key_alone_is_enough()
    {
        var flow = NewFlow(FlowPurpose.PasswordReset);
        var link = _secrets.ReadLinkToken(_secrets.CreateLinkToken(flow))!;

        new FlowSecrets(new MasterKeys([s_old])).IsGenuine(link, flow).ShouldBeFalse();
        var sameIdOtherSalt = MailFlow.Start(flow.Id, flow.Purpose, new byte[32], [1], s_now);
        sameIdOtherSalt.Issue(s_now);
        _secrets.IsGenuine(link, sameIdOtherSalt).ShouldBeFalse();
        _secrets.CreateLinkToken(sameIdOtherSalt).ShouldNotBe(_secrets.CreateLinkToken(flow));
    }

    [Fact]
    public void Previous_master_keys_are_accepted()
    {
        var before = new FlowSecrets(new MasterKeys([s_old]));
        var after = new FlowSecrets(new MasterKeys([s_new, s_old]));
        var flow = NewFlow(FlowPurpose.PasswordReset);

        after.IsGenuine(after.ReadLinkToken(before.CreateLinkToken(flow))!, flow).ShouldBeTrue();
        after.IsCode(before.CreateCode(flow), flow).ShouldBeTrue();
        after.ReadFlowToken(before.CreateFlowToken(flow)).ShouldNotBeNull();
        _secrets.ReadFlowToken(before.CreateFlowToken(flow)).ShouldBeNull();
    }

    [Fact]
    public void Secrets_are_not_printed()
    {
        var flow = NewFlow(FlowPurpose.PasswordReset);

        $"{_secrets.ReadLinkToken(_secrets.CreateLinkToken(flow))}".ShouldBe("LinkToken");
    }

    private static MailFlow NewFlow(FlowPurpose purpose, int mails = 1)
    {
        var flow = MailFlow.Start(Guid.CreateVersion7(s_now), purpose, new byte[32], [1], s_now);
        for (var i = 0; i < mails; i++)
        {
            flow.Issue(s_now);
        }

        return flow;
    }

    private static string Change(string text, int index) =>
        text[..index] + (text[index] == 'A' ? 'B' : 'A') + text[(index + 1)..];
}
