using Signals.Core.Causes;

namespace Signals.Web.Dashboard;

/// <summary>What readers call the causes, and what exactly they are about.</summary>
internal sealed class CauseWords(ModelWords words)
{
    public static string Name(Reader reader, string cause) => reader.Say(CauseNames.Of(cause));

    /// <summary>Friction: errors.</summary>
    public string NameWithKind(Reader reader, string cause, string? kind) =>
        words.Kind(kind) is { } about ? Name(reader, cause) + reader.Say(": ", " : ") + about : Name(reader, cause);
}
