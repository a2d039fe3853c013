using Signals.Core.Response.Problems;
using Signals.Web.Api;
using Signals.Web.Dashboard.Forms;

namespace Signals.Web.Dashboard.Causes;

/// <summary>What pages say of a problem that was handed over, and the fields of its forms.</summary>
internal static class ProblemParts
{
    public const string HandPath = "/problems";
    public const string ChangePath = "/problems/{id}";
    public const string CauseField = "cause";
    public const string AboutField = "about";
    public const string StateField = "state";
    public const string NoteField = "note";
    public const string LinkField = "link";

    public static string Address(string id) => ProblemNews.PathOf(id);

    public static Html Tag(Reader reader, ProblemState state) =>
        state switch
        {
            ProblemState.Solved => Html.Of($"""<span class="tag good">{StateName(reader, state)}</span>"""),
            ProblemState.InWork => Html.Of($"""<span class="tag warn">{StateName(reader, state)}</span>"""),
            _ => Html.Of($"""<span class="tag">{StateName(reader, state)}</span>"""),
        };

    public static string StateName(Reader reader, ProblemState state) =>
        state switch
        {
            ProblemState.Solved => reader.Say("problem|solved"),
            ProblemState.InWork => reader.Say("problem|in work"),
            _ => reader.Say("problem|handed over"),
        };

    /// <summary>How far it is, who says so since when, where it stands, and the note.</summary>
    public static Html Standing(Reader reader, Problem problem)
    {
        Html link = problem.Link is { } address
            ? Html.Of($""" · <a href="{address}" rel="noopener noreferrer">{reader.Say("In the issue tracker")}</a>""")
            : Html.Empty;
        Html note = problem.Note.Length == 0 ? Html.Empty : $"""<p class="line"><q dir="auto">{problem.Note}</q></p>""";
        return $"""
            <p class="line">{Tag(reader, problem.State)} {reader.SayHtml(
                $"{reader.Who(problem.ChangedBy)}, {reader.TimeAgo(problem.ChangedAt)}")}{link}</p>{note}
            """;
    }

    public static Html NoteAndLink(Reader reader, string label, Problem? problem) =>
        $"""
            <label class="field"><span>{label}</span>
            <textarea name="{NoteField}" rows="3" maxlength="{Problem.MaxNoteChars}">{problem?.Note}</textarea></label>
            <label class="field"><span>{reader.Say("Its address in the issue tracker (optional)")}</span>
            <input type="url" name="{LinkField}" value="{problem?.Link}" maxlength="{Problem.MaxLinkChars}" autocomplete="off"
                placeholder="https://"></label>
            """;

    public static string NoteOf(FormRequest request) => request.Text(NoteField, Problem.MaxNoteChars);

    /// <summary>The link that a form names; null for none. Throws for what is no web address: a page leads there.</summary>
    public static string? LinkOf(FormRequest request)
    {
        string found = request.Text(LinkField, Problem.MaxLinkChars);
        if (found.Length == 0)
            return null;
        return
            Uri.TryCreate(found, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address.UserInfo.Length == 0
            ? address.AbsoluteUri
            : throw ApiRefusal.BadParameter(LinkField, found, "an address that begins with https://");
    }
}
