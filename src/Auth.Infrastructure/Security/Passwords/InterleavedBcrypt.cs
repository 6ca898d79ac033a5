using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>Our own implementation of bcrypt, which computes up to four independent hashes in one loop.</summary>
/// <remarks>See <see cref="EksBlowfish"/> for the reason.</remarks>
internal sealed unsafe class InterleavedBcrypt : IBcrypt
{
    private const int Lanes = 4;
    private const int KeyWords = EksBlowfish.SubkeyWords;
    private const int CacheLine = 64;

    // Per hash: the state, the words of the password and those of the salt.
    private const int LaneWords = EksBlowfish.StateWords + (2 * KeyWords);

    /// <inheritdoc/>
    public int MaxLanes => Lanes;

    /// <inheritdoc/>
    public void Compute(params ReadOnlySpan<BcryptJob> inputs)
    {
        while (!inputs.IsEmpty)
        {
            var lanes = inputs.Length switch
            {
                >= Lanes => Lanes,
                >= 2 => 2,
                _ => 1,
            };
            ComputeLanes(inputs[..lanes]);
            inputs = inputs[lanes..];
        }
    }

    private static void ComputeLanes(ReadOnlySpan<BcryptJob> inputs)
    {
        var words = inputs.Length * LaneWords;
        var memory = stackalloc uint[words + (CacheLine / sizeof(uint))];
        var states = (uint*)(((nuint)memory + (CacheLine - 1)) & ~(nuint)(CacheLine - 1));
        var keys = states + (inputs.Length * EksBlowfish.StateWords);

        for (var i = 0; i < inputs.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(inputs[i].Cost, inputs[0].Cost, nameof(inputs));
            Begin(states + (i * EksBlowfish.StateWords), keys + (i * 2 * KeyWords), inputs[i]);
        }

        for (var rounds = 1L << inputs[0].Cost; rounds > 0; rounds--)
        {
            ExpandKeys(states, keys, inputs.Length);
            ExpandKeys(states, keys + KeyWords, inputs.Length);
        }

        for (var i = 0; i < inputs.Length; i++)
        {
            Finish(states + (i * EksBlowfish.StateWords), inputs[i].Digest);
        }

        CryptographicOperations.ZeroMemory(new Span<byte>(states, words * sizeof(uint)));
    }

    private static void ExpandKeys(uint* states, uint* keys, int lanes)
    {
        for (var i = 0; i < lanes; i++)
        {
            EksBlowfish.Mix(states + (i * EksBlowfish.StateWords), keys + (i * 2 * KeyWords));
        }

        switch (lanes)
        {
            case Lanes:
                EksBlowfish.ExpandFour(states);
                break;
            case 2:
                EksBlowfish.ExpandTwo(states);
                break;
            default:
                EksBlowfish.Expand(states);
                break;
        }
    }

    /// <summary>Initializes a state from pi, the password and the salt, and writes both as words for the rounds.</summary>
    private static void Begin(uint* state, uint* keys, BcryptJob input)
    {
        BlowfishTables.SubstitutionBoxes.CopyTo(new Span<uint>(state, EksBlowfish.BoxWords));
        BlowfishTables.Subkeys.CopyTo(new Span<uint>(state + EksBlowfish.BoxWords, EksBlowfish.SubkeyWords));

        var password = input.Password.AsSpan();
        var salt = keys + KeyWords;
        var position = 0;
        for (var i = 0; i < KeyWords; i++)
        {
            for (var j = 0; j < sizeof(uint); j++)
            {
                var inside = position < password.Length;
                keys[i] = (keys[i] << 8) | (inside ? password[position] : 0u);
                position = inside ? position + 1 : 0;
            }

            salt[i] = BinaryPrimitives.ReadUInt32BigEndian(input.Salt.AsSpan(i % 4 * sizeof(uint)));
        }

        EksBlowfish.Mix(state, keys);
        uint left = 0;
        uint right = 0;
        for (var i = 0; i < EksBlowfish.SubkeyWords + EksBlowfish.BoxWords; i += 2)
        {
            left ^= salt[i % 4];
            right ^= salt[(i % 4) + 1];
            EksBlowfish.Encrypt(state, ref left, ref right);
            var target = (i + EksBlowfish.BoxWords) % (EksBlowfish.BoxWords + EksBlowfish.SubkeyWords);
            state[target] = left;
            state[target + 1] = right;
        }
    }

    /// <summary>Encrypts "OrpheanBeholderScryDoubt" 64 times and drops the last of its 24 bytes.</summary>
    private static void Finish(uint* state, Span<byte> digest)
    {
        ReadOnlySpan<uint> text = [0x4F727068, 0x65616E42, 0x65686F6C, 0x64657253, 0x63727944, 0x6F756274];
        Span<byte> bytes = stackalloc byte[Bcrypt.DigestLength + 1];
        for (var i = 0; i < text.Length; i += 2)
        {
            var left = text[i];
            var right = text[i + 1];
            for (var j = 0; j < 64; j++)
            {
                EksBlowfish.Encrypt(state, ref left, ref right);
            }

            BinaryPrimitives.WriteUInt32BigEndian(bytes[(i * sizeof(uint))..], left);
            BinaryPrimitives.WriteUInt32BigEndian(bytes[((i + 1) * sizeof(uint))..], right);
        }

        bytes[..Bcrypt.DigestLength].CopyTo(digest);
    }
}
