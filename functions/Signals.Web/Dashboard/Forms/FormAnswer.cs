namespace Signals.Web.Dashboard.Forms;

/// <summary>Where the browser goes after a form (303), and what the page there says.</summary>
/// <param name="Address">A path of this site.</param>
/// <param name="Text">One sentence in the reader's language; empty for none.</param>
internal sealed record FormAnswer(string Address, string Text = "")
{
    /// <summary>True when nothing was changed.</summary>
    public bool IsProblem { get; init; }

    /// <summary>By which id it can be undone for a while (<see cref="Undo.UndoBook"/>); null for what cannot.</summary>
    public string? Undo { get; init; }
}
