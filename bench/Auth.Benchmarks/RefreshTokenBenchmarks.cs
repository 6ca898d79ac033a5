using Auth.Domain.Keys;
using Auth.Infrastructure.Security.Tokens;
using BenchmarkDotNet.Attributes;

namespace Auth.Benchmarks;

/// <summary>Refresh tokens: computing and verifying.</summary>
[MemoryDiagnoser]
public class RefreshTokenBenchmarks
{
    private readonly Tokens _tokens = new(SigningAlgorithms.HS256);
    private readonly RefreshTokens _refreshTokens;
    private readonly string _text;

    public RefreshTokenBenchmarks()
    {
        _refreshTokens = new(_tokens.MasterKeys);
        _text = _refreshTokens.Create(_tokens.Session);
    }

    [Benchmark]
    public string Make() => _refreshTokens.Create(_tokens.Session);

    [Benchmark]
    public bool Parse() => _refreshTokens.Read(_text) is { } token && _refreshTokens.IsGenuine(token, _tokens.Session);
}
