using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Signals.Azure.Tests")]
[assembly: InternalsVisibleTo("Signals.Testing.QueueTriggers")]
