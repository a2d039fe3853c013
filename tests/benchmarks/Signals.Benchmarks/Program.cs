using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

// dotnet run -c Release --project tests/benchmarks/Signals.Benchmarks -- --filter '*'
// In process: a project generated beside this one would be built under this repository's rules, analyzers included.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(2).WithIterationCount(6);
var config = DefaultConfig.Instance.AddJob(job);
BenchmarkSwitcher.FromAssembly(typeof(Signals.Benchmarks.StoreBenchmarks).Assembly).Run(args, config);
