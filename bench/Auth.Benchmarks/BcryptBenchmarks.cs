using System.Text;
using Auth.Infrastructure.Security.Passwords;
using Auth.Load;
using BenchmarkDotNet.Attributes;

namespace Auth.Benchmarks;

/// <summary>bcrypt, alone and interleaved, compared with the system's library. Times are per hash.</summary>
public class BcryptBenchmarks
{
    private const int Lanes = 4;
    private const string Password = "seven green bottles on a wall";

    private readonly Libxcrypt.Hasher? _libxcrypt = Libxcrypt.IsAvailable ? new(Password, Cost) : null;
    private readonly BcryptJob[] _inputs =
    [
        .. Enumerable
            .Range(0, Lanes)
            .Select(i => new BcryptJob(
                Encoding.UTF8.GetBytes(Password),
                [.. Enumerable.Repeat((byte)i, Bcrypt.SaltLength)],
                Cost
            )),
    ];

    private const int Cost = 10;

    [Benchmark(Baseline = true)]
    public string LibxcryptOne() => _libxcrypt?.Run() ?? throw new NotSupportedException("There is no libcrypt.so.1.");

    [Benchmark]
    public void One() => new InterleavedBcrypt().Compute(_inputs[0]);

    [Benchmark]
    public void Library() => new LibraryBcrypt().Compute(_inputs[0]);

    [Benchmark(OperationsPerInvoke = 2)]
    public void Two() => new InterleavedBcrypt().Compute(_inputs.AsSpan(0, 2));

    [Benchmark(OperationsPerInvoke = Lanes)]
    public void Four() => new InterleavedBcrypt().Compute(_inputs);
}
