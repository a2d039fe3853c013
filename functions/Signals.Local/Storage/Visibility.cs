using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Signals.Local.Tests")]
