using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Signals.Testing.Faults;

namespace Signals.Local.Tests.Faults;

/// <summary>
/// Product instrumentation as it is: posts batches over several connections to wherever the app is at the moment, sends again what was not
/// answered, and now and then what was. Keeps the book of what was sent, and of what the app said it had. The first events tell of
/// customers whose payment failed, as many as it is asked for.
/// </summary>
internal sealed class FaultSender(int seed, string writeKey, string?[] address, int customers) : IDisposable
{
    private const int Many = 5;

    private const int Connections = 3;
    private const int LargestBatch = 40;
    private const string Named = "named";
    private const string Unpaid = "unpaid";

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(15);

    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly string[] _customers = [.. Enumerable.Range(0, customers).SelectMany(EventsOf)];
    private bool _isKnown = customers == 0;

    /// <summary>Whose use is sent.</summary>
    public static IEnumerable<string> People => Enumerable.Range(0, Many).Select(person => $"u{person}");

    public FaultBook Book { get; } = new();

    public void Dispose() => _client.Dispose();

    /// <summary>Tells of the customers if nobody took it so far: else nothing of theirs could be expected.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        var random = new Random(seed);
        while (!_isKnown)
            _isKnown = await PostKeptAsync(_customers, random, cancellationToken);
    }

    /// <summary>Sends until told to stop; then what is still in hand is given up.</summary>
    public Task SendAsync(CancellationToken stop) =>
        Task.WhenAll(
            Enumerable.Range(0, Connections).Select(connection => SendAsync(connection, new Random(seed * 31 + connection), stop))
        );

    private async Task SendAsync(int connection, Random random, CancellationToken stop)
    {
        IReadOnlyList<string> last = [];
        if (connection == 0 && !_isKnown)
            _isKnown = await PostKeptAsync(_customers, random, stop);
        for (int batch = 0; !stop.IsCancellationRequested; batch++)
        {
            var ids =
                last.Count > 0 && random.Next(6) == 0
                    ? last
                    : [.. Enumerable.Range(0, random.Next(1, LargestBatch)).Select(i => $"u{random.Next(Many)}-{connection}-{batch}-{i}")];
            if (await PostKeptAsync(ids, random, stop))
                last = ids;
            await Task.Delay(Rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> PostKeptAsync(IReadOnlyList<string> ids, Random random, CancellationToken stop)
    {
        Book.Send(ids);
        if (!await PostAsync(ids, random, stop))
            return false;
        Book.Acknowledge(ids);
        return true;
    }

    /// <summary>Posts until it is accepted, or until this sender gives up.</summary>
    private async Task<bool> PostAsync(IReadOnlyList<string> ids, Random random, CancellationToken stop)
    {
        for (int attempt = 0; attempt < 200 && !stop.IsCancellationRequested; attempt++)
        {
            if (Volatile.Read(ref address[0]) is { } app)
            {
                try
                {
                    using var request = new HttpRequestMessage(HttpMethod.Post, app + "/v1/batch") { Content = Body(ids) };
                    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", writeKey);
                    using var response = await _client.SendAsync(request, CancellationToken.None);
                    Book.Answer(response.StatusCode);
                    if (response.IsSuccessStatusCode)
                        return true;
                }
                catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
                {
                    // Nobody answered: it may have been taken or not, and is sent again.
                    if (random.Next(40) == 0)
                        return false;
                }
            }
            await Task.Delay(Rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return false;
    }

    private static IEnumerable<string> EventsOf(int customer)
    {
        string person = FaultDeliveries.PersonOf(customer);
        return [$"{person}-{Named}", $"{person}-{Unpaid}"];
    }

    private static StringContent Body(IReadOnlyList<string> ids)
    {
        string now = DateTimeOffset.UtcNow.ToString("O", CultureInfo.InvariantCulture);
        return new StringContent(
            $"{{\"batch\":[{string.Join(',', ids.Select(id => EventOf(id, now)))}]}}",
            Encoding.UTF8,
            "application/json"
        );
    }

    /// <summary>What an id stands for: the person, and behind the first hyphen which of their events.</summary>
    private static string EventOf(string id, string now)
    {
        int hyphen = id.IndexOf('-', StringComparison.Ordinal);
        string common = $"\"messageId\":\"{id}\",\"userId\":\"{id[..hyphen]}\",\"timestamp\":\"{now}\"";
        return id[(hyphen + 1)..] switch
        {
            Named =>
                $$$"""{"type":"identify",{{{common}}},"traits":{"email":"{{{FaultDeliveries.AddressOf(int.Parse(id[1..hyphen], CultureInfo.InvariantCulture))}}}"}}""",
            Unpaid => $$$"""{"type":"track",{{{common}}},"event":"Payment Failed","properties":{"amount":10}}""",
            _ => $$$"""{"type":"track",{{{common}}},"event":"Watched","properties":{"seconds":60}}""",
        };
    }
}
