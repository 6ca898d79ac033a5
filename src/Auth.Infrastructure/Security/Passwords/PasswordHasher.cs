using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Auth.Application.Abstractions;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>Hashes passwords with bcrypt under a key that is not in the database, and verifies imported hashes.</summary>
/// <remarks>
/// <para>The stored forms; all but the first are only verified, and replaced after a successful sign-in:</para>
/// <list type="table">
/// <item><term><c>$bcrypt-hmac-sha384$k=0a1b2c3d$2b$12$…</c></term><description>
/// ours: bcrypt of the Base64 text of HMAC-SHA-384 of the password; <c>k</c> is the id of the key
/// </description></item>
/// <item><term><c>$bcrypt-sha384$2a$11$…</c></term><description>
/// BCrypt.Net-Next "enhanced" (SHA-384): bcrypt of the Base64 text of SHA-384 of the password. Its own text looks like
/// plain bcrypt, so the import has to prefix it with <c>$bcrypt-sha384</c>
/// </description></item>
/// <item><term><c>$2a$10$…</c>, <c>$2b$</c>, <c>$2y$</c></term><description>
/// bcrypt of the password itself. Passwords of more than 72 bytes or with a NUL never match: bcrypt would truncate them
/// </description></item>
/// <item><term><c>$bcrypt-sha256-hex$2b$12$…</c></term><description>
/// Django's <c>bcrypt_sha256</c>: bcrypt of SHA-256 of the password in hexadecimal
/// </description></item>
/// <item><term><c>$pbkdf2-sha256$i=600000$…$…</c></term><description>
/// PBKDF2 with SHA-1, SHA-256 or SHA-512: see <see cref="Pbkdf2Hash"/>
/// </description></item>
/// <item><term>Base64</term><description>ASP.NET Core Identity, version 2 or 3: see <see cref="IdentityHash"/></description></item>
/// </list>
/// <para>
/// Every comparison takes at least the time of one new hash, whatever is stored and whatever the result: a caller may reject a
/// right password for another reason. Hashes beyond a maximum cost are not computed. Passwords are hashed exactly as sent, in
/// UTF-8, without normalization (ASVS V6.2.8).
/// </para>
/// </remarks>
internal sealed partial class PasswordHasher : IPasswordHasher
{
    /// <summary>The prefix of our hashes, followed by the id of the master key.</summary>
    public const string KeyedPrefix = "$bcrypt-hmac-sha384$k=";

    private const string KeyPurpose = "password pepper";
    private const string EnhancedPrefix = "$bcrypt-sha384";
    private const string HexPrefix = "$bcrypt-sha256-hex";
    private const string Pbkdf2Prefix = "$pbkdf2-";
    private const int KeyIdLength = 8;

    // Costlier stored hashes count as damaged: one sign-in must not keep a core busy for minutes.
    private const int MaxUsualCost = 16;

    // Rejects lone surrogates, which would otherwise all become the same replacement character.
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private readonly IReadOnlyList<DerivedKey> _keys;
    private readonly IBcrypt _bcrypt;
    private readonly int _cost;
    private readonly PasswordHashingQueue _queue;
    private readonly ILogger<PasswordHasher> _logger;

