namespace Signals.Web.Dashboard.Forms;

/// <summary>Markup of forms.</summary>
internal static class Form
{
    /// <summary>A form that changes something, with the token that shows it is ours.</summary>
    /// <param name="reader">Whom it is shown to.</param>
    /// <param name="action">The path it is sent to.</param>
    /// <param name="fields">Its fields and buttons.</param>
    /// <param name="returnTo">The path to go back to; null where the form's handler knows.</param>
    /// <param name="attributes">What the script reads of the form, after a space; none where it reads nothing.</param>
    public static Html Post(Reader reader, string action, Html fields, string? returnTo = null, Html attributes = default)
    {
        var back = returnTo is null ? Html.Empty : Hidden(FormRequest.ReturnField, returnTo);
        return $"""<form method="post" action="{action}"{attributes}>{Hidden(FormTokens.Field, reader.FormToken)}{back}{fields}</form>""";
    }

    public static Html Hidden(string name, string value) => $"""<input type="hidden" name="{name}" value="{value}">""";

    public static Html Button(string text) => $"""<button type="submit">{text}</button>""";

    /// <summary>One of several to choose from; the empty value means none.</summary>
    public static Html Select(string name, string label, string? chosen, IEnumerable<(string Value, string Text)> options) =>
        $"""
            <label class="field"><span>{label}</span>
            <select name="{name}">{Options(chosen, options)}</select></label>
            """;

    /// <summary>What a <c>select</c> holds.</summary>
    public static IEnumerable<Html> Options(string? chosen, IEnumerable<(string Value, string Text)> options) =>
        options.Select(option =>
            Html.Of($"""<option value="{option.Value}"{Html.When(option.Value == (chosen ?? ""), $" selected")}>{option.Text}</option>""")
        );
}
