using System.Buffers.Text;
using Auth.Domain.Roles;
using Auth.Domain.Users;
using Auth.Infrastructure.Security;
using Auth.Infrastructure.Security.Lockout;

namespace Auth.UnitTests.Security.Lockout;

public sealed class KnownDevicesTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] s_oldKey = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 7))];
    private static readonly byte[] s_newKey = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 11))];

    private readonly KnownDevices _devices = new(new MasterKeys([s_oldKey]));
    private readonly User _user = NewUser("ada@example.com");
    private readonly Guid _deviceId = Guid.CreateVersion7(s_now);

    [Fact]
    public void A_token_names_its_device() =>
        _devices.Find(_devices.Issue(_user, _deviceId), _user).ShouldBe(_deviceId);

    [Fact]
    public void The_device_of_one_account_is_unknown_to_another() =>
        _devices.Find(_devices.Issue(_user, _deviceId), NewUser("bob@example.com")).ShouldBeNull();

    [Fact]
    public void A_new_password_forgets_devices_and_a_new_hash_of_the_same_does_not()
    {
        var token = _devices.Issue(_user, _deviceId);

        _user.RehashPassword(_user.PasswordHash, "another form");
        _devices.Find(token, _user).ShouldBe(_deviceId);

        _user.ChangePassword("another password", s_now);
        _devices.Find(token, _user).ShouldBeNull();
        _devices.Find(_devices.Issue(_user, _deviceId), _user).ShouldBe(_deviceId);
    }

    [Fact]
    public void Tokens_of_a_previous_master_key_are_still_valid()
    {
        var token = _devices.Issue(_user, _deviceId);

        new KnownDevices(new MasterKeys([s_newKey, s_oldKey])).Find(token, _user).ShouldBe(_deviceId);
        new KnownDevices(new MasterKeys([s_newKey])).Find(token, _user).ShouldBeNull();
    }

    [Fact]
    public void Every_single_bit_counts()
    {
        var token = Base64Url.DecodeFromChars(_devices.Issue(_user, _deviceId));
        for (var bit = 0; bit < token.Length * 8; bit++)
        {
            var forged = (byte[])token.Clone();
            forged[bit / 8] ^= (byte)(1 << (bit % 8));
            _devices.Find(Base64Url.EncodeToString(forged), _user).ShouldBeNull($"bit {bit}");
        }
    }

    [Fact]
    public void Anything_else_is_unknown()
    {
        var token = _devices.Issue(_user, _deviceId);
        string?[] others =
        [
            null,
            "",
            " ",
            token[..^1],
            token + "A",
            token + "=",
            " " + token[1..],
            new('A', 66),
            new('é', 66),
        ];

        foreach (var other in others)
        {
            _devices.Find(other, _user).ShouldBeNull(other);
        }
    }

    [Fact]
    public void Keys_of_failure_counts_reveal_neither_address_nor_device()
    {
        var keys = new FailureKeys(new MasterKeys([s_oldKey]));
        byte[][] all =
        [
            keys.OfAddress(EmailAddress.From("ada@example.com")),
            keys.OfAddress(EmailAddress.From("bob@example.com")),
            keys.OfDevice(_user.Id, _deviceId),
            keys.OfDevice(_deviceId, _user.Id),
            new FailureKeys(new MasterKeys([s_newKey])).OfAddress(EmailAddress.From("ada@example.com")),
        ];

        all.Select(Convert.ToHexString).Distinct().Count().ShouldBe(all.Length);
        keys.OfAddress(EmailAddress.From(" ADA@example.com ")).ShouldBe(all[0]);
    }

    private static User NewUser(string email) =>
        User.Register(
            EmailAddress.From(email),
            "hash",
            displayName: null,
            Role.CreateSystem(RoleName.From("viewer"), "", [], s_now),
            s_now
        );
}
