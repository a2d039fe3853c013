using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Signals.Azure.Tests")]
