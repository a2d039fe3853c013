namespace Signals.Core.Response.Messages;

/// <summary>What a mail from one of the team to another says: written whole, in the reader's language.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Lines">A paragraph each.</param>
/// <param name="Quote">Words of a colleague; empty for none.</param>
/// <param name="ActionLabel">What the one link is called.</param>
/// <param name="ActionUrl">Where it leads.</param>
/// <param name="After">What is said under the link; empty for nothing.</param>
/// <param name="Why">Why they get it, at the foot.</param>
public sealed record MessageLetter(
    string Subject,
    IReadOnlyList<string> Lines,
    string Quote,
    string ActionLabel,
    string ActionUrl,
    string After,
    string Why
);
