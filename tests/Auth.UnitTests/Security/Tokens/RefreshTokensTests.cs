using System.Buffers.Text;
using Auth.Application.Abstractions;
using Auth.Domain.Sessions;
using Auth.Infrastructure.Security.Tokens;
using FsCheck;
using FsCheck.Fluent;

namespace Auth.UnitTests.Security.Tokens;

public sealed class RefreshTokensTests
{
    private readonly RefreshTokens _tokens = new(TokenWorld.MasterKeys);
    private readonly Session _session = TokenWorld.StartSession(TokenWorld.CreateUser());

    [Fact]
    public void A_token_contains_its_session_and_generation_and_is_genuine()
    {
        _session.Rotate(1, new(null, null), new(), TokenWorld.Now);

        var token = _tokens.Read(_tokens.Create(_session)).ShouldNotBeNull();

        token.SessionId.ShouldBe(_session.Id);
        token.Generation.ShouldBe(2);
        _tokens.IsGenuine(token, _session).ShouldBeTrue();
    }

    [Fact]
    public void Each_generation_has_exactly_one_token()
    {
        var first = _tokens.Create(_session);

        _tokens.Create(_session).ShouldBe(first);
        _session.Rotate(1, new(null, null), new(), TokenWorld.Now);
        _tokens.Create(_session).ShouldNotBe(first);
    }

    [Fact]
    public void A_token_of_an_older_generation_stays_genuine()
    {
        var token = ReadNew();

        _session.Rotate(1, new(null, null), new(), TokenWorld.Now);

        _tokens.IsGenuine(token, _session).ShouldBeTrue();
    }

    [Fact]
    public void A_token_is_genuine_for_its_own_session_only()
    {
        var other = TokenWorld.StartSession(_session.User);

        _tokens.IsGenuine(ReadNew(), other).ShouldBeFalse();
        _tokens.IsGenuine(ReadNew() with { SessionId = other.Id }, other).ShouldBeFalse();
        _tokens.IsGenuine(ReadNew() with { SessionId = other.Id }, _session).ShouldBeFalse();
    }

    [Fact]
    public void A_token_is_genuine_for_its_own_generation_only() =>
        _tokens.IsGenuine(ReadNew() with { Generation = 2 }, _session).ShouldBeFalse();

    [Fact]
    public void A_token_of_a_previous_master_key_is_genuine_until_the_key_is_gone()
    {
        var token = ReadNew();

        new RefreshTokens(TokenWorld.CreateMasterKeys(2, 3, 1)).IsGenuine(token, _session).ShouldBeTrue();
        new RefreshTokens(TokenWorld.CreateMasterKeys(2, 3)).IsGenuine(token, _session).ShouldBeFalse();
    }

    [Fact]
    public void New_tokens_use_the_current_master_key()
    {
        var rotated = new RefreshTokens(TokenWorld.CreateMasterKeys(2, 1));

        var token = _tokens.Read(rotated.Create(_session)).ShouldNotBeNull();

        new RefreshTokens(TokenWorld.CreateMasterKeys(2)).IsGenuine(token, _session).ShouldBeTrue();
        _tokens.IsGenuine(token, _session).ShouldBeFalse();
    }

    [Fact]
    public void A_secret_of_the_wrong_length_is_never_genuine()
    {
        var token = ReadNew();

        foreach (var length in (int[])[0, 1, 31, 33])
        {
            var secret = new byte[length];
            token.Secret.AsSpan(0, Math.Min(length, 32)).CopyTo(secret);
            _tokens.IsGenuine(token with { Secret = secret }, _session).ShouldBeFalse();
        }
    }

    [Fact]
    public void Any_changed_bit_invalidates_a_token()
    {
        var bytes = Base64Url.DecodeFromChars(_tokens.Create(_session));
        IsGenuine(Base64Url.EncodeToString(bytes)).ShouldBeTrue();

        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            IsGenuine(Base64Url.EncodeToString(bytes)).ShouldBeFalse($"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_changed_added_or_missing_character_invalidates_a_token()
    {
        var text = _tokens.Create(_session);

        for (var i = 0; i <= text.Length; i++)
        {
            foreach (var character in "AZaz09-_+/=. \n\0é")
            {
                IsGenuine(text.Insert(i, character.ToString())).ShouldBeFalse($"insert at {i}");
                if (i < text.Length && text[i] != character)
                {
                    IsGenuine(string.Concat(text.AsSpan(0, i), [character], text.AsSpan(i + 1)))
                        .ShouldBeFalse($"at {i}");
                }
            }

            if (i < text.Length)
            {
                IsGenuine(text.Remove(i, 1)).ShouldBeFalse($"remove at {i}");
            }
        }
    }

    [Fact]
    public void Only_the_canonical_encoding_is_accepted()
    {
        var text = _tokens.Create(_session);
        _tokens.Read(text).ShouldNotBeNull();

        var unusedBitSet = text[..^1] + (char)(text[^1] + 1); // the last character carries two unused bits
        string[] others = [unusedBitSet, text + "=", " " + text, text + "\n", text[..^1], text + "A", ""];
        foreach (var other in others)
        {
            _tokens.Read(other).ShouldBeNull(other);
        }
    }

    [Theory]
    [InlineData(0, 1, false)]
    [InlineData(2, 1, false)]
    [InlineData(1, 0, false)]
    [InlineData(1, -1, false)]
    [InlineData(1, int.MinValue, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, int.MaxValue, true)]
    public void Version_and_generation_have_a_range(byte version, int generation, bool isRead)
    {
        var bytes = Base64Url.DecodeFromChars(_tokens.Create(_session));
        bytes[0] = version;
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(17), generation);

        (_tokens.Read(Base64Url.EncodeToString(bytes)) is not null).ShouldBe(isRead);
    }

    [Fact]
    public void Reading_never_throws()
    {
        _tokens.Read(null!).ShouldBeNull();
        _tokens.Read(new string('\ud800', 71)).ShouldBeNull();
        Prop.ForAll<string>(text => _tokens.Read(text) is null).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Reading_and_writing_round_trip() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte>().Generator.ArrayOf(53).ToArbitrary(),
                bytes =>
                {
                    bytes[0] = 1;
                    bytes[17] &= 0x7F;
                    var read = _tokens.Read(Base64Url.EncodeToString(bytes)).ShouldNotBeNull();
                    return bytes.AsSpan(1, 16).SequenceEqual(read.SessionId.ToByteArray(bigEndian: true))
                        && bytes.AsSpan(21).SequenceEqual(read.Secret);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_token_does_not_print_its_secret() => ReadNew().ToString().ShouldBe(nameof(RefreshToken));

    private RefreshToken ReadNew() => _tokens.Read(_tokens.Create(_session)).ShouldNotBeNull();

    private bool IsGenuine(string text) => _tokens.Read(text) is { } token && _tokens.IsGenuine(token, _session);
}
