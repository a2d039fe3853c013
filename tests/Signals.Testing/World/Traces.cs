using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Signals.Core.Intake.Ingestion;
using Signals.Core.Platform.Storage;

namespace Signals.Testing.World;

/// <summary>
/// Looks for words in bytes, in whatever encoding the app writes: UTF-8, UTF-16, base64 at any offset, hexadecimal, percent and JSON
/// escapes, a key's escapes, packed and compressed batches of events.
/// </summary>
public sealed class Traces
{
    private readonly List<(string Word, string Encoding, byte[] Bytes)> _needles = [];

    public Traces(IEnumerable<string> words)
    {
        foreach (string word in words.Distinct(StringComparer.Ordinal))
        {
            foreach (var (encoding, text) in FormsOf(word).DistinctBy(form => form.Text))
                _needles.Add((word, encoding, Encoding.UTF8.GetBytes(text)));
            _needles.Add((word, "utf-16", Encoding.Unicode.GetBytes(word)));
        }
    }

    /// <summary>What is found in every row of a store, and where.</summary>
    public async Task<List<string>> InAsync(IEntityScan scan, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        foreach (string table in tables)
        {
            await foreach (var row in scan.ScanAllAsync(table, cancellationToken))
                found.AddRange(In(row).Select(trace => $"{table}/{row.PartitionKey}/{row.RowKey}: {trace}"));
        }
        return found;
    }

    /// <summary>What is found in a message's body, compressed or not.</summary>
    public IEnumerable<string> InMessage(ReadOnlyMemory<byte> body)
    {
        var found = In(body.Span);
        try
        {
            foreach (var usageEvent in EventBatchCodec.Unpack(body).Events)
            {
                string text = $"{usageEvent} {usageEvent.UserId} {Encoding.UTF8.GetString(usageEvent.Payload.Span)}";
                found.AddRange(In(Encoding.UTF8.GetBytes(text)));
            }
        }
        catch (CorruptBatchException)
        {
            // It is searched as it is.
        }
        return found;
    }

    public List<string> In(ReadOnlySpan<byte> bytes)
    {
        var found = new List<string>();
        foreach (var (word, encoding, needle) in _needles)
        {
            if (bytes.IndexOf(needle) is >= 0 and var at)
                found.Add($"'{word}' in {encoding} at {at}");
        }
        return found;
    }

    private List<string> In(Entity row)
    {
        var found = In(Encoding.UTF8.GetBytes($"{row.PartitionKey}\n{row.RowKey}"));
        foreach (var (column, value) in row.Properties)
        {
            byte[] bytes = value as byte[] ?? Encoding.UTF8.GetBytes($"{value}");
            found.AddRange(In(bytes).Select(trace => $"{column}: {trace}"));
        }
        return found;
    }

    private static IEnumerable<(string Encoding, string Text)> FormsOf(string word)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(word);
        yield return ("utf-8", word);
        yield return ("json", JsonEncodedText.Encode(word).ToString());
        yield return ("relaxed json", JsonEncodedText.Encode(word, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString());
        yield return ("key", StorageKey.Encode(word));
        yield return ("percent", Uri.EscapeDataString(word));
        yield return ("hex", Convert.ToHexStringLower(utf8));
        yield return ("HEX", Convert.ToHexString(utf8));
        yield return ("html", System.Net.WebUtility.HtmlEncode(word));
        // Three bytes become four characters: what stands between them does not depend on what is around.
        for (int offset = 0; offset < 3; offset++)
        {
            string base64 = Convert.ToBase64String([.. new byte[offset], .. utf8]);
            string inner = base64[(offset == 0 ? 0 : 4)..(base64.Length / 4 * 4 - 4)];
            if (inner.Length >= 8)
                yield return ($"base64+{offset}", inner);
        }
    }
}
