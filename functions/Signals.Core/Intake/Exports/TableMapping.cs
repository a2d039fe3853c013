using System.Buffers;
using System.Text;
using System.Text.Json;
using Signals.Core.Intake.Events;
using Signals.Core.Platform.Serialization;

namespace Signals.Core.Intake.Exports;

/// <summary>
/// Which column of a table says what of an event: <c>userId=User ID,event=Action,timestamp=When</c>. <c>event:=Order Paid</c> says the same
/// of every row, <c>-=Notes</c> leaves a column out, <c>plan=Tier</c> gives a property or trait another name; every other column is a
/// property (of identify and group rows: a trait) under its own name.
/// </summary>
public sealed class TableMapping
{
    private const string Ignored = "-";
    private const string Constant = ":";

    /// <summary>An event's own fields, and how headers name them, without case, spaces and underscores; the likelier first.</summary>
    private static readonly (string Field, string[] Headers)[] Known =
    [
        (
            "userId",
            ["userid", "user", "customerid", "memberid", "personid", "distinctid", "externalid", "subscriberid", "uid", "accountuserid"]
        ),
        ("anonymousId", ["anonymousid", "anonid", "deviceid", "visitorid", "cookieid"]),
        (
            "groupId",
            [
                "groupid",
                "accountid",
                "companyid",
                "organizationid",
                "organisationid",
                "orgid",
                "workspaceid",
                "teamid",
                "tenantid",
                "contextgroupid",
                "company",
                "organization",
                "organisation",
                "workspace",
                "account",
                "tenant",
                "team",
            ]
        ),
        ("event", ["eventtext", "eventname", "event", "eventtype", "action", "activity", "activityname"]),
        (
            "timestamp",
            [
                "timestamp",
                "eventtime",
                "eventtimestamp",
                "occurredat",
                "happenedat",
                "time",
                "datetime",
                "date",
                "createdat",
                "originaltimestamp",
                "when",
            ]
        ),
        ("messageId", ["messageid", "eventid", "insertid", "uuid", "eventuuid", "id"]),
        ("type", ["type", "messagetype", "calltype"]),
        ("previousId", ["previousid"]),
    ];

    /// <summary>What warehouses note of an event's way.</summary>
    private static readonly HashSet<string> Noise = new(StringComparer.Ordinal)
    {
        "receivedat",
        "sentat",
        "uuidts",
        "loadedat",
        "insertedat",
        "originaltimestamp",
        "rowid",
        "teamid",
        "event",
    };

    private static readonly string[] Objects = ["properties", "eventproperties", "traits", "userproperties"];

    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<int, string> _named = [];
    private readonly HashSet<int> _ignored = [];
    private readonly IReadOnlyList<string> _headers;

    private TableMapping(IReadOnlyList<string> headers) => _headers = headers;

    /// <summary>What is missing before rows can be events; null when they can.</summary>
    public string? Problem =>
        !Has("userId") && !Has("anonymousId") ? "no column that names the person (userId or anonymousId)"
        : !Has("event") && !Has("type") ? "no column that names the event (event), nor one name for all of them (event:=NAME)"
        : !Has("timestamp") && Constants("type") is not ("identify" or "group") ? "no column that says when (timestamp)"
        : null;

    /// <summary>Guesses by the headers and, for <c>type</c>, by a first row.</summary>
    public static TableMapping Guess(IReadOnlyList<string> headers, IReadOnlyList<string>? row)
    {
        var mapping = new TableMapping(headers);
        var plain = headers.Select(Plain).ToList();
        foreach (var (field, names) in Known)
        {
            int column = names.Select(name => plain.IndexOf(name)).FirstOrDefault(index => index >= 0 && !mapping.IsTaken(index), -1);
            if (
                column < 0
                || (
                    field == "type"
                    && !(row is not null && column < row.Count && EventTypes.All.Contains(row[column], StringComparer.Ordinal))
                )
            )
                continue;
            mapping._columns[field] = column;
        }
        for (int i = 0; i < headers.Count; i++)
        {
            if (
                !mapping.IsTaken(i)
                && (Noise.Contains(plain[i]) || (plain[i].StartsWith("context", StringComparison.Ordinal) && mapping.Has("event")))
            )
                mapping._ignored.Add(i);
        }
        // A list of people, without anything that happened.
        bool isOfPeople = plain.Intersect(["email", "name", "plan", "firstname", "role"], StringComparer.Ordinal).Any();
        if (!mapping.Has("event") && !mapping.Has("type") && mapping.Has("userId") && isOfPeople)
            mapping._constants["type"] = "identify";
        return mapping;
    }