    public PasswordHasher(
        MasterKeys masterKeys,
        PasswordOptions options,
        PasswordHashingQueue queue,
        ILogger<PasswordHasher> logger
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BcryptCost, Bcrypt.MinCost, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BcryptCost, Bcrypt.MaxCost, nameof(options));
        _keys = masterKeys.Derive(KeyPurpose);
        _bcrypt = queue.Bcrypt;
        _cost = options.BcryptCost;
        _queue = queue;
        _logger = logger;
    }

    private int MaxStoredCost => Math.Max(_cost, MaxUsualCost);

    /// <inheritdoc/>
    public async Task<string> HashAsync(string password, CancellationToken cancellationToken)
    {
        var bytes =
            Encode(password) ?? throw new ArgumentException("The password is not valid Unicode.", nameof(password));
        var key = _keys[0];
        var input = new BcryptJob(Keyed(key.Bytes, bytes), RandomNumberGenerator.GetBytes(Bcrypt.SaltLength), _cost);
        await _queue.RunAsync(input, cancellationToken);
        return $"{KeyedPrefix}{key.Id}{BcryptHash.Format(input)}";
    }

    /// <inheritdoc/>
    public Task<PasswordVerification> VerifyAsync(string password, string? hash, CancellationToken cancellationToken)
    {
        if (hash is null || Encode(password) is not { } bytes)
        {
            return RejectAsync(cancellationToken);
        }

        if (hash.StartsWith(KeyedPrefix, StringComparison.Ordinal))
        {
            return VerifyKeyedAsync(bytes, hash.AsSpan(KeyedPrefix.Length), cancellationToken);
        }

        if (hash.StartsWith(EnhancedPrefix, StringComparison.Ordinal))
        {
            return Parse(hash.AsSpan(EnhancedPrefix.Length)) is { } enhanced
                ? VerifyAsync(Enhanced(bytes), enhanced, isCurrentKind: false, cancellationToken)
                : RejectDamagedAsync(cancellationToken);
        }

        if (hash.StartsWith(HexPrefix, StringComparison.Ordinal))
        {
            return Parse(hash.AsSpan(HexPrefix.Length)) is { } hexadecimal
                ? VerifyAsync(Hexadecimal(bytes), hexadecimal, isCurrentKind: false, cancellationToken)
                : RejectDamagedAsync(cancellationToken);
        }

        if (TryParsePbkdf2(hash, out var pbkdf2))
        {
            return VerifyPbkdf2Async(bytes, pbkdf2, cancellationToken);
        }

        return Parse(hash) is { } plain
            ? VerifyPlainAsync(bytes, plain, cancellationToken)
            : RejectDamagedAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public bool CanVerify(string hash)
    {
        if (hash.StartsWith(KeyedPrefix, StringComparison.Ordinal))
        {
            var text = hash.AsSpan(KeyedPrefix.Length);
            return text.Length > KeyIdLength
                && Parse(text[KeyIdLength..]) is not null
                && _keys.Any(key => hash.AsSpan(KeyedPrefix.Length).StartsWith(key.Id, StringComparison.Ordinal));
        }

        return hash.StartsWith(EnhancedPrefix, StringComparison.Ordinal)
                ? Parse(hash.AsSpan(EnhancedPrefix.Length)) is not null
            : hash.StartsWith(HexPrefix, StringComparison.Ordinal) ? Parse(hash.AsSpan(HexPrefix.Length)) is not null
            : TryParsePbkdf2(hash, out _) || Parse(hash) is not null;
    }

    /// <summary>Returns the Base64 text of HMAC-SHA-384: 64 characters, so that every byte of the password counts.</summary>
    internal static byte[] Keyed(byte[] key, byte[] password) => Base64(HMACSHA384.HashData(key, password));

    /// <summary>Returns the Base64 text of SHA-384.</summary>
    internal static byte[] Enhanced(byte[] password) => Base64(SHA384.HashData(password));

    /// <summary>Returns SHA-256 in lower-case hexadecimal digits.</summary>
    private static byte[] Hexadecimal(byte[] password) =>
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(password)));

    private Task<PasswordVerification> VerifyKeyedAsync(
        byte[] password,
        ReadOnlySpan<char> text,
        CancellationToken cancellationToken
    )
    {
        if (text.Length < KeyIdLength || Parse(text[KeyIdLength..]) is not { } stored)
        {
            return RejectDamagedAsync(cancellationToken);
        }

        var keyId = text[..KeyIdLength].ToString();
        if (_keys.FirstOrDefault(key => key.Id == keyId) is not { } key)
        {
            LogUnknownKey(keyId);
            return RejectAsync(cancellationToken);
        }

        return VerifyAsync(Keyed(key.Bytes, password), stored, isCurrentKind: key == _keys[0], cancellationToken);
    }

    private Task<PasswordVerification> VerifyPlainAsync(
        byte[] password,
        BcryptHash stored,
        CancellationToken cancellationToken
    ) =>
        password.Length > Bcrypt.MaxPasswordLength || password.Contains((byte)0)
            ? RejectAsync(cancellationToken)
            : VerifyAsync(password, stored, isCurrentKind: false, cancellationToken);

    // PBKDF2 pads short passwords with NULs: one that ends in NULs would match without them.
    private Task<PasswordVerification> VerifyPbkdf2Async(
        byte[] password,
        Pbkdf2Hash stored,
        CancellationToken cancellationToken
    ) =>
        password.Contains((byte)0)
            ? RejectAsync(cancellationToken)
            : VerifyAloneAsync(() => stored.Matches(password), RemainingAfter, cancellationToken);

    private async Task<PasswordVerification> VerifyAsync(
        byte[] text,
        BcryptHash stored,
        bool isCurrentKind,
        CancellationToken cancellationToken
    )
    {
        var input = new BcryptJob(text, stored.Salt, stored.Cost);
        if (stored.Cost < _cost)
        {
            return await VerifyAloneAsync(
                () =>
                {
                    _bcrypt.Compute(input);
                    return stored.Matches(input);
                },
                _ => RemainingFraction(1, stored.Cost, _cost),
                cancellationToken
            );
        }

        await _queue.RunAsync(input, cancellationToken);
        return (stored.Matches(input), isCurrentKind && stored.Cost == _cost) switch
        {
            (false, _) => PasswordVerification.Failed,
            (true, true) => PasswordVerification.Success,
            (true, false) => PasswordVerification.SuccessRehashNeeded,
        };
    }

    /// <summary>Returns the fraction of the time of one hash that is left after computing cheaper ones.</summary>
    /// <param name="count">The number of cheaper hashes.</param>
    /// <param name="cheaper">Their cost.</param>
    /// <param name="cost">The cost of the one hash.</param>
    /// <returns>At most 1; negative if they took longer.</returns>
    internal static double RemainingFraction(double count, int cheaper, int cost) =>
        1 - (count * Math.ScaleB(1, cheaper - cost));

    /// <summary>Returns the costs of hashes that together take a fraction of the time of one hash.</summary>
    /// <param name="fraction">The fraction, from 0 to 1; negative values count as 0.</param>
    /// <param name="cost">The cost of the one hash.</param>
    internal static IEnumerable<int> CostsOfFraction(double fraction, int cost)
    {
        for (var next = cost; next >= Bcrypt.MinCost; next--)
        {
            var size = Math.ScaleB(1, next - cost);
            if (fraction >= size)
            {
                fraction -= size;
                yield return next;
            }
        }
    }

    /// <summary>Verifies a hash cheaper than ours, in the time of one of ours, whether or not the password is right.</summary>
    /// <param name="matches">Computes and compares the hash.</param>
    /// <param name="left">Returns the fraction of the time of one of our hashes that is left after an elapsed time.</param>
    /// <param name="cancellationToken">Leaves the queue.</param>
    private async Task<PasswordVerification> VerifyAloneAsync(
        Func<bool> matches,
        Func<TimeSpan, double> left,
        CancellationToken cancellationToken
    )
    {
        var isMatch = false;
        await _queue.RunAsync(
            () =>
            {
                var started = Stopwatch.GetTimestamp();
                isMatch = matches();
                foreach (var cost in CostsOfFraction(left(Stopwatch.GetElapsedTime(started)), _cost))
                {
                    _bcrypt.Compute(Decoy(cost));
                }
            },
            cancellationToken
        );
        return isMatch ? PasswordVerification.SuccessRehashNeeded : PasswordVerification.Failed;
    }

    /// <summary>
    /// Returns the fraction of the time of one of our hashes that is left after an elapsed time. It measures an eighth of one,
    /// which counts as spent as well.
    /// </summary>
    private double RemainingAfter(TimeSpan elapsed)
    {
        var sample = Math.Max(Bcrypt.MinCost, _cost - 3);
        var started = Stopwatch.GetTimestamp();
        _bcrypt.Compute(Decoy(sample));
        return RemainingFraction(1 + (elapsed / Stopwatch.GetElapsedTime(started)), sample, _cost);
    }

    private async Task<PasswordVerification> RejectAsync(CancellationToken cancellationToken)
    {
        await _queue.RunAsync(Decoy(_cost), cancellationToken);
        return PasswordVerification.Failed;
    }

    private Task<PasswordVerification> RejectDamagedAsync(CancellationToken cancellationToken)
    {
        LogDamagedHash(MaxStoredCost);
        return RejectAsync(cancellationToken);
    }

    private static bool TryParsePbkdf2(string text, [NotNullWhen(true)] out Pbkdf2Hash? hash) =>
        text.StartsWith(Pbkdf2Prefix, StringComparison.Ordinal)
            ? Pbkdf2Hash.TryParse(text, out hash)
            : IdentityHash.TryParse(text, out hash);

    private static BcryptJob Decoy(int cost) => new([], new byte[Bcrypt.SaltLength], cost);

    private BcryptHash? Parse(ReadOnlySpan<char> text) =>
        BcryptHash.TryParse(text, out var hash) && hash.Cost <= MaxStoredCost ? hash : null;

    private static byte[]? Encode(string password)
    {
        try
        {
            return StrictUtf8.GetBytes(password);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    private static byte[] Base64(byte[] hash) => Encoding.ASCII.GetBytes(Convert.ToBase64String(hash));

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A stored password hash is damaged, or its cost exceeds {MaxCost}: its owner cannot sign in."
    )]
    private partial void LogDamagedHash(int maxCost);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "A stored password hash uses key {KeyId}, which is not configured: its owner cannot sign in."
    )]
    private partial void LogUnknownKey(string keyId);
}
