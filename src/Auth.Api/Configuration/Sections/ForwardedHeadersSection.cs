using System.Net;
using System.Net.Sockets;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads the trusted proxies.</summary>
internal static class ForwardedHeadersSection
{
    // ASPNETCORE_FORWARDEDHEADERS_ENABLED: ASP.NET Core's own switch.
    private const string TrustAllKey = "ForwardedHeaders_Enabled";

    private const int SmallestPrefix = 8;
    private const int SmallestPrefix6 = 16;
    private const int MappedBits = 96;

    private static readonly IPNetwork s_private6 = IPNetwork.Parse("fc00::/7");

    public static ForwardedHeadersSettings Read(SettingValues values)
    {
        if (values.Switch(TrustAllKey, fallback: false))
        {
            values.AddError(
                TrustAllKey,
                "the setting trusts the addresses that any client claims; remove it, and list the proxies in"
                    + " ForwardedHeaders:KnownProxies."
            );
        }

        List<IPAddress> proxies = [];
        List<IPNetwork> networks = [];
        foreach (var (key, value) in values.List("ForwardedHeaders:KnownProxies"))
        {
            // A bare number would also parse as an address.
            if (IPAddress.TryParse(value, out var address) && value.AsSpan().ContainsAny('.', ':'))
            {
                proxies.Add(address);
            }
            else
            {
                values.AddError(key, $"'{value}' is not an IP address, for example 10.0.0.1");
            }
        }

        foreach (var (key, value) in values.List("ForwardedHeaders:KnownNetworks"))
        {
            if (!IPNetwork.TryParse(value, out var network))
            {
                values.AddError(key, $"'{value}' is not a network; use CIDR notation, for example 10.0.0.0/8");
            }
            else if (IsHuge(network))
            {
                values.AddError(
                    key,
                    $"'{value}' is too large: any client in it could claim any address. List the proxies."
                );
            }
            else
            {
                networks.Add(network);
            }
        }

        return new(proxies, networks);
    }

    /// <summary>Whether a network is larger than any private address range.</summary>
    private static bool IsHuge(IPNetwork network) =>
        network switch
        {
            { BaseAddress.AddressFamily: AddressFamily.InterNetwork } => network.PrefixLength < SmallestPrefix,
            // IPv4-mapped IPv6 addresses.
            { BaseAddress.IsIPv4MappedToIPv6: true, PrefixLength: >= MappedBits } => network.PrefixLength - MappedBits
                < SmallestPrefix,
            // Larger networks that contain all of them: ::/80, ::ffff:0:0/95 …
            { PrefixLength: < MappedBits }
                when network.BaseAddress.GetAddressBytes().AsSpan(0, 8).IndexOfAnyExcept((byte)0) < 0 => true,
            _ => network.PrefixLength < SmallestPrefix6
                && !(network.PrefixLength >= s_private6.PrefixLength && s_private6.Contains(network.BaseAddress)),
        };
}