    /// <summary>Reads what somebody said. Throws <see cref="TableMappingException"/> naming what was found and expected.</summary>
    public static TableMapping Parse(string text, IReadOnlyList<string> headers)
    {
        var mapping = new TableMapping(headers);
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
                throw new TableMappingException($"found '{part}', expected FIELD=COLUMN, FIELD:=TEXT or -=COLUMN");
            string field = part[..equals].Trim(),
                value = part[(equals + 1)..].Trim();
            if (field.EndsWith(Constant, StringComparison.Ordinal))
            {
                mapping._constants[field[..^1].Trim()] = value;
                continue;
            }
            int column = headers.ToList().FindIndex(header => header.Equals(value, StringComparison.OrdinalIgnoreCase));
            if (column < 0)
                throw new TableMappingException($"found no column '{value}', expected one of: {string.Join(", ", headers)}");
            if (field == Ignored)
                mapping._ignored.Add(column);
            else if (Array.Exists(Known, known => known.Field == field))
                mapping._columns[field] = column;
            else
                mapping._named[column] = field;
        }
        return mapping;
    }

    /// <summary>As it would be said.</summary>
    public override string ToString() =>
        string.Join(
            ",",
            [
                .. _columns.Select(entry => $"{entry.Key}={_headers[entry.Value]}"),
                .. _constants.Select(entry => $"{entry.Key}:={entry.Value}"),
                .. _named.Select(entry => $"{entry.Value}={_headers[entry.Key]}"),
                .. _ignored.Order().Select(column => $"-={_headers[column]}"),
            ]
        );

    /// <summary>The columns that become properties or traits.</summary>
    public IReadOnlyList<string> Properties =>
        [
            .. Enumerable
                .Range(0, _headers.Count)
                .Where(column => !IsTaken(column))
                .Select(column => _named.GetValueOrDefault(column, _headers[column])),
        ];

    /// <summary>A row as one of Segment's messages.</summary>
    public byte[] ToMessage(IReadOnlyList<string> fields)
    {
        string type =
            Value("type", fields)?.ToLowerInvariant() is { } said && EventTypes.All.Contains(said, StringComparer.Ordinal) ? said : "track";
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            foreach (string field in (string[])["messageId", "userId", "anonymousId", "previousId"])
                SegmentMessages.WriteText(json, field, Value(field, fields));
            if (type is "track")
                SegmentMessages.WriteText(json, "event", Value("event", fields));
            WriteTime(json, Value("timestamp", fields));
            SegmentMessages.WriteGroup(json, type, Value("groupId", fields));
            WriteProperties(json, type is "identify" or "group" ? "traits" : "properties", fields);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteProperties(Utf8JsonWriter json, string name, IReadOnlyList<string> fields)
    {
        json.WriteStartObject(name);
        var written = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < Math.Min(fields.Count, _headers.Count); i++)
        {
            if (fields[i].Length == 0 || IsTaken(i))
                continue;
            string property = _named.GetValueOrDefault(i, _headers[i]);
            if (Objects.Contains(Plain(property), StringComparer.Ordinal) && fields[i].StartsWith('{'))
                WriteObject(json, fields[i], written);
            else if (Bare(property) is { Length: > 0 } bare && written.Add(bare))
                json.WriteString(bare, fields[i]);
        }
        json.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter json, string text, HashSet<string> written)
    {
        try
        {
            using var document = ForeignJson.Parse(Encoding.UTF8.GetBytes(text));
            SegmentMessages.WriteMembers(json, document.RootElement.EnumerateObject(), written);
        }
        catch (JsonException)
        {
            // Text that only looks like an object says nothing that could be counted.
        }
    }

    /// <summary>Without the prefix that flattened exports put before names.</summary>
    private static string Bare(string name) =>
        Array.Find(
            ["properties.", "traits.", "event_properties.", "user_properties.", "properties_", "traits_"],
            prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        )
            is { } prefix
            ? name[prefix.Length..]
            : name;

    private static void WriteTime(Utf8JsonWriter json, string? time)
    {
        if (time is null)
            return;
        if (double.TryParse(time, System.Globalization.NumberStyles.AllowDecimalPoint, null, out double unix) && unix >= 100_000_000)
            json.WriteNumber("timestamp", unix);
        else
            json.WriteString("timestamp", time);
    }

    private string? Value(string field, IReadOnlyList<string> fields) =>
        _columns.TryGetValue(field, out int column)
            ? column < fields.Count && fields[column].Length > 0
                ? fields[column]
                : null
            : Constants(field);

    private string? Constants(string field) => _constants.GetValueOrDefault(field);

    private bool Has(string field) => _columns.ContainsKey(field) || _constants.ContainsKey(field);

    private bool IsTaken(int column) => _columns.ContainsValue(column) || _ignored.Contains(column);

    private static string Plain(string header) => string.Concat(header.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}

/// <summary>What was said of columns cannot be meant; the message says what was found and what is expected.</summary>
public sealed class TableMappingException(string message) : Exception(message);
