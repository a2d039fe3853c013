using System.Globalization;
using System.IO.Compression;
using System.Text;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Model.Reading;

namespace Signals.Benchmarks;

/// <summary>An invented product of films, and what its customers do: the same for the same numbers.</summary>
internal static class MadeUp
{
    public const string ModelJson = """
        {
          "product": "Bench",
          "value": { "unit": "minutes", "from": [{ "event": "Watched", "property": "seconds", "scale": 0.0166667 }] },
          "features": [
            { "id": "search", "name": "Search", "events": ["Searched"], "key": true },
            { "id": "lists", "name": "Lists", "events": ["Listed"], "key": true }
          ],
          "friction": [{ "id": "errors", "name": "errors", "events": ["Failed"] }],
          "churn": { "events": ["Left"] }
        }
        """;

    private static readonly string[] Names = ["Watched", "Watched", "Searched", "Opened", "Listed", "Watched", "Opened", "Failed"];

    /// <param name="ofGroups">True where customers are organisations.</param>
    public static ValueModel Model(bool ofGroups = false)
    {
        string json = ofGroups
            ? ModelJson.Replace("\"product\": \"Bench\",", "\"product\": \"Bench\", \"accounts\": \"group\",", StringComparison.Ordinal)
            : ModelJson;
        var read = ValueModelReader.Read(Encoding.UTF8.GetBytes(json), CauseCatalogue.All);
        return read.Model ?? throw new InvalidOperationException($"The bench's model is wrong: {string.Join("; ", read.Errors)}");
    }

    /// <summary>One event as a line of JSON, without its end.</summary>
    public static string Line(long number, int people, DateTimeOffset at)
    {
        long person = number * 7919 % people;
        string name = person % 13 == 0 && number % 4001 == 0 ? "Left" : Names[(number / 3 + person) % Names.Length];
        return string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"track","messageId":"m{{{number}}}","userId":"u{{{person}}}","event":"{{{name}}}","timestamp":"{{{at:yyyy-MM-ddTHH:mm:ss.fffZ}}}","properties":{"seconds":{{{number % 400}}}.5,"title":"Something to watch","level":"paid" },"context":{"library":{"name":"bench","version":"1" } } }"""
        );
    }

    /// <summary>Writes a gzipped stream of so many events over so many days until yesterday.</summary>
    public static string Stream(string folder, int events, int people, int days)
    {
        string file = Path.Combine(folder, $"{events}-{people}.ndjson.gz");
        var begins = new DateTimeOffset(DateTime.UtcNow.Date.AddDays(-days - 1), TimeSpan.Zero);
        double step = TimeSpan.FromDays(days).TotalMilliseconds / events;
        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest), new UTF8Encoding(false));
        for (int i = 0; i < events; i++)
        {
            writer.Write(Line(i, people, begins.AddMilliseconds(step * i)));
            writer.Write('\n');
        }
        return file;
    }

    /// <summary>Bodies of <c>/v1/batch</c> with events of the last day, all ids new.</summary>
    public static IEnumerable<byte[]> Batches(int count, int size, int people, long first = 0)
    {
        var now = DateTimeOffset.UtcNow;
        for (int batch = 0; batch < count; batch++)
        {
            long from = first + (long)batch * size;
            var lines = Enumerable.Range(0, size).Select(i => Line(from + i, people, now.AddSeconds(-((from + i) % 80_000))));
            yield return Encoding.UTF8.GetBytes($"{{\"batch\":[{string.Join(',', lines)}]}}");
        }
    }

    /// <summary>Bodies of <c>/v1/track</c>.</summary>
    public static IEnumerable<byte[]> Singles(int count, int people, long first = 0)
    {
        var now = DateTimeOffset.UtcNow;
        for (long i = first; i < first + count; i++)
            yield return Encoding.UTF8.GetBytes(Line(i, people, now.AddSeconds(-(i % 80_000))));
    }
}
