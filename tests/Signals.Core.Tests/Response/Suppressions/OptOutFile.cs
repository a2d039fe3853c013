using System.Text;
using CsCheck;
using Signals.Core.Platform.Addresses;

namespace Signals.Core.Tests.Response.Suppressions;

/// <summary>A generated list of opt-outs: what is in it, and how somebody's tool wrote it.</summary>
/// <param name="Rows">Who, and what else their line holds.</param>
/// <param name="Header">The names of the columns; empty for none.</param>
/// <param name="Separator">Between fields.</param>
/// <param name="End">Of a line.</param>
/// <param name="Encoding">By name.</param>
/// <param name="HasMark">A byte order mark.</param>
/// <param name="HasHint">A first line such as <c>sep=;</c>.</param>
internal sealed record OptOutFile(
    IReadOnlyList<OptOutRow> Rows,
    string[] Header,
    char Separator,
    string End,
    string Encoding,
    bool HasMark,
    bool HasHint
)
{
    /// <summary>Quotes, separators, letters.</summary>
    private const string Scraps = "a\" ,;\t\"'é|x";

    private static readonly string[][] Headers =
    [
        ["email", "created", "reason"],
        ["Email Address", "UNSUB_TIME", "UNSUB_REASON"],
        ["EmailAddress", "CreatedAt", "SuppressionReason"],
        ["Adresse e-mail", "Date de désinscription", "Motif"],
        ["E-Mail-Adresse", "Abgemeldet am", "Grund"],
        ["Correo", "Fecha de baja", "Motivo"],
        ["Yhteys", "Milloin", "Miksi"],
        [],
    ];

    private static readonly string[] Dates =
    [
        "",
        "2026-01-31",
        "2026-01-31T09:30:00Z",
        "1769850000",
        "1769850000000",
        "31/01/2026",
        "01/31/2026",
        "05/06/2026",
        "31.01.2026",
        "-99999999999",
        "yesterday",
    ];

    /// <summary>Addresses of which each row has its own; {0} is the row.</summary>
    private static readonly string[] Spellings =
    [
        "p{0}@customer.example",
        "P{0}@Customer.Example",
        " p{0}@customer.example ",
        "<p{0}@customer.example>",
        "Ann <p{0}@customer.example>",
        "mailto:p{0}@customer.example",
        "p{0}@customer.example.",
        "p{0}@bücher.example",
        "p{0}@xn--bcher-kva.example",
        "'p{0}@customer.example'",
        "p{0} @customer.example",
        // And what is none.
        "p{0}@",
        "p {0}@customer.example",
        "p{0}@customer@example",
    ];

    public static Gen<OptOutFile> Any { get; } =
        Gen.Select(
            Gen.Select(
                Gen.OneOf(Spellings),
                Gen.OneOf(Dates),
                Gen.Char[Scraps].Array[0, 6].Select(scraps => new string(scraps)),
                Gen.Bool,
                (spelling, date, note, isQuoted) => (spelling, date, note, isQuoted)
            ).Array[1, 8],
            Gen.OneOf(Headers),
            Gen.OneOf(',', ';', '\t', '|'),
            Gen.OneOf("\n", "\r\n", "\r"),
            Gen.OneOf("utf-8", "utf-16", "utf-16BE", "iso-8859-1"),
            Gen.Bool,
            Gen.Bool,
            (rows, header, separator, end, encoding, mark, hint) =>
                new OptOutFile(
                    [.. rows.Select((row, i) => new OptOutRow(string.Format(null, row.spelling, i), row.date, row.note, row.isQuoted))],
                    header,
                    separator,
                    end,
                    encoding,
                    mark,
                    hint
                )
        );

    /// <summary>The line of the first row, from 1.</summary>
    public int FirstLine => 1 + (HasHint ? 1 : 0) + (Header.Length > 0 ? 1 : 0);

    /// <summary>True where the names leave no doubt which column holds the addresses.</summary>
    public bool IsNamed => Header is [not "Yhteys", ..];

    public byte[] Bytes()
    {
        var text = new StringBuilder();
        if (HasHint)
            text.Append("sep=").Append(Separator).Append(End);
        if (Header.Length > 0)
            text.AppendJoin(Separator, Header).Append(End);
        foreach (var row in Rows)
            text.Append(row.Email).Append(Separator).Append(row.Date).Append(Separator).Append(row.Written).Append(End);
        var encoding = System.Text.Encoding.GetEncoding(Encoding);
        return [.. HasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes(text.ToString())];
    }

    public override string ToString() =>
        $"{Encoding}{(HasMark ? " with mark" : "")}{(HasHint ? " with hint" : "")}, separator {(int)Separator}, end {End.Length}:\n"
        + string.Join(Separator, Header)
        + "\n"
        + string.Join('\n', Rows.Select(row => string.Join(Separator, row.Email, row.Date, row.Written)));
}

/// <summary>A line: somebody's address, when they opted out, and a note, quoted as it should be or as it came.</summary>
internal sealed record OptOutRow(string Email, string Date, string Note, bool IsQuoted)
{
    public string Written => IsQuoted ? $"\"{Note.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : Note;

    public bool IsAddress => Mailbox.Parse(Email) is not null;
}
