using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Signals.Local.Tests")]
[assembly: InternalsVisibleTo("Signals.Benchmarks")]
