using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Signals.Core.Intake.Events;
using Signals.Core.Platform.Time;
using Signals.Local.Backtest;

namespace Signals.Local.Import;

/// <summary>
/// Posts events to <c>/v1/history</c> of an app that runs, on this machine or on Azure, under their own ids: what came twice is a
/// duplicate there. Waits as long as the app says that it is busy, and a while for one that is away.
/// </summary>
internal sealed class AppTarget(HttpClient client, Uri app, string writeKey, TimeProvider clock) : IImportTarget
{
    /// <summary>Some room for what stands around the events.</summary>
    private const int MaxBytes = EventLimits.MaxImportBytes - 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Nobody waits for the next attempt but the import itself: it goes on until the app has been away for so long.</summary>
    private static readonly Backoff Pauses = new(int.MaxValue, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    public async Task TakeAsync(string name, IReadOnlyList<SpoolRecord> records, CancellationToken cancellationToken)
    {
        for (int at = 0; at < records.Count; )
        {
            using var body = new MemoryStream();
            await using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
            {
                long bytes = 0;
                int count = 0;
                gzip.Write("{\"batch\":["u8);
                while (at < records.Count && count < EventLimits.MaxImportEvents && bytes + records[at].Message.Length + 1 <= MaxBytes)
                {
                    if (count++ > 0)
                        gzip.WriteByte((byte)',');
                    gzip.Write(records[at].Message.Span);
                    bytes += records[at].Message.Length + 1;
                    at++;
                }
                gzip.Write("]}"u8);
            }
            await PostAsync(body.ToArray(), cancellationToken);
        }
    }

    private async Task PostAsync(byte[] body, CancellationToken cancellationToken)
    {
        long began = clock.GetTimestamp();
        for (int attempt = 1; ; attempt++)
        {
            TimeSpan? asked = null;
            string outcome;
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(app, "v1/history"))
                {
                    Content = new ByteArrayContent(body),
                };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Content.Headers.ContentEncoding.Add("gzip");
                request.Headers.Authorization = new AuthenticationHeaderValue(
                    "Basic",
                    Convert.ToBase64String(Encoding.UTF8.GetBytes(writeKey + ":"))
                );
                using var answer = await client.SendAsync(request, cancellationToken);
                if (answer.IsSuccessStatusCode)
                    return;
                string said = await answer.Content.ReadAsStringAsync(cancellationToken);
                outcome = $"{app} answered {(int)answer.StatusCode}: {(said.Length > 300 ? said[..300] : said)}";
                if (answer.StatusCode == HttpStatusCode.Unauthorized)
                    throw new BadInputException($"{app} does not know the write key; expected one of kind server (--key).");
                bool isBusy = answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests;
                if (!isBusy && (int)answer.StatusCode < 500)
                    throw new BadInputException(outcome);
                asked = answer.Headers.RetryAfter?.Delta;
                if (isBusy)
                    began = clock.GetTimestamp();
            }
            catch (Exception fault)
                when (fault is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
            {
                outcome = $"{app} cannot be reached: {fault.Message}";
            }
            if (clock.GetElapsedTime(began) > Patience)
                throw new IOException(outcome);
            await Pauses.PauseAsync(attempt, clock, cancellationToken, asked);
        }
    }
}
