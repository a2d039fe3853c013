using System.Globalization;
using System.Runtime.CompilerServices;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Suppressions;

/// <summary>Everybody who wants no mail, a page at a time. An address stands where a mail that is still kept tells it: the store holds keyed hashes.</summary>
public sealed class SuppressionExport(SuppressionList list, Recipients recipients, OutreachRows outreach, RecipientKey key)
{
    private const int PageSize = 256;

    private static readonly string[] Columns = ["email", "created", "reason", "topic", "recipient"];

    /// <summary>In order of the recipients' keys.</summary>
    public async IAsyncEnumerable<Suppression> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var page = new List<string>(PageSize);
        await foreach (string recipient in list.ReadAsync(PageSize, cancellationToken).ConfigureAwait(false))
        {
            page.Add(recipient);
            if (page.Count < PageSize)
                continue;
            foreach (var found in await FindAsync(page, cancellationToken).ConfigureAwait(false))
                yield return found;
            page.Clear();
        }
        foreach (var found in await FindAsync(page, cancellationToken).ConfigureAwait(false))
            yield return found;
    }

    /// <summary>Writes them as CSV with the columns email, created (UTC, ISO 8601), reason, topic and recipient; returns how many.</summary>
    public async Task<int> WriteAsync(TextWriter csv, CancellationToken cancellationToken)
    {
        await csv.WriteAsync($"{string.Join(',', Columns)}\r\n").ConfigureAwait(false);
        int count = 0;
        await foreach (var found in ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            string created = found.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            await csv.WriteAsync(string.Join(',', ((string[])[found.Email ?? "", created, Unformulated(found.Reason), found.Topic ?? SuppressionColumns.AllTopics, found.Recipient]).Select(Quoted)) + "\r\n")
                .ConfigureAwait(false);
            count++;
        }
        await csv.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }

    private async Task<IEnumerable<Suppression>> FindAsync(List<string> page, CancellationToken cancellationToken) =>
        (await Task.WhenAll(page.Select(recipient => FindAsync(recipient, cancellationToken))).ConfigureAwait(false)).SelectMany(found => found);

    /// <summary>What a recipient wants no mail of, as their own row says: the list is a hint.</summary>
    private async Task<IReadOnlyList<Suppression>> FindAsync(string recipient, CancellationToken cancellationToken)
    {
        var state = await recipients.GetAsync(recipient, cancellationToken).ConfigureAwait(false);
        if (state.SuppressedAt is null && state.Topics.Count == 0)
            return [];
        string source = state.SuppressedBy ?? "";
        bool isImported = source.StartsWith(SuppressionImport.Source, StringComparison.Ordinal);
        int colon = source.IndexOf(':', StringComparison.Ordinal);
        string reason = isImported ? source[SuppressionImport.Source.Length..] : colon < 0 ? source : source[..colon];
        string? email = isImported || colon < 0 ? null : await AddressAsync(source[(colon + 1)..], recipient, cancellationToken).ConfigureAwait(false);
        return state.SuppressedAt is { } all
            ? [new Suppression(recipient, email, null, all, reason)]
            : [.. state.Topics.OrderBy(topic => topic.Key, StringComparer.Ordinal).Select(topic => new Suppression(recipient, email, topic.Key, topic.Value, reason))];
    }

    /// <summary>The address of the mail that brought the wish.</summary>
    private async Task<string?> AddressAsync(string outreachId, string recipient, CancellationToken cancellationToken) =>
        OutreachId.Parse(outreachId) is { } id && await outreach.GetAsync(id, cancellationToken).ConfigureAwait(false) is { Record.To: var to } && key.Of(to) == recipient ? to : null;

    /// <summary>What came from outside must not become a formula in a spreadsheet.</summary>
    private static string Unformulated(string text) => text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' ? "'" + text : text;

    private static string Quoted(string field) =>
        field.AsSpan().IndexOfAny("\",\r\n;") < 0 ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
