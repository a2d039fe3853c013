using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Signals.Core.Platform.Messaging;
using Signals.Testing.Faults;
using Signals.Testing.ServiceBus;

namespace Signals.Functions.Tests.Driven;

/// <summary>
/// The built worker while instrumentation posts to it, and what a seed has happen to it and around it: killed, told to end, paused past its
/// locks, its tables cut off or held back, calls of the broker failing, its connections dropped, SendGrid overloaded or breaking off. At the
/// end everything it said it had must be folded, once, and nothing that was never sent; and each customer whose payment failed has one mail.
/// </summary>
internal sealed class WorkerFaultRun(DrivenApp app, int seed)
{
    public static readonly TimeSpan LockDuration = TimeSpan.FromSeconds(4);

    private const int People = 5;
    private const int Customers = 4;
    private const int Connections = 2;
    private const int LargestBatch = 30;
    private const int KindsOfFaults = 9;

    /// <summary>A worker that died in the midst of a request answers never.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BetweenReviews = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan SendingLimit = TimeSpan.FromSeconds(15);

    private static readonly BrokerCall[] Calls = [BrokerCall.Send, BrokerCall.Deliver, BrokerCall.Settle, BrokerCall.RenewLock];

    private static readonly BrokerFault[] BrokerFaultsOfSeeds =
    [
        BrokerFault.DroppedBefore,
        BrokerFault.DroppedAfter,
        BrokerFault.Refused("amqp:internal-error"),
    ];

    private readonly Random _random = new(seed);
    private readonly FaultStory _story = new(seed);
    private readonly FaultBook _book = new();

