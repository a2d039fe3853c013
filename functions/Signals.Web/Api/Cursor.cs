using System.Buffers.Text;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Signals.Web.Api;

/// <summary>
/// Where a list goes on: the sort key of the last row read, so that rows which come and go move nothing else. Opaque to callers, and
/// checked as anything from outside; it opens nothing that its reader may not see anyway, so it is not signed.
/// </summary>
internal sealed partial class Cursor
{
    public static readonly Cursor Accounts = new("accounts", AccountShape());
    public static readonly Cursor AccountsByName = new("accounts-name", AccountByNameShape());
    public static readonly Cursor AccountsInOrder = new("accounts-order", AccountInOrderShape());
    public static readonly Cursor Alerts = new("alerts", AlertShape());
    public static readonly Cursor People = new("people", PersonShape());
    public static readonly Cursor Outreach = new("outreach", OutreachShape());
    public static readonly Cursor OutreachOfAccount = new("account-outreach", OutreachIdShape());

    public static readonly Cursor Export = new("export", ExportShape(), "the Signals-Cursor of an earlier answer for this table");

    public static readonly Cursor DeadLetters = new("dead-letters", SequenceShape());
    public static readonly Cursor Quarantine = new("quarantine", QuarantineShape());
    public static readonly Cursor Audit = new("audit", AuditShape());

    private const string Parameter = "cursor";
    private const int MaxChars = 1600;

    private readonly string _prefix;
    private readonly Regex _shape;
    private readonly string _expected;

    private Cursor(string list, Regex shape, string expected = "the 'next' of an earlier page of this list")
    {
        _expected = expected;
        _prefix = list + "|";
        _shape = shape;
    }

    public string Write(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(_prefix + key));

    /// <summary>The key in the request's cursor; null when it has none. Throws <see cref="ApiRefusal"/>.</summary>
    public string? Read(HttpRequest request) => Read(Query.One(request, Parameter));

    /// <summary>The key in a cursor; null where there is none. Throws <see cref="ApiRefusal"/>.</summary>
    public string? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (text.Length <= MaxChars && Base64Url.IsValid(text))
        {
            string decoded = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text));
            if (decoded.StartsWith(_prefix, StringComparison.Ordinal) && _shape.IsMatch(decoded.AsSpan(_prefix.Length)))
                return decoded[_prefix.Length..];
        }
        throw ApiRefusal.BadParameter(Parameter, text, _expected);
    }

    // Rows of earlier versions are three digits shorter: what is at stake was not in their order.
    [GeneratedRegex(@"\A[0-3][0-9]{3,6}:[gua]_[A-Za-z0-9_.@+=-]{1,200}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AccountShape();

    /// <summary>The order's name, and its digits: health, stake, a day, or a price.</summary>
    [GeneratedRegex(
        @"\A(?:stake|price|renewal|health|seen)-[0-9]{3,12}:[gua]_[A-Za-z0-9_.@+=-]{1,200}\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex AccountInOrderShape();

    [GeneratedRegex(
        @"\A[A-Za-z0-9_.@+=-]{0,120}:[gua]_[A-Za-z0-9_.@+=-]{1,200}\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex AccountByNameShape();

    [GeneratedRegex(
        @"\A[01][0-3][0-9]{17,20}:[gua]_[A-Za-z0-9_.@+=-]{1,200}\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex AlertShape();

    [GeneratedRegex(@"\Au_[A-Za-z0-9_.@+=-]{1,200}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex PersonShape();

    [GeneratedRegex(
        @"\A[0-9]{17}:[0-9a-f]{16}:[guad]_[A-Za-z0-9_.@+=-]{1,200}\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex OutreachShape();

    /// <summary>An <see cref="Core.Response.Outreach.AlertId"/>, held to the characters that ids are made of.</summary>
    [GeneratedRegex(@"\A[0-9]{17}\.[gua]_[A-Za-z0-9_.@+=-]{1,200}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    public static partial Regex AlertIdShape();

    /// <summary>A table, two moments, a row of a list and a person of its account: <see cref="Warehouse.ExportPosition"/>.</summary>
    [GeneratedRegex(
        @"\A[a-z]{1,20}\|[0-9]{17}\|[0-9]{17}\|[A-Za-z0-9_.@+=:-]{0,340}\|"
            + @"(?:[gua]_[A-Za-z0-9_.@+=-]{1,200}\|u_[A-Za-z0-9_.@+=-]{1,200})?\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex ExportShape();

    [GeneratedRegex(@"\A[0-9]{1,19}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex SequenceShape();

    [GeneratedRegex(@"\A[0-9]{8}[0-9]{17}:[0-9a-f]{16}:[0-9]{4}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex QuarantineShape();

    [GeneratedRegex(@"\A[0-9]{17}:[0-9a-f]{16}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AuditShape();

    /// <summary>An <see cref="Core.Response.Outreach.OutreachId"/>, held to the characters that ids are made of.</summary>
    [GeneratedRegex(
        @"\A[0-9]{17}\.[0-9a-f]{16}\.[guad]_[A-Za-z0-9_.@+=-]{1,200}\z",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    public static partial Regex OutreachIdShape();
}
