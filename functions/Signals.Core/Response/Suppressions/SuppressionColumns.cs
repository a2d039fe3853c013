using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Core.Platform.Addresses;
using Signals.Core.Platform.Csv;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Outreach;

namespace Signals.Core.Response.Suppressions;

/// <summary>
/// Which column of a CSV file holds what (-1: none does): as <see cref="SuppressionExport"/> writes them, and as mail services export their
/// lists (<see cref="SuppressionColumnNames"/>). A file without names is a list of addresses.
/// </summary>
internal sealed record SuppressionColumns(
    int Email,
    int Recipient,
    int Created,
    int Reason,
    int Topic,
    int Status,
    int OptedOut,
    int OptedIn
)
{
    /// <summary>In the topic column: every message.</summary>
    public const string AllTopics = "all";

    private const int MaxReasonChars = 200;
    private const int RecipientDigits = RecipientKey.Bytes * 2;

    private static readonly HashSet<string> Yes = new(StringComparer.OrdinalIgnoreCase)
    {
        "true",
        "yes",
        "y",
        "1",
        "x",
        "on",
        "oui",
        "o",
        "ja",
        "j",
        "si",
        "sí",
        "vrai",
        "wahr",
    };

    private static readonly HashSet<string> No = new(StringComparer.OrdinalIgnoreCase)
    {
        "",
        "false",
        "no",
        "n",
        "0",
        "off",
        "non",
        "nein",
        "faux",
        "falsch",
        "null",
        "never",
    };

    /// <summary>What a status calls somebody who takes mail.</summary>
    private static readonly HashSet<string> Taking = new(StringComparer.OrdinalIgnoreCase)
    {
        "subscribed",
        "active",
        "optedin",
        "optin",
        "confirmed",
        "enabled",
        "abonné",
        "aktiv",
    };

    /// <summary>The columns that a first record names; none are known where it holds an address.</summary>
    public static SuppressionColumns Named(IReadOnlyList<string> first)
    {
        if (first.Any(IsAddress))
            return new SuppressionColumns(-1, -1, -1, -1, -1, -1, -1, -1);
        var names = first.Select(PlainName.Of).ToList();
        return new SuppressionColumns(
            Find(SuppressionColumnNames.Email),
            Find(SuppressionColumnNames.Recipient),
            Find(SuppressionColumnNames.Created),
            Find(SuppressionColumnNames.Reason),
            Find(SuppressionColumnNames.Topic),
            Find(SuppressionColumnNames.Status),
            Find(SuppressionColumnNames.OptedOut),
            Find(SuppressionColumnNames.OptedIn)
        );

        int Find(string[] known) => known.Select(name => names.IndexOf(name)).FirstOrDefault(column => column >= 0, -1);
    }

    /// <summary>How many columns are known.</summary>
    public int Known => new[] { Email, Recipient, Created, Reason, Topic, Status, OptedOut, OptedIn }.Count(column => column >= 0);

    /// <summary>True for a field that holds one address and nothing that is none.</summary>
    public static bool IsAddress(string field) =>
        field.AsSpan().ContainsAny('@', '\uff20') && Mailbox.Parse(FormulaGuard.Remove(field)) is not null;

    /// <summary>
    /// True where quotes that were not meant so may have made one record of several: a field that runs over lines holds an @ on a later
    /// one. Nobody who wants no mail may be lost in another one's remarks.
    /// </summary>
    public static bool HoldsOthers(CsvRecord record) =>
        record.Lines > 1
        && record
            .Fields.Where(field => field.AsSpan().ContainsAny('\r', '\n'))
            .SelectMany(field => field.Split(['\r', '\n']).Skip(1))
            .Any(line => line.AsSpan().ContainsAny('@', '\uff20'));

    /// <summary>What a record says, or what is wrong with it.</summary>
    /// <param name="fields">The record.</param>
    /// <param name="file">How it is written.</param>
    /// <param name="key">Names recipients.</param>
    /// <param name="now">What has no time, or one to come, is of now.</param>
    /// <param name="problem">Found and expected: a fault where there is no entry, else what could not be read beside the address.</param>
    public Suppression? Read(IReadOnlyList<string> fields, SuppressionFile file, RecipientKey key, DateTimeOffset now, out string? problem)
    {
        string email = Field(fields, Email),
            recipient = Field(fields, Recipient);
        if (email.Length == 0 && recipient.Contains('@'))
            (email, recipient) = (recipient, "");
        problem = email.Length > 0 ? AddressFault(email, file) : RecipientFault(recipient.ToLowerInvariant());
        problem ??= TopicFault(Field(fields, Topic)) ?? WishFault(fields);
        if (problem is not null)
            return null;
        var created = file.Dates.Read(TimeOf(fields), out string unread);
        if (created is null && TimeOf(fields) is { Length: > 0 } time)
            problem = $"found {ModelNode.Quote(time)} as the time, {unread}; suppressed as of now";
        string topic = Field(fields, Topic);
        return new Suppression(
            email.Length > 0 ? key.Of(email) : recipient.ToLowerInvariant(),
            email.Length > 0 ? email : null,
            topic is "" or AllTopics ? null : topic,
            created < now ? created.Value : now,
            ReasonOf(fields)
        );
    }

    /// <summary>When: by the column for it, else by one that says since when somebody is opted out.</summary>
    public string TimeOf(IReadOnlyList<string> fields)
    {
        if (Field(fields, Created) is { Length: > 0 } time)
            return time;
        string since = Field(fields, OptedOut);
        return Yes.Contains(since) || !since.Any(char.IsAsciiDigit) ? "" : since;
    }

    private static string? AddressFault(string email, SuppressionFile file) =>
        !Mailbox.TryParse(email, out _, out string wrong)
            ? $"found {ModelNode.Quote(email)}, expected an e-mail address such as \"ada@customer.example\" ({wrong})"
        : !file.KnowsLetters && !System.Text.Ascii.IsValid(email)
            ? $"found {ModelNode.Quote(email)} in a file whose letters are not sure, expected such an address in a file in UTF-8"
        : null;

    private static string? RecipientFault(string recipient) =>
        recipient.Length == 0 ? "found no address, expected one"
        : recipient.Length == RecipientDigits && recipient.All(char.IsAsciiHexDigitLower) ? null
        : $"found {ModelNode.Quote(recipient)}, expected a recipient of {RecipientDigits} hexadecimal digits, as an export writes it";

    private static string? TopicFault(string topic) =>
        topic.Length == 0 || topic == AllTopics || CauseCatalogue.Ids.Contains(topic) || OutreachTopics.Kinds.Contains(topic)
            ? null
            : $"found topic {ModelNode.Quote(topic)}, expected a cause such as \"friction\", or nothing for every message";

    /// <summary>A list of everybody tells in a column of its own who wants no mail: the others are no opt-outs.</summary>
    private string? WishFault(IReadOnlyList<string> fields)
    {
        if (OptedOut >= 0 && No.Contains(Field(fields, OptedOut)))
            return Fault("opted out", Field(fields, OptedOut));
        if (OptedIn >= 0 && Yes.Contains(Field(fields, OptedIn)))
            return Fault("subscribed", Field(fields, OptedIn));
        return Status >= 0 && Taking.Contains(PlainName.Of(Field(fields, Status))) ? Fault("the status", Field(fields, Status)) : null;

        static string Fault(string what, string found) => $"found {ModelNode.Quote(found)} as {what}, expected somebody who wants no mail";
    }

    private string ReasonOf(IReadOnlyList<string> fields)
    {
        string reason = string.Join(' ', ((string[])[Field(fields, Status), Field(fields, Reason)]).Where(part => part.Length > 0));
        string line = new([.. reason.Select(c => char.IsControl(c) ? ' ' : c)]);
        return line.Length <= MaxReasonChars
            ? line
            : line[..(char.IsHighSurrogate(line[MaxReasonChars - 1]) ? MaxReasonChars - 1 : MaxReasonChars)];
    }

    /// <summary>An export puts a mark before what a spreadsheet would take for a formula.</summary>
    private static string Field(IReadOnlyList<string> fields, int column) =>
        column >= 0 && column < fields.Count ? FormulaGuard.Remove(fields[column]).Trim() : "";
}
