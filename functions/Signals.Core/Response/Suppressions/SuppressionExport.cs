using System.Runtime.CompilerServices;
using Signals.Core.Platform.Csv;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Everybody who wants no mail, a page at a time. An address stands where a mail that is still kept tells it: the store holds keyed hashes.
/// </summary>
public sealed class SuppressionExport(SuppressionList list, Recipients recipients, OutreachRows outreach, RecipientKey key)
{
    private const int PageSize = 256;
    private const string ProductReason = "product";

    private static readonly string[] Columns = ["email", "created", "reason", "topic", "recipient"];

    /// <summary>In order of the recipients' keys.</summary>
    public async IAsyncEnumerable<Suppression> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new List<string>(PageSize);
        await foreach (string recipient in list.ReadAsync(PageSize, cancellationToken))
        {
            page.Add(recipient);
            if (page.Count < PageSize)
                continue;
            foreach (var found in await FindAsync(page, cancellationToken))
                yield return found;
            page.Clear();
        }
        foreach (var found in await FindAsync(page, cancellationToken))
            yield return found;
    }

    /// <summary>
    /// Writes them as CSV with the columns email, created (UTC, ISO 8601), reason, topic and recipient; returns how many.
    /// </summary>
    public async Task<int> WriteAsync(TextWriter csv, CancellationToken cancellationToken)
    {
        var rows = new CsvWriter(csv);
        await rows.RowAsync([.. Columns]);
        int count = 0;
        await foreach (var found in ReadAsync(cancellationToken))
        {
            await rows.RowAsync(found.Email, found.CreatedAt, found.Reason, found.Topic ?? SuppressionColumns.AllTopics, found.Recipient);
            count++;
        }
        await csv.FlushAsync(cancellationToken);
        return count;
    }

    private async Task<IEnumerable<Suppression>> FindAsync(List<string> page, CancellationToken cancellationToken) =>
        (await Task.WhenAll(page.Select(recipient => FindAsync(recipient, cancellationToken)))).SelectMany(found => found);

    /// <summary>What a recipient wants no mail of, as their own row says: the list is a hint.</summary>
    private async Task<IReadOnlyList<Suppression>> FindAsync(string recipient, CancellationToken cancellationToken)
    {
        var state = await recipients.GetAsync(recipient, cancellationToken);
        if (state.SuppressedAt is null && state.RefusedByProductAt is { } refused)
            return [new Suppression(recipient, null, null, refused, ProductReason)];
        if (state.SuppressedAt is null && state.Topics.Count == 0)
            return [];
        string source = state.SuppressedBy ?? "";
        bool isImported = source.StartsWith(SuppressionImport.Source, StringComparison.Ordinal);
        int colon = source.IndexOf(':', StringComparison.Ordinal);
        string reason =
            isImported ? source[SuppressionImport.Source.Length..]
            : colon < 0 ? source
            : source[..colon];
        string? email = isImported || colon < 0 ? null : await AddressAsync(source[(colon + 1)..], recipient, cancellationToken);
        return state.SuppressedAt is { } all
            ? [new Suppression(recipient, email, null, all, reason)]
            :
            [
                .. state
                    .Topics.OrderBy(topic => topic.Key, StringComparer.Ordinal)
                    .Select(topic => new Suppression(recipient, email, topic.Key, topic.Value, reason)),
            ];
    }

    /// <summary>The address of the mail that brought the wish.</summary>
    private async Task<string?> AddressAsync(string outreachId, string recipient, CancellationToken cancellationToken) =>
        OutreachId.Parse(outreachId) is { } id
        && await outreach.GetAsync(id, cancellationToken) is { Record.To: var to }
        && (key.Of(to) == recipient || key.FormerOf(to).Contains(recipient))
            ? to
            : null;
}
