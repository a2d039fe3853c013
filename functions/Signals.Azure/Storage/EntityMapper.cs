using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Signals.Core.Platform.Storage;

namespace Signals.Azure.Storage;

/// <summary>Between the port's entities and the client's; column types are the same on both sides.</summary>
internal static class EntityMapper
{
    private const string ETagColumn = "odata.etag";
    private const string TypeSuffix = "@odata.type";

    public static TableEntity ToTable(Entity entity)
    {
        var row = new TableEntity(entity.PartitionKey, entity.RowKey);
        foreach (var (name, value) in entity.Properties)
        {
            switch (value)
            {
                // JSON has no such numbers: they travel as text that is marked as a double.
                case double number when !double.IsFinite(number):
                    row[name + TypeSuffix] = "Edm.Double";
                    row[name] = number.ToString(CultureInfo.InvariantCulture);
                    break;
                case DateTimeOffset time:
                    row[name] = time.ToUniversalTime();
                    break;
                // JSON cannot hold half a character either: a text that was cut within one ends in U+FFFD.
                case string text when text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') >= 0:
                    row[name] = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
                    break;
                default:
                    row[name] = value;
                    break;
            }
        }
        return row;
    }

    /// <exception cref="InvalidDataException">What was answered is no row: it bears no keys.</exception>
    public static Entity FromTable(TableEntity row)
    {
        if (row.PartitionKey is null || row.RowKey is null)
            throw new InvalidDataException("The answer is a row without keys.");
        var columns = new Dictionary<string, object>(row.Count, StringComparer.Ordinal);
        foreach (var (name, value) in row)
        {
            if (name is nameof(TableEntity.PartitionKey) or nameof(TableEntity.RowKey) or nameof(TableEntity.Timestamp) or ETagColumn)
                continue;
            if (value is not null)
                columns[name] = Column(value);
        }
        return new Entity(row.PartitionKey, row.RowKey) { ETag = row.ETag.ToString(), Properties = columns };
    }

    private static object Column(object value) =>
        value switch
        {
            BinaryData bytes => bytes.ToArray(),
            DateTimeOffset time => time.ToUniversalTime(),
            DateTime time => new DateTimeOffset(time.ToUniversalTime()),
            _ => value,
        };
}
