namespace Signals.Web.Dashboard;

/// <summary>Finished markup. It is only made by <see cref="Of"/>, which encodes every value put into it.</summary>
internal readonly record struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    public static Html Empty => default;

    public bool IsEmpty => string.IsNullOrEmpty(_markup);

    public static Html Of(HtmlInterpolation markup) => new(markup.ToMarkup());

    /// <summary>A text from outside whose own writing direction must not turn the words around it.</summary>
    public static Html Isolated(string text) => Of($"<bdi>{text}</bdi>");

    /// <summary>What is there of the parts, with <paramref name="separator"/> between.</summary>
    public static Html Join(string separator, params IEnumerable<Html> parts)
    {
        var all = Empty;
        foreach (var part in parts.Where(part => !part.IsEmpty))
            all = all.IsEmpty ? part : Of($"{all}{separator}{part}");
        return all;
    }

    public override string ToString() => _markup ?? "";
}
