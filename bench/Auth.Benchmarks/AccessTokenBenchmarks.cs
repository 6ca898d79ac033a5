using Auth.Domain.Keys;
using BenchmarkDotNet.Attributes;
using Microsoft.IdentityModel.Tokens;

namespace Auth.Benchmarks;

/// <summary>Access tokens: signing, verifying a new one, and finding one in the cache.</summary>
[MemoryDiagnoser]
public class AccessTokenBenchmarks
{
    private Tokens _tokens = null!;
    private string _token = null!;

    [Params(SigningAlgorithms.ES256, SigningAlgorithms.RS256, SigningAlgorithms.PS256, SigningAlgorithms.HS256)]
    public string Algorithm { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _tokens = new(Algorithm);
        _token = _tokens.Issue();
        // A token is cached from its second use.
        _tokens.Verifier.Verify(_token);
        _tokens.Verifier.Verify(_token);
    }

    [Benchmark]
    public string Issue() => _tokens.Issue();

    [Benchmark]
    public bool VerifyNew() => _tokens.Reader.Read(_token, TimeProvider.System.GetUtcNow()).Token is not null;

    [Benchmark]
    public TokenValidationResult? VerifySeen() => _tokens.Verifier.TryGetCached(_token);
}
