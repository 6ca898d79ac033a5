using System.Runtime.CompilerServices;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>
/// The inner loops of bcrypt, for one, two and four states at a time. A state consists of 1024 words of S-boxes followed by
/// 18 subkeys; consecutive states are <see cref="StateWords"/> words apart.
/// </summary>
/// <remarks>
/// Each table lookup depends on the one before it, so a single hash leaves most of a core idle; interleaving the rounds of
/// independent hashes fills the gaps. More than four states run out of registers and gain nothing.
/// </remarks>
internal static unsafe class EksBlowfish
{
    public const int SubkeyWords = 18;
    public const int BoxWords = 1024;

    // Padded, so that states have different offsets within their pages: at equal offsets (4K aliasing), loads of one state
    // would wait for stores of another.
    public const int StateWords = BoxWords + 32;

    public static void Mix(uint* state, uint* words)
    {
        for (var i = 0; i < SubkeyWords; i++)
        {
            state[BoxWords + i] ^= words[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Expand(uint* state)
    {
        uint left = 0;
        uint right = 0;
        // The subkeys come first in this order, but last in memory.
        var target = state + BoxWords;
        for (var i = 0; i < SubkeyWords + BoxWords; i += 2)
        {
            Encrypt(state, ref left, ref right);
            target = i == SubkeyWords ? state : target;
            target[0] = left;
            target[1] = right;
            target += 2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ExpandTwo(uint* state)
    {
        uint left1 = 0;
        uint right1 = 0;
        uint left2 = 0;
        uint right2 = 0;
        var subkeys = state + BoxWords;
        var target = subkeys;
        for (var i = 0; i < SubkeyWords + BoxWords; i += 2)
        {
            left1 ^= subkeys[0];
            left2 ^= subkeys[StateWords];
            for (var subkey = subkeys + 1; subkey < subkeys + 17; subkey += 2)
            {
                Round(state, subkey, left1, ref right1);
                Round(state + StateWords, subkey + StateWords, left2, ref right2);
                Round(state, subkey + 1, right1, ref left1);
                Round(state + StateWords, subkey + StateWords + 1, right2, ref left2);
            }

            target = i == SubkeyWords ? state : target;
            Store(subkeys, target, ref left1, ref right1);
            Store(subkeys + StateWords, target + StateWords, ref left2, ref right2);
            target += 2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ExpandFour(uint* state)
    {
        uint left1 = 0;
        uint right1 = 0;
        uint left2 = 0;
        uint right2 = 0;
        uint left3 = 0;
        uint right3 = 0;
        uint left4 = 0;
        uint right4 = 0;
        var subkeys = state + BoxWords;
        var target = subkeys;
        for (var i = 0; i < SubkeyWords + BoxWords; i += 2)
        {
            left1 ^= subkeys[0];
            left2 ^= subkeys[StateWords];
            left3 ^= subkeys[2 * StateWords];
            left4 ^= subkeys[3 * StateWords];
            for (var subkey = subkeys + 1; subkey < subkeys + 17; subkey += 2)
            {
                Round(state, subkey, left1, ref right1);
                Round(state + StateWords, subkey + StateWords, left2, ref right2);
                Round(state + (2 * StateWords), subkey + (2 * StateWords), left3, ref right3);
                Round(state + (3 * StateWords), subkey + (3 * StateWords), left4, ref right4);
                Round(state, subkey + 1, right1, ref left1);
                Round(state + StateWords, subkey + StateWords + 1, right2, ref left2);
                Round(state + (2 * StateWords), subkey + (2 * StateWords) + 1, right3, ref left3);
                Round(state + (3 * StateWords), subkey + (3 * StateWords) + 1, right4, ref left4);
            }

            target = i == SubkeyWords ? state : target;
            Store(subkeys, target, ref left1, ref right1);
            Store(subkeys + StateWords, target + StateWords, ref left2, ref right2);
            Store(subkeys + (2 * StateWords), target + (2 * StateWords), ref left3, ref right3);
            Store(subkeys + (3 * StateWords), target + (3 * StateWords), ref left4, ref right4);
            target += 2;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Encrypt(uint* state, ref uint left, ref uint right)
    {
        var subkeys = state + BoxWords;
        var l = left ^ subkeys[0];
        var r = right;
        for (var subkey = subkeys + 1; subkey < subkeys + 17; subkey += 2)
        {
            Round(state, subkey, l, ref r);
            Round(state, subkey + 1, r, ref l);
        }

        left = r ^ subkeys[17];
        right = l;
    }

    /// <summary>Stores a block; the last round does not swap the halves.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(uint* subkeys, uint* target, ref uint left, ref uint right)
    {
        (left, right) = (right ^ subkeys[17], left);
        target[0] = left;
        target[1] = right;
    }

    // Bytes as native integers become scaled addresses without sign extension. The subkey is XORed first, because it
    // does not depend on the lookups.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint* boxes, uint* subkey, uint from, ref uint to) =>
        to =
            to
            ^ *subkey
            ^ (
                (
                    (boxes[(nuint)(from >> 24)] + (boxes + 256)[(nuint)(byte)(from >> 16)])
                    ^ (boxes + 512)[(nuint)(byte)(from >> 8)]
                ) + (boxes + 768)[(nuint)(byte)from]
            );
}
