using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Signals.Testing.Faults;

/// <summary>
/// What instrumentation sent in a run, what the app said it had of it, and how it answered; at the end what is folded is held against it.
/// An event's id begins with its person and a hyphen.
/// </summary>
public sealed class FaultBook
{
    private readonly ConcurrentDictionary<string, byte> _sent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _acknowledged = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<HttpStatusCode, int> _answers = new();

    public int Sent => _sent.Count;

    public int Acknowledged => _acknowledged.Count;

    public void Send(IEnumerable<string> ids) => Add(_sent, ids);

    public void Acknowledge(IEnumerable<string> ids) => Add(_acknowledged, ids);

    public void Answer(HttpStatusCode status) => _answers.AddOrUpdate(status, 1, (_, count) => count + 1);

    /// <summary>
    /// Holds what is folded against the book: all that was acknowledged, nothing that was not sent, over all and of each person (their
    /// events "Watched"); and every answer says that it was taken, or that it may be sent again.
    /// </summary>
    public async Task CheckAsync(
        HttpClient app,
        long folded,
        IEnumerable<string> people,
        FaultStory story,
        CancellationToken cancellationToken
    )
    {
        story.Insist(
            folded >= Acknowledged && folded <= Sent,
            $"folded {folded}, expected {Acknowledged} that were acknowledged to {Sent} that were sent"
        );
        foreach (string person in people)
        {
            int sent = Of(_sent, person),
                acknowledged = Of(_acknowledged, person),
                counted = await CountAsync(app, person, cancellationToken);
            story.Insist(
                counted >= acknowledged && counted <= sent,
                $"{person} has {counted} events, expected {acknowledged} that were acknowledged to {sent} that were sent"
            );
        }
        story.Insist(
            _answers.Keys.All(status => (int)status is 200 or 429 or 503),
            $"answers were {string.Join(", ", _answers.Select(answer => $"{(int)answer.Key} x {answer.Value}"))}"
        );
    }

    private static void Add(ConcurrentDictionary<string, byte> book, IEnumerable<string> ids)
    {
        foreach (string id in ids)
            book.TryAdd(id, 0);
    }

    private static int Of(ConcurrentDictionary<string, byte> book, string person) =>
        book.Keys.Count(id => id.StartsWith(person + "-", StringComparison.Ordinal));

    private static async Task<int> CountAsync(HttpClient app, string person, CancellationToken cancellationToken)
    {
        using var response = await app.GetAsync(new Uri($"/api/people/{person}", UriKind.Relative), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return 0;
        response.EnsureSuccessStatusCode();
        var file = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return file.GetProperty("accounts")
            .EnumerateArray()
            .SelectMany(account => account.GetProperty("events").EnumerateArray())
            .Where(seen => seen.GetProperty("name").GetString() == "Watched")
            .Sum(seen => seen.GetProperty("count").GetInt32());
    }
}
