using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Auth.Application.Abstractions;
using Microsoft.Extensions.Logging;

namespace Auth.Infrastructure.Security.Passwords;

/// <summary>Hashes passwords with bcrypt under a key that is not in the database, and verifies imported hashes.</summary>
/// <remarks>
/// Every comparison takes at least the time of one new hash, whatever is stored and whatever the result: a caller may reject a
/// right password for another reason. Hashes beyond a maximum cost are not computed. Passwords are hashed exactly as sent, in
/// UTF-8, without normalization (ASVS V6.2.8).
/// </remarks>
internal sealed partial class PasswordHasher : IPasswordHasher
{
    private const string KeyPurpose = "password pepper";

    // Costlier stored hashes count as damaged: one sign-in must not keep a core busy for minutes.
    private const int MaxUsualCost = 16;

    // Rejects lone surrogates, which would otherwise all become the same replacement character.
    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    private readonly IReadOnlyList<DerivedKey> _keys;
    private readonly int _cost;
    private readonly PasswordHashingQueue _queue;
    private readonly HashPadding _padding;
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
        _cost = options.BcryptCost;
        _queue = queue;
        _padding = new(queue.Bcrypt, _cost);
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
        return $"{StoredHash.KeyedPrefix}{key.Id}{BcryptHash.Format(input)}";
    }

    /// <inheritdoc/>
    public Task<PasswordVerification> VerifyAsync(string password, string? hash, CancellationToken cancellationToken)
    {
        if (hash is null || Encode(password) is not { } bytes)
        {
            return RejectAsync(cancellationToken);
        }

        if (!StoredHash.TryParse(hash, MaxStoredCost, out var stored))
        {
            LogDamagedHash(MaxStoredCost);
            return RejectAsync(cancellationToken);
        }

        return stored.Form switch
        {
            StoredHashForm.Keyed => VerifyKeyedAsync(bytes, stored, cancellationToken),
            StoredHashForm.Sha384 => VerifyBcryptAsync(Enhanced(bytes), stored, false, cancellationToken),
            StoredHashForm.Sha256Hex => VerifyBcryptAsync(Hexadecimal(bytes), stored, false, cancellationToken),
            // PBKDF2 pads short passwords with NULs: one that ends in NULs would match without them. bcrypt would stop at a NUL.
            _ when bytes.Contains((byte)0) => RejectAsync(cancellationToken),
            StoredHashForm.Pbkdf2 => VerifyCheaperAsync(
                () => stored.Pbkdf2!.Matches(bytes),
                _padding.FillAfter,
                cancellationToken
            ),
            _ when bytes.Length > Bcrypt.MaxPasswordLength => RejectAsync(cancellationToken),
            _ => VerifyBcryptAsync(bytes, stored, false, cancellationToken),
        };
    }

    /// <inheritdoc/>
    public bool CanVerify(string hash) =>
        StoredHash.TryParse(hash, MaxStoredCost, out var stored)
        && (stored.Form != StoredHashForm.Keyed || FindKey(stored) is not null);

    /// <summary>Returns the Base64 text of HMAC-SHA-384: 64 characters, so that every byte of the password counts.</summary>
    internal static byte[] Keyed(byte[] key, byte[] password) => Base64(HMACSHA384.HashData(key, password));

    /// <summary>Returns the Base64 text of SHA-384.</summary>
    internal static byte[] Enhanced(byte[] password) => Base64(SHA384.HashData(password));

    /// <summary>Returns SHA-256 in lower-case hexadecimal digits.</summary>
    private static byte[] Hexadecimal(byte[] password) =>
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(password)));

    private DerivedKey? FindKey(StoredHash stored) => _keys.FirstOrDefault(key => key.Id == stored.KeyId);

    private Task<PasswordVerification> VerifyKeyedAsync(
        byte[] password,
        StoredHash stored,
        CancellationToken cancellationToken
    )
    {
        if (FindKey(stored) is not { } key)
        {
            LogUnknownKey(stored.KeyId);
            return RejectAsync(cancellationToken);
        }

        return VerifyBcryptAsync(Keyed(key.Bytes, password), stored, key == _keys[0], cancellationToken);
    }

    private async Task<PasswordVerification> VerifyBcryptAsync(
        byte[] text,
        StoredHash stored,
        bool isCurrentKind,
        CancellationToken cancellationToken
    )
    {
        var hash = stored.Bcrypt!;
        var input = new BcryptJob(text, hash.Salt, hash.Cost);
        if (hash.Cost < _cost)
        {
            return await VerifyCheaperAsync(
                () =>
                {
                    _queue.Bcrypt.Compute(input);
                    return hash.Matches(input);
                },
                _ => _padding.FillAfter(hash.Cost),
                cancellationToken
            );
        }

        await _queue.RunAsync(input, cancellationToken);
        return (hash.Matches(input), isCurrentKind && hash.Cost == _cost) switch
        {
            (false, _) => PasswordVerification.Failed,
            (true, true) => PasswordVerification.Success,
            (true, false) => PasswordVerification.SuccessRehashNeeded,
        };
    }

    /// <summary>Verifies a hash cheaper than ours, in the time of one of ours, whether or not the password is right.</summary>
    /// <param name="matches">Computes and compares the hash.</param>
    /// <param name="fill">Does what is left of one of our hashes after an elapsed time.</param>
    private async Task<PasswordVerification> VerifyCheaperAsync(
        Func<bool> matches,
        Action<TimeSpan> fill,
        CancellationToken cancellationToken
    )
    {
        var isMatch = false;
        await _queue.RunAsync(
            () =>
            {
                var started = Stopwatch.GetTimestamp();
                isMatch = matches();
                fill(Stopwatch.GetElapsedTime(started));
            },
            cancellationToken
        );
        return isMatch ? PasswordVerification.SuccessRehashNeeded : PasswordVerification.Failed;
    }

    private async Task<PasswordVerification> RejectAsync(CancellationToken cancellationToken)
    {
        await _queue.RunAsync(HashPadding.Decoy(_cost), cancellationToken);
        return PasswordVerification.Failed;
    }

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
