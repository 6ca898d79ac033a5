using Auth.Domain.Audit;
using Auth.Domain.Sessions;
using Auth.Infrastructure.Persistence.Audit;
using Auth.Infrastructure.Security;

namespace Auth.UnitTests.Audit;

public sealed class AuditHasherTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] s_key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] s_otherKey = [.. Enumerable.Range(2, 32).Select(i => (byte)i)];
    private static readonly byte[] s_previous = new byte[32];

    private readonly AuditHasher _hasher = new(new MasterKeys([s_key]));

    [Fact]
    public void A_record_verifies_after_its_predecessor_and_nowhere_else()
    {
        var record = Sealed(_hasher);

        _hasher.IsValid(record, s_previous).ShouldBeTrue();
        _hasher.IsValid(record, record.Hash).ShouldBeFalse();
        record.Place(record.ChainId, 2);
        _hasher.IsValid(record, s_previous).ShouldBeFalse();
    }

    [Fact]
    public void The_hash_depends_on_the_master_key()
    {
        var stranger = new AuditHasher(new MasterKeys([s_otherKey]));

        _hasher.IsValid(Sealed(stranger), s_previous).ShouldBeFalse();
        stranger.IsValid(Sealed(_hasher), s_previous).ShouldBeFalse();
    }

    [Fact]
    public void Records_sealed_with_a_previous_master_key_are_still_valid()
    {
        var rotated = new AuditHasher(new MasterKeys([s_otherKey, s_key]));
        var record = Sealed(_hasher);

        rotated.IsValid(record, s_previous).ShouldBeTrue();
        rotated.IsPersonalDataValid(record).ShouldBeTrue();
        Sealed(rotated).Hash.ShouldNotBe(record.Hash);
    }

    [Fact]
    public void Equal_addresses_have_different_hashes_and_a_missing_address_has_none()
    {
        var (one, other) = (Sealed(_hasher), Sealed(_hasher));
        one.PersonalDataHash.ShouldNotBe(other.PersonalDataHash);

        var nowhere = AuditRecord.Create("logout", AuditOutcome.Success, new ClientInfo(null, null), s_now);
        _hasher.SealPersonalData(nowhere);
        nowhere.PersonalDataHash.ShouldBeNull();
    }

    [Fact]
    public void Times_have_the_precision_that_every_database_keeps()
    {
        var record = AuditRecord.Create("logout", AuditOutcome.Success, new ClientInfo(null, null), s_now.AddTicks(19));

        record.OccurredAt.ShouldBe(s_now.AddTicks(10));
    }

    [Fact]
    public void A_detail_that_is_too_long_is_truncated()
    {
        var record = AuditRecord.Create(
            "role.changed",
            AuditOutcome.Success,
            new ClientInfo(null, null),
            s_now,
            detail: new string('x', 5000)
        );

        record.Detail!.Length.ShouldBe(AuditRecord.DetailMaxLength);
        record.Detail.ShouldEndWith("x…");
    }

    private static AuditRecord Sealed(AuditHasher hasher)
    {
        var client = new ClientInfo("203.0.113.7", "Mozilla/5.0");
        var record = AuditRecord.Create("logout", AuditOutcome.Success, client, s_now, Guid.Empty);
        record.Place(Guid.CreateVersion7(s_now), 1);
        hasher.SealPersonalData(record);
        record.Seal(hasher.Hash(record, s_previous));
        return record;
    }
}
