using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Auth.Application.Mail;
using Auth.Domain.Mail;

namespace Auth.Infrastructure.Security.Mail;

/// <summary>
/// Secrets of flows that are computed, not stored. The secret of a link is base64url(version | purpose | flow id |
/// generation | proof), a flow token base64url(version | purpose | flow id | proof), where the proof is an HMAC of the rest;
/// that of a link, like the code (RFC 4226 §5.3), also of the flow's salt: neither the database nor the configuration alone
/// is enough to compute it.
/// </summary>
internal sealed class FlowSecrets(MasterKeys masterKeys) : IFlowSecrets
{
    private const byte Version = 1;
    private const int PurposeAt = 1;
    private const int FlowIdAt = PurposeAt + 1;
    private const int GenerationAt = FlowIdAt + 16;
    private const int LinkProofAt = GenerationAt + sizeof(int);
    private const int LinkLength = LinkProofAt + HMACSHA256.HashSizeInBytes;
    private const int FlowProofAt = GenerationAt;
    private const int FlowLength = FlowProofAt + HMACSHA256.HashSizeInBytes;
    private const int Codes = 1_000_000;

    private static readonly int s_linkTextLength = Base64Url.GetEncodedLength(LinkLength);
    private static readonly int s_flowTextLength = Base64Url.GetEncodedLength(FlowLength);

    private readonly IReadOnlyList<DerivedKey> _linkKeys = masterKeys.Derive("mail link");
    private readonly IReadOnlyList<DerivedKey> _codeKeys = masterKeys.Derive("mail code");
    private readonly IReadOnlyList<DerivedKey> _flowKeys = masterKeys.Derive("mail flow token");

    /// <inheritdoc/>
    public string CreateFlowToken(MailFlow flow)
    {
        Span<byte> token = stackalloc byte[FlowLength];
        WriteHead(token, flow.Purpose, flow.Id);
        HMACSHA256.HashData(_flowKeys[0].Bytes, token[..FlowProofAt], token[FlowProofAt..]);
        return Base64Url.EncodeToString(token);
    }

    /// <inheritdoc/>
    public FlowToken? ReadFlowToken(string? text)
    {
        Span<byte> token = stackalloc byte[FlowLength];
        if (text?.Length != s_flowTextLength || !CanonicalBase64Url.TryDecode(text, token, out _))
        {
            return null;
        }

        Span<byte> proof = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        foreach (var key in _flowKeys)
        {
            HMACSHA256.HashData(key.Bytes, token[..FlowProofAt], proof);
            matches |= CryptographicOperations.FixedTimeEquals(proof, token[FlowProofAt..]);
        }

        return matches && token[0] == Version ? new(ReadFlowId(token), (FlowPurpose)token[PurposeAt]) : null;
    }

    /// <inheritdoc/>
    public string CreateLinkToken(MailFlow flow)
    {
        Span<byte> token = stackalloc byte[LinkLength];
        WriteHead(token, flow.Purpose, flow.Id, flow.Generation);
        ComputeProof(_linkKeys[0], token[..LinkProofAt], flow.Salt, token[LinkProofAt..]);
        return Base64Url.EncodeToString(token);
    }

    /// <inheritdoc/>
    public LinkToken? ReadLinkToken(string? text)
    {
        Span<byte> token = stackalloc byte[LinkLength];
        return
            text?.Length == s_linkTextLength && CanonicalBase64Url.TryDecode(text, token, out _) && token[0] == Version
            ? new(
                ReadFlowId(token),
                (FlowPurpose)token[PurposeAt],
                BinaryPrimitives.ReadInt32BigEndian(token[GenerationAt..]),
                token[LinkProofAt..].ToArray()
            )
            : null;
    }

    /// <inheritdoc/>
    public bool IsGenuine(LinkToken token, MailFlow flow)
    {
        Span<byte> head = stackalloc byte[LinkProofAt];
        WriteHead(head, token.Purpose, token.FlowId, token.Generation);

        // Always tries all keys, so that the time does not reveal which of them matches.
        Span<byte> proof = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        foreach (var key in _linkKeys)
        {
            ComputeProof(key, head, flow.Salt, proof);
            matches |= CryptographicOperations.FixedTimeEquals(proof, token.Secret);
        }

        return matches & (token.FlowId == flow.Id) & (token.Purpose == flow.Purpose);
    }

    /// <inheritdoc/>
    public string CreateCode(MailFlow flow) => CreateCode(_codeKeys[0], flow);

    /// <inheritdoc/>
    public bool IsCode(string code, MailFlow flow)
    {
        var matches = false;
        foreach (var key in _codeKeys)
        {
            matches |= CryptographicOperations.FixedTimeEquals(
                Encoding.UTF8.GetBytes(CreateCode(key, flow)),
                Encoding.UTF8.GetBytes(code)
            );
        }

        return matches;
    }

    private static string CreateCode(DerivedKey key, MailFlow flow)
    {
        Span<byte> head = stackalloc byte[LinkProofAt];
        WriteHead(head, flow.Purpose, flow.Id, flow.Generation);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        ComputeProof(key, head, flow.Salt, hash);

        var truncated = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (truncated % Codes).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static void WriteHead(Span<byte> token, FlowPurpose purpose, Guid flowId, int generation)
    {
        WriteHead(token, purpose, flowId);
        BinaryPrimitives.WriteInt32BigEndian(token[GenerationAt..], generation);
    }

    private static void WriteHead(Span<byte> token, FlowPurpose purpose, Guid flowId)
    {
        token[0] = Version;
        token[PurposeAt] = (byte)purpose;
        flowId.TryWriteBytes(token[FlowIdAt..], bigEndian: true, out _);
    }

    private static Guid ReadFlowId(ReadOnlySpan<byte> token) => new(token[FlowIdAt..GenerationAt], bigEndian: true);

    private static void ComputeProof(DerivedKey key, ReadOnlySpan<byte> head, byte[] salt, Span<byte> proof)
    {
        Span<byte> input = stackalloc byte[LinkProofAt + MailFlow.SaltLength];
        head.CopyTo(input);
        salt.CopyTo(input[LinkProofAt..]);
        HMACSHA256.HashData(key.Bytes, input, proof);
    }
}
