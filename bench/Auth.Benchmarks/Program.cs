using Auth.Benchmarks;
using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(BcryptBenchmarks).Assembly).Run(args);
