using System.Globalization;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Csv;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Which column of a CSV file holds what: as <see cref="SuppressionExport"/> writes them, and as SendGrid exports its lists (email, created
/// as Unix seconds, reason,
/// status). A file without names is a list of addresses.
/// </summary>
internal sealed record SuppressionColumns(int Email, int Recipient, int Created, int Reason, int Topic, int Status)
{
    /// <summary>In the topic column: every message.</summary>
    public const string AllTopics = "all";

    private const int MaxReasonChars = 200;
    private const int RecipientDigits = RecipientKey.Bytes * 2;

    /// <summary>Unix times beyond this are milliseconds.</summary>
    private const double MostSeconds = 1e11;

    /// <summary>Null where the record names neither an address nor a recipient's column, and holds no address itself.</summary>
    /// <param name="first">The file's first record.</param>
    /// <param name="hasNames">Whether it holds the columns' names.</param>
    public static SuppressionColumns? Of(IReadOnlyList<string> first, out bool hasNames)
    {
        var names = first.Select(name => name.Trim().ToLowerInvariant().Replace(' ', '_')).ToList();
        var columns = new SuppressionColumns(
            Find("email", "e-mail", "email_address", "address"),
            Find("recipient"),
            Find("created", "created_at", "date", "suppressed_at", "unsubscribed_at"),
            Find("reason", "source", "type"),
            Find("topic", "group", "cause"),
            Find("status")
        );
        hasNames = columns.Email >= 0 || columns.Recipient >= 0;
        if (hasNames)
            return columns;
        int address = first.ToList().FindIndex(Expect.IsEmail);
        return address < 0 ? null : new SuppressionColumns(address, -1, -1, -1, -1, -1);

        int Find(params string[] known) => names.FindIndex(known.Contains);
    }

    /// <summary>
    /// True where quotes that were not meant so made one record of several: a field that runs over lines holds an address on a later one.
    /// Nobody who wants no mail may be lost in another one's remarks.
    /// </summary>
    public static bool HoldsOthers(CsvRecord record) =>
        record.Lines > 1
        && record
            .Fields.Where(field => field.AsSpan().ContainsAny('\r', '\n'))
            .SelectMany(field => field.Split(['\r', '\n']).Skip(1))
            .SelectMany(line => line.Split([',', ';', '\t', ' ', '"', '<', '>'], StringSplitOptions.RemoveEmptyEntries))
            .Any(Expect.IsEmail);

    /// <summary>What a record says, or what is wrong with it.</summary>
    /// <param name="fields">The record.</param>
    /// <param name="key">Names recipients.</param>
    /// <param name="now">What has no time, or one to come, is of now.</param>
    /// <param name="fault">Found and expected; null where it can be read.</param>
    public Suppression? Read(IReadOnlyList<string> fields, RecipientKey key, DateTimeOffset now, out string? fault)
    {
        fault = null;
        string email = Field(fields, Email),
            recipient = Field(fields, Recipient).ToLowerInvariant(),
            topic = Field(fields, Topic);
        if (email.Length == 0 && recipient.Length == 0)
            fault = "found no address, expected one";
        else if (email.Length > 0 && !Expect.IsEmail(email))
            fault = $"found {ModelNode.Quote(email)}, expected an e-mail address such as \"ada@customer.example\"";
        else if (email.Length == 0 && !(recipient.Length == RecipientDigits && recipient.All(char.IsAsciiHexDigitLower)))
            fault =
                $"found {ModelNode.Quote(recipient)}, expected a recipient of {RecipientDigits} hexadecimal digits, as an export writes it";
        else if (!(topic.Length == 0 || topic == AllTopics || CauseCatalogue.Ids.Contains(topic)))
            fault = $"found topic {ModelNode.Quote(topic)}, expected a cause such as \"friction\", or nothing for every message";
        var created = fault is null ? Time(Field(fields, Created), now, out fault) : now;
        if (fault is not null)
            return null;
        return new Suppression(
            email.Length > 0 ? key.Of(email) : recipient,
            email.Length > 0 ? email : null,
            topic is "" or AllTopics ? null : topic,
            created < now ? created : now,
            ReasonOf(fields)
        );
    }

    private string ReasonOf(IReadOnlyList<string> fields)
    {
        string reason = string.Join(' ', ((string[])[Field(fields, Status), Field(fields, Reason)]).Where(part => part.Length > 0));
        string line = new([.. reason.Select(c => char.IsControl(c) ? ' ' : c)]);
        return line.Length <= MaxReasonChars
            ? line
            : line[..(char.IsHighSurrogate(line[MaxReasonChars - 1]) ? MaxReasonChars - 1 : MaxReasonChars)];
    }

    private static DateTimeOffset Time(string text, DateTimeOffset now, out string? fault)
    {
        fault = null;
        if (text.Length == 0)
            return now;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < 2.5e14)
            return DateTimeOffset.FromUnixTimeMilliseconds((long)(Math.Abs(number) < MostSeconds ? number * 1000 : number));
        if (
            DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var moment
            )
        )
            return moment;
        fault = $"found {ModelNode.Quote(text)} as the time, expected seconds since 1970 or a time such as \"2026-01-31T09:30:00Z\"";
        return now;
    }

    /// <summary>An export puts a mark before what a spreadsheet would take for a formula.</summary>
    private static string Field(IReadOnlyList<string> fields, int column) =>
        column >= 0 && column < fields.Count ? FormulaGuard.Remove(fields[column]).Trim() : "";
}
