namespace Signals.Web.Dashboard.Forms;

/// <summary>Markup of forms.</summary>
internal static class Form
{
    /// <summary>A form that changes something, with the token that shows it is ours.</summary>
    /// <param name="reader">Whom it is shown to.</param>
    /// <param name="action">The path it is sent to.</param>
    /// <param name="fields">Its fields and buttons.</param>
    /// <param name="returnTo">The path to go back to; null where the form's handler knows.</param>
    public static Html Post(Reader reader, string action, Html fields, string? returnTo = null)
    {
        var back = returnTo is null ? Html.Empty : Hidden(FormRequest.ReturnField, returnTo);
        return Html.Of($"""<form method="post" action="{action}">{Hidden(FormTokens.Field, reader.FormToken)}{back}{fields}</form>""");
    }

    public static Html Hidden(string name, string value) => Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    public static Html Button(string text) => Html.Of($"""<button type="submit">{text}</button>""");

    /// <summary>One of several to choose from; the empty value means none.</summary>
    public static Html Select(string name, string label, string? chosen, IEnumerable<(string Value, string Text)> options) => Html.Of(
        $"""
        <label class="field"><span>{label}</span>
        <select name="{name}">{options.Select(option => Option(option.Value, option.Text, option.Value == (chosen ?? "")))}</select></label>
        """);

    private static Html Option(string value, string text, bool isChosen) => isChosen
        ? Html.Of($"""<option value="{value}" selected>{text}</option>""")
        : Html.Of($"""<option value="{value}">{text}</option>""");
}
