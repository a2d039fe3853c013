using System.Diagnostics;

namespace Signals.Local.Tests.Storage;

/// <summary>A process that writes to a data folder until it is killed, and tells which writes were acknowledged.</summary>
internal sealed class StorageWriterProcess : IDisposable
{
    private readonly Process _process;

    private StorageWriterProcess(Process process) => _process = process;

    public static StorageWriterProcess Start(string dataFolder)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { "exec", Path.Combine(AppContext.BaseDirectory, "Signals.StorageWriter.dll"), dataFolder },
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        return new StorageWriterProcess(Process.Start(start)!);
    }

    /// <summary>The next line it prints; null once it has ended and everything was read.</summary>
    public ValueTask<string?> ReadLineAsync(CancellationToken cancellationToken) =>
        _process.StandardOutput.ReadLineAsync(cancellationToken);

    /// <summary>kill -9: no handler runs, nothing is flushed.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Kills it and reads it dry, so that it cannot hang on a full pipe.</summary>
    public async Task KillAndWaitAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
