using Signals.Core.Model;

namespace Signals.Web.Dashboard;

/// <summary>The model's own segments as pages speak of them: by name, to choose one, and to say so where there is no such.</summary>
internal sealed class OwnSegments(ValueModel model)
{
    public const string Parameter = "segment";

    /// <summary>False where the model has none: then no page speaks of them.</summary>
    public bool Any => model.Segments.Count > 0;

    /// <summary>A segment's name in the reader's language; its id when the model has forgotten it.</summary>
    public string Name(Reader reader, string id) => model.SegmentOf(id)?.Name.In(reader.Language) ?? id;

    /// <summary>The segment that an address names, whether or not the model has it still; null for none.</summary>
    public static string? Of(PageRequest request) => request.One(Parameter);

    /// <summary>All of them, and what was chosen even where it is none of them any more.</summary>
    public IEnumerable<(string Value, string Text)> Choices(Reader reader, string? chosen, string everybody)
    {
        bool isKnown = chosen is null || model.SegmentOf(chosen) is not null;
        return model
            .Segments.Select(segment => segment.Id)
            .Concat(isKnown ? [] : [chosen!])
            .Select(id => (id, Name(reader, id)))
            .Prepend(("", everybody));
    }

    /// <summary>The field of a form that chooses one; nothing where there is nothing to choose.</summary>
    public Html Field(Reader reader, string? chosen) =>
        Any || chosen is not null
            ? Forms.Form.Select(Parameter, reader.Say("Segment"), chosen, Choices(reader, chosen, reader.Say("Any")))
            : Html.Empty;

    /// <summary>Says so where the model has no such segment: an empty page would look like good news.</summary>
    public Html Unknown(Reader reader, string? chosen) =>
        chosen is null || model.SegmentOf(chosen) is not null
            ? Html.Empty
            : $"""<p class="note">{reader.Say("The value model has no segment of this name:")} {Html.Isolated(chosen)}</p>""";

    /// <summary>The page that lists what is true of one.</summary>
    public static string Address(string? id) => Links.With(Segments.SegmentsPage.Path, (Parameter, id));
}
