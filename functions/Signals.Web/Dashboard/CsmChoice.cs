using Signals.Core.State.Indexes;

namespace Signals.Web.Dashboard;

/// <summary>
/// Whose accounts a page shows: those that the address asks for, or the reader's own where it says nothing. An address that says
/// <see cref="Everybody"/> shows all of them.
/// </summary>
/// <param name="Csm">The CS manager's name or address, null for everybody's.</param>
/// <param name="Value">
/// What stands in the address: the choice itself, or <see cref="Everybody"/>; null where the address may be silent.
/// </param>
internal sealed record CsmChoice(string? Csm, string? Value)
{
    public const string Everybody = "*";
    public const string Parameter = "csm";

    public static CsmChoice Of(PageRequest request)
    {
        string? asked = request.One(Parameter);
        if (asked == Everybody)
            return new CsmChoice(null, request.Reader.Csm is null ? null : Everybody);
        return asked is null ? new CsmChoice(request.Reader.Csm, null) : new CsmChoice(asked, asked);
    }

    /// <summary>The choices, with what was chosen spelled as it was even where no account names it.</summary>
    public IEnumerable<(string Value, string Text)> Choices(Reader reader, IReadOnlyList<string> known, string everybody)
    {
        bool isKnown = Csm is null || known.Contains(Csm, StringComparer.OrdinalIgnoreCase);
        return known
            .Concat(isKnown ? [] : [Csm!])
            .Select(csm => (csm, IsOwn(reader, csm) ? reader.Say($"{csm} (yours)") : csm))
            .Prepend((reader.Csm is null ? "" : Everybody, everybody));
    }

    /// <summary>The value that is chosen in such a list.</summary>
    public string Chosen(IReadOnlyList<string> known) =>
        Csm is null ? Value ?? "" : known.FirstOrDefault(csm => string.Equals(csm, Csm, StringComparison.OrdinalIgnoreCase)) ?? Csm;

    /// <summary>Says so where no account names that CS manager: an empty page would look like good news.</summary>
    public Html Unknown(Reader reader, IReadOnlyList<string> known) =>
        Csm is null || known.Count >= AccountFacets.MaxValues || known.Contains(Csm, StringComparer.OrdinalIgnoreCase)
            ? Html.Empty
            : $"""<p class="note">{reader.Say("No account names this CS manager:")} {Html.Isolated(Csm)}</p>""";

    private static bool IsOwn(Reader reader, string csm) => string.Equals(csm, reader.Csm, StringComparison.OrdinalIgnoreCase);
}
