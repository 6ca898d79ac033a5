using System.Net;
using System.Net.Sockets;

namespace Auth.Api.Configuration.Sections;

/// <summary>Reads which proxies are believed.</summary>
internal static class ForwardedHeadersSection
{
    // ASPNETCORE_FORWARDEDHEADERS_ENABLED: the framework's own switch.
    private const string TrustAllKey = "ForwardedHeaders_Enabled";

    private const int SmallestPrefix = 8;
    private const int SmallestPrefix6 = 16;
    private const int MappedBits = 96;

    private static readonly IPNetwork s_private6 = IPNetwork.Parse("fc00::/7");

    /// <summary>Reads the section <c>ForwardedHeaders</c>.</summary>
    public static ForwardedHeadersSettings Read(SettingValues values)
    {
        if (values.Switch(TrustAllKey, fallback: false))
        {
            values.Refuse(
                TrustAllKey,
                "this believes whatever any client says about its address; remove it, and name the proxies in"
                    + " ForwardedHeaders:KnownProxies."
            );
        }

        List<IPAddress> proxies = [];
        List<IPNetwork> networks = [];
        foreach (var (key, value) in values.List("ForwardedHeaders:KnownProxies"))
        {
            // A lone number would be an address, too.
            if (IPAddress.TryParse(value, out var address) && value.AsSpan().ContainsAny('.', ':'))
            {
                proxies.Add(address);
            }
            else
            {
                values.Refuse(key, $"'{value}' is no IP address, for example 10.0.0.1");
            }
        }

        foreach (var (key, value) in values.List("ForwardedHeaders:KnownNetworks"))
        {
            if (!IPNetwork.TryParse(value, out var network))
            {
                values.Refuse(key, $"'{value}' is no network; write its first address and its bits, 10.0.0.0/8");
            }
            else if (IsHuge(network))
            {
                values.Refuse(
                    key,
                    $"'{value}' is far more than proxies: anybody in it could pass for any address. Name the proxies."
                );
            }
            else
            {
                networks.Add(network);
            }
        }

        return new(proxies, networks);
    }

    /// <summary>Whether a network is larger than the largest that anybody has for themselves.</summary>
    private static bool IsHuge(IPNetwork network) =>
        network switch
        {
            { BaseAddress.AddressFamily: AddressFamily.InterNetwork } => network.PrefixLength < SmallestPrefix,
            // IPv4 addresses as IPv6 shows them.
            { BaseAddress.IsIPv4MappedToIPv6: true, PrefixLength: >= MappedBits } => network.PrefixLength - MappedBits
                < SmallestPrefix,
            // Before those only what holds all of them: ::/80 and larger, ::ffff:0:0/95 …
            { PrefixLength: < MappedBits }
                when network.BaseAddress.GetAddressBytes().AsSpan(0, 8).IndexOfAnyExcept((byte)0) < 0 => true,
            _ => network.PrefixLength < SmallestPrefix6
                && !(network.PrefixLength >= s_private6.PrefixLength && s_private6.Contains(network.BaseAddress)),
        };
}