    /// <summary>What happened, line by line.</summary>
    public string Story => _story.ToString();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async Task PlayAsync()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var senders = Enumerable.Range(0, Connections).Select(connection => SendAsync(connection, stop.Token)).ToList();
        var reviewing = ReviewAsync(stop.Token);
        int faults = _random.Next(2, 5);
        for (int i = 0; i < faults; i++)
        {
            await Task.Delay(_random.Next(50, 700), Cancel);
            await HappenAsync(_random.Next(KindsOfFaults));
        }
        await Task.Delay(_random.Next(50, 300), Cancel);
        await stop.CancelAsync();
        await Task.WhenAll(senders);
        await reviewing;
        await CheckFoldedAsync();
        await CheckMailAsync();
    }

    private async Task HappenAsync(int what)
    {
        switch (what)
        {
            case 0 or 1:
                await app.Worker.KillAsync();
                _story.Tell("killed");
                await app.StartWorkerAsync();
                break;
            case 2:
                int code = await app.Worker.TerminateAsync(Cancel);
                _story.Tell($"told to end, code {code}");
                _story.Insist(code == 0, $"a worker that was told to end ended with {code}: {app.Worker.Output}");
                await app.StartWorkerAsync();
                break;
            case 3:
                await LastAsync("paused", () => app.Worker.Signal("STOP"), () => app.Worker.Signal("CONT"), 6_000);
                break;
            case 4:
                await LastAsync("tables cut off", app.Wire.Cut, app.Wire.Mend, 2_000);
                break;
            case 5:
                await LastAsync("tables held back", app.Wire.Hold, app.Wire.LetGo, 5_000);
                break;
            case 6:
                var call = Calls[_random.Next(Calls.Length)];
                int count = _random.Next(1, 4);
                app.Broker.Faults.Next(
                    call,
                    Enumerable.Range(0, count).Select(_ => BrokerFaultsOfSeeds[_random.Next(BrokerFaultsOfSeeds.Length)]).ToList()
                );
                _story.Tell($"{count} faults of {call}");
                break;
            case 7:
                app.Broker.DropConnections();
                _story.Tell("the broker's connections dropped");
                break;
            default:
                var fault = (SendGridFault)_random.Next(1, 4);
                app.SendGrid.Faults.Enqueue(fault);
                _story.Tell($"SendGrid's next mail: {fault}");
                break;
        }
    }

    private async Task LastAsync(string what, Action begin, Action end, int mostMilliseconds)
    {
        int milliseconds = _random.Next(50, mostMilliseconds);
        begin();
        await Task.Delay(milliseconds, Cancel);
        end();
        _story.Tell($"{what} for {milliseconds} ms");
    }

    /// <summary>Posts batches until told to stop, sends again what was not answered, and now and then what was.</summary>
    private async Task SendAsync(int connection, CancellationToken stop)
    {
        var random = new Random(seed * 31 + connection);
        string[] last = connection == 0 ? [.. CustomersEvents()] : [];
        for (int batch = 0; !stop.IsCancellationRequested || (connection == 0 && batch == 0); batch++)
        {
            string[] events =
                last.Length > 0 && (batch == 0 || random.Next(6) == 0)
                    ? last
                    :
                    [
                        .. Enumerable
                            .Range(0, random.Next(1, LargestBatch))
                            .Select(i => $"u{random.Next(People)}-{connection}-{batch}-{i}"),
                    ];
            last = await IsTakenAsync(events, random, stop) ? events : [];
            await Task.Delay(Rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Posts until it is accepted, or until this sender gives up; customers are told of until it is.</summary>
    private async Task<bool> IsTakenAsync(string[] ids, Random random, CancellationToken stop)
    {
        _book.Send(ids);
        bool mustArrive = ids[0].StartsWith('c');
        while (mustArrive || !stop.IsCancellationRequested)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            limit.CancelAfter(AnswerLimit);
            try
            {
                using var answer = await app.SendNamedAsync("/v1/batch", ids.Select(EventOf), limit.Token);
                _book.Answer(answer.StatusCode);
                if (answer.IsSuccessStatusCode)
                {
                    _book.Acknowledge(ids);
                    return true;
                }
            }
            catch (Exception fault) when (IsOfDeath(fault))
            {
                // No worker, or it died: it may have been taken or not, and is sent again.
                if (!mustArrive && random.Next(20) == 0)
                    return false;
            }
            await Task.Delay(Rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return false;
    }

    /// <summary>Has everybody reviewed again and again until told to stop, so that mails leave while faults happen.</summary>
    private async Task ReviewAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(AnswerLimit);
            try
            {
                using var asked = await AskForReviewsAsync(limit.Token);
            }
            catch (Exception fault) when (IsOfDeath(fault))
            {
                // The worker is away; the next round asks again.
            }
            await Task.Delay(BetweenReviews, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task<HttpResponseMessage> AskForReviewsAsync(CancellationToken cancellationToken) =>
        app.Worker.Web.PostAsync(
            new Uri("/api/reviews", UriKind.Relative),
            new StringContent("", Encoding.UTF8, "application/json"),
            cancellationToken
        );

    /// <summary>What a caller meets whose worker is not there, dies meanwhile, or gave way to the next one.</summary>
    private static bool IsOfDeath(Exception fault) =>
        !Cancel.IsCancellationRequested
        && fault
            is HttpRequestException
                or IOException
                or OperationCanceledException
                or ObjectDisposedException
                or InvalidOperationException;

    private async Task CheckFoldedAsync()
    {
        await app.FoldedAsync(_book.Acknowledged);
        await app.UntilAsync(() => app.Broker.Queue(QueueNames.Usage).Count == 0);
        var counts = await app.PipelineAsync();
        _story.Tell($"sent {_book.Sent}, acknowledged {_book.Acknowledged}, {counts}");
        _story.Insist(counts is { Quarantined: 0, DeadLettered: 0 }, $"{counts}, expected none of events in quarantine or dead letters");
        var people = Enumerable.Range(0, People).Select(person => $"u{person}");
        await _book.CheckAsync(app.Worker.Web, counts.Folded, people, _story, Cancel);
    }

    /// <summary>Reviews everybody, while SendGrid may still fail; each customer has one message, and what is told of it is what became of it.</summary>
    private async Task CheckMailAsync()
    {
        using (var asked = await AskForReviewsAsync(Cancel))
            asked.EnsureSuccessStatusCode();
        // An account is written to once it was quiet for ten seconds: about then more happens, to half of the runs.
        if (_random.Next(2) == 0)
        {
            await Task.Delay(_random.Next(7_000, 11_000), Cancel);
            await HappenAsync(_random.Next(KindsOfFaults));
        }
        long sendingUntil = Environment.TickCount64 + (long)SendingLimit.TotalMilliseconds;
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        await app.UntilAsync(async () =>
        {
            states = await StatesAsync();
            return states.Count >= Customers
                && !states.ContainsValue("planned")
                && (!states.ContainsValue("sending") || Environment.TickCount64 > sendingUntil);
        });
        _story.Tell(
            $"messages: {string.Join(", ", states.Select(state => $"{state.Key} {state.Value}"))}; {app.SendGrid.Mails.Count} mails"
        );
        for (int customer = 0; customer < Customers; customer++)
        {
            int taken = app.SendGrid.SubjectsTo($"c{customer}@customer.example").Count;
            string state = states.GetValueOrDefault($"c{customer}", "none");
            // A mail that was in hand when its connection broke may have come or not, and comes no second time.
            bool isTrue = state == "sent" ? taken == 1 : state is "uncertain" or "sending" && taken <= 1;
            _story.Insist(isTrue, $"c{customer}'s message is {state}, and {taken} mails came");
        }
    }

    private async Task<Dictionary<string, string>> StatesAsync()
    {
        var page = await app.Worker.Web.GetFromJsonAsync<JsonElement>("/api/outreach", Cancel);
        var messages = page.GetProperty("items").EnumerateArray().Where(item => item.GetProperty("kind").GetString() == "message").ToList();
        var twice = messages
            .GroupBy(AccountOf, StringComparer.Ordinal)
            .Where(account => account.Count() > 1)
            .Select(account => account.Key);
        _story.Insist(!twice.Any(), $"two messages to {string.Join(", ", twice)}");
        return messages.ToDictionary(AccountOf, item => item.GetProperty("state").GetString()!, StringComparer.Ordinal);

        static string AccountOf(JsonElement item) => item.GetProperty("account").GetString()!;
    }

    private static IEnumerable<string> CustomersEvents() =>
        Enumerable.Range(0, Customers).SelectMany(customer => new[] { $"c{customer}-named", $"c{customer}-unpaid" });

    /// <summary>What an id stands for: the person, and behind the first hyphen which of their events.</summary>
    private static string EventOf(string id)
    {
        int hyphen = id.IndexOf('-', StringComparison.Ordinal);
        string person = id[..hyphen];
        string common = $"\"messageId\":\"{id}\",\"userId\":\"{person}\"";
        return id[(hyphen + 1)..] switch
        {
            "named" => $$$"""{"type":"identify",{{{common}}},"traits":{"email":"{{{person}}}@customer.example"}}""",
            "unpaid" => $$"""{"type":"track",{{common}},"event":"Payment Failed"}""",
            _ => $$"""{"type":"track",{{common}},"event":"Watched"}""",
        };
    }
}
