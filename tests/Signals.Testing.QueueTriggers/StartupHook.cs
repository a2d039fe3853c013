using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Signals.Testing.QueueTriggers;

#pragma warning disable MA0047 // .NET looks for this name outside of all namespaces.

/// <summary>
/// What .NET calls first in a process whose <c>DOTNET_STARTUP_HOOKS</c> names this assembly. It waits for the worker's own host to be
/// built, and gives it readers of its queues: what the Functions host does by its Service Bus extension, which not every NuGet source has.
/// The worker itself stays as it was built.
/// </summary>
internal static class StartupHook
{
    public static void Initialize() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    private sealed class Listeners : IObserver<DiagnosticListener>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
                value.Subscribe(new Hosts());
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }

    private sealed class Hosts : IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilt", Value: IHost host })
                QueueReaders.AddTo(host.Services);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
