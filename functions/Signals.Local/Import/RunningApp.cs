using Signals.Local.Storage;

namespace Signals.Local.Import;

/// <summary>
/// Where the app that has a data folder open listens: it says so in the folder's <c>address</c>, so that a command beside it can reach it.
/// </summary>
internal static class RunningApp
{
    private const string FileName = "address";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Says where the app is, until the result is disposed.</summary>
    public static IDisposable Announce(string dataFolder, string url)
    {
        string path = Path.Combine(dataFolder, FileName);
        File.Delete(path);
        using (var file = new StreamWriter(path, PrivateFiles.Options(FileMode.CreateNew, FileAccess.Write)))
            file.Write(url);
        return new Announcement(path);
    }

    /// <summary>The address of the app that has the folder open; null when none answers there.</summary>
    public static async Task<Uri?> FindAsync(string dataFolder, HttpClient client, CancellationToken cancellationToken)
    {
        string path = Path.Combine(dataFolder, FileName);
        if (!File.Exists(path) || !Uri.TryCreate(await File.ReadAllTextAsync(path, cancellationToken), UriKind.Absolute, out var url))
            return null;
        // One that was killed leaves its address behind.
        url = new UriBuilder(url) { Host = url.Host is "0.0.0.0" or "[::]" or "+" or "*" ? "localhost" : url.Host }.Uri;
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(Patience);
            using var answer = await client.GetAsync(new Uri(url, "healthz"), patience.Token);
            return answer.IsSuccessStatusCode ? url : null;
        }
        catch (Exception fault)
            when (fault is HttpRequestException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private sealed class Announcement(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
