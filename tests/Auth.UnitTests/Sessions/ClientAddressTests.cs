using System.Net;
using Auth.Domain.Sessions;

namespace Auth.UnitTests.Sessions;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff")]
    [InlineData("fe80::1%3", "fe80::2%4")]
    public void Equivalent_addresses_are_one_client(string one, string other) => Network(one).ShouldBe(Network(other));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.8")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    [InlineData("203.0.113.7", "2001:db8::1")]
    public void Other_addresses_are_different_clients(string one, string other) =>
        Network(one).ShouldNotBe(Network(other));

    [Fact]
    public void Clients_without_an_address_share_one() => ClientAddress.NetworkOf(null).ShouldBe(0UL);

    private static ulong Network(string address) => ClientAddress.NetworkOf(IPAddress.Parse(address));
}
